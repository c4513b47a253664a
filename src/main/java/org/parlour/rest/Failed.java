package org.parlour.rest;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.parlour.protocol.Problem;
import org.parlour.protocol.Refusal;

/** Our own fault: told to the log, and to the client only that it is ours. */
@Provider
public class Failed implements ExceptionMapper<Throwable> {

    private static final Logger LOG = System.getLogger(Failed.class.getName());

    @Override
    public Response toResponse(Throwable failure) {
        if (failure.getCause() instanceof Refusal refusal) {
            return Problems.response(Problem.of(refusal));
        }
        LOG.log(Level.ERROR, "A request over HTTP failed", failure);
        return Problems.response(Problem.of(Response.Status.INTERNAL_SERVER_ERROR.getStatusCode()));
    }
}
