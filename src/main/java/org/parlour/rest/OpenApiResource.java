package org.parlour.rest;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;

/** What there is over HTTP, for programs: OpenAPI 3.1. Everybody may read it. */
@Path("/openapi.json")
public class OpenApiResource {

    static final String DOCUMENT = "openapi.json";

    @GET
    @Tagged
    @Produces(MediaType.APPLICATION_JSON)
    public byte[] document() throws IOException {
        try (InputStream document = OpenApiResource.class.getResourceAsStream(DOCUMENT)) {
            return document.readAllBytes();
        }
    }
}
