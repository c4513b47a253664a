package org.parlour.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.parlour.protocol.Problem;
import org.parlour.protocol.Refusal;
import org.parlour.storage.DatabaseHealth;

/** Whether Parlour is well, for whoever starts and stops servers, and for load balancers. Everybody may ask. */
@Path("/health")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
public class HealthResource {

    @Inject
    private DatabaseHealth database;

    /** @param status UP; what is not is answered as a problem */
    @Body
    public record Health(String status) {

        static final Health UP = new Health("UP");
    }

    /** Whoever gets no answer may restart the server. A database that is away is no reason to. */
    @GET
    @Path("/live")
    public Health live() {
        return Health.UP;
    }

    /** Whether people can be sent here. @throws Refusal STORAGE_UNAVAILABLE */
    @GET
    @Path("/ready")
    public Health ready() {
        if (!database.isReady()) {
            throw Refusal.storageUnavailable();
        }
        return Health.UP;
    }
}
