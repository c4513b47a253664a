package org.parlour.rest;

import jakarta.inject.Inject;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.parlour.protocol.Problem;

/** Whoever asks. */
@Path("/me")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
public class MeResource {

    @Inject
    private Asker asker;

    /** @param username null for a guest; @param expiresAt when the token that was shown is good no longer, or null */
    @Body
    @JsonbPropertyOrder({"userId", "username", "authenticated", "roles", "expiresAt"})
    public record Me(String userId, String username, boolean authenticated, List<String> roles, String expiresAt) {}

    @GET
    @Tagged
    public Me me() {
        var identity = asker.known();
        return new Me(
                identity.id(),
                identity.isGuest() ? null : identity.name().value(),
                !identity.isGuest(),
                identity.roles(),
                identity.expiresAt() == null ? null : identity.expiresAt().toString());
    }
}
