package org.parlour.rest;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.Provider;
import java.nio.charset.StandardCharsets;
import org.parlour.protocol.MessageJson;

/**
 * Gives an answer its {@code ETag}, and sends 304 instead to whoever has it already. It is found out anew who may read what, and what there
 * is: that saves the way, not the work.
 */
@Tagged
@Provider
public class Tagging implements ContainerResponseFilter {

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getStatus() != Status.OK.getStatusCode()) {
            return;
        }
        var bytes = response.getEntity() instanceof Record body
                ? MessageJson.write(body).getBytes(StandardCharsets.UTF_8)
                : (byte[]) response.getEntity();
        var tag = Tags.of(bytes);
        response.getHeaders().putSingle(HttpHeaders.ETAG, tag);
        if (Tags.has(request.getHeaderString(HttpHeaders.IF_NONE_MATCH), tag)) {
            response.setStatus(Status.NOT_MODIFIED.getStatusCode());
            response.setEntity(null);
        } else {
            response.setEntity(bytes, response.getEntityAnnotations(), MediaType.APPLICATION_JSON_TYPE);
        }
    }
}
