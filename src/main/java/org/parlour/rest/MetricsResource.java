package org.parlour.rest;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.parlour.auth.Scrapers;
import org.parlour.metrics.ChatMetrics;

/** The figures for Prometheus; for administrators, and for who has the token or the address for it. */
@Path("/metrics")
public class MetricsResource {

    private static final String TEXT_FORMAT = "text/plain; version=0.0.4; charset=utf-8";

    @Inject
    private ChatMetrics metrics;

    @Inject
    private Scrapers scrapers;

    @Inject
    private Asker asker;

    @Context
    private HttpServletRequest request;

    @GET
    public Response metrics() throws IOException {
        if (!scrapers.mayRead(request)) {
            asker.administrator();
        }
        var text = new ByteArrayOutputStream();
        metrics.write(text);
        return Response.ok(text.toByteArray(), TEXT_FORMAT).build();
    }
}
