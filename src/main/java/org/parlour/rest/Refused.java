package org.parlour.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import org.parlour.metrics.ChatMetrics;
import org.parlour.protocol.Problem;
import org.parlour.protocol.Refusal;

/** A request that was understood and refused. */
@Provider
public class Refused implements ExceptionMapper<Refusal> {

    @Inject
    private ChatMetrics metrics;

    @Override
    public Response toResponse(Refusal refusal) {
        metrics.refused(refusal.code().name());
        return Problems.response(Problem.of(refusal));
    }
}
