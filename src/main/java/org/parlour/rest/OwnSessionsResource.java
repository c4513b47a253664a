package org.parlour.rest;

import jakarta.inject.Inject;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.parlour.auth.OwnLogins;
import org.parlour.protocol.Problem;

/** Where somebody is logged in, so that it may end what it has forgotten, or what somebody else has begun. */
@Path("/me/sessions")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
public class OwnSessionsResource {

    @Inject
    private OwnLogins logins;

    @Inject
    private Asker asker;

    /** @param current whether it is the one that asks */
    @JsonbPropertyOrder({"id", "createdAt", "lastUsed", "expiresAt", "current"})
    public record Login(String id, String createdAt, String lastUsed, String expiresAt, boolean current) {}

    @Body
    public record Logins(List<Login> sessions) {}

    @GET
    public Logins all() {
        var identity = asker.account();
        return new Logins(logins.all(identity).stream()
                .map(one -> new Login(
                        one.session(),
                        one.createdAt().toString(),
                        one.lastUsed().toString(),
                        one.expiresAt().toString(),
                        one.session().equals(identity.session())))
                .toList());
    }

    /** Ends all but the one that asks. */
    @DELETE
    public void endOthers() {
        logins.endOthers(asker.account(), asker.address());
    }

    @DELETE
    @Path("/{session}")
    public void end(@PathParam("session") String session) {
        logins.end(asker.account(), Query.text(session, "session"), asker.address());
    }
}
