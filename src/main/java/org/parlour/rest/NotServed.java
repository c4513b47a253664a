package org.parlour.rest;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import org.parlour.protocol.Problem;
import org.parlour.protocol.Refusal;

/** What the server itself turns away: no such path, method or media type. Its own words are not passed on. */
@Provider
public class NotServed implements ExceptionMapper<WebApplicationException> {

    @Override
    public Response toResponse(WebApplicationException failure) {
        // Some servers wrap what a body reader throws.
        if (failure.getCause() instanceof Refusal refusal) {
            return Problems.response(Problem.of(refusal));
        }
        var theirs = failure.getResponse();
        var response = Response.fromResponse(Problems.response(Problem.of(theirs.getStatus())));
        var allowed = theirs.getHeaderString(HttpHeaders.ALLOW);
        return allowed == null
                ? response.build()
                : response.header(HttpHeaders.ALLOW, allowed).build();
    }
}
