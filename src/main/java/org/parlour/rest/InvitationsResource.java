package org.parlour.rest;

import jakarta.inject.Inject;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;
import org.parlour.auth.Invitation;
import org.parlour.auth.InvitationRows;
import org.parlour.auth.Invitations;
import org.parlour.auth.Role;
import org.parlour.auth.RoomPolicies;
import org.parlour.auth.Visitor;
import org.parlour.protocol.Problem;
import org.parlour.protocol.RoomName;

/** The ways into a room that its moderators have given out. */
@Path("/rooms/{room}/invitations")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
public class InvitationsResource {

    @Inject
    private Invitations invitations;

    @Inject
    private RoomPolicies policies;

    @Inject
    private Asker asker;

    /** @param uses null for one; @param expiresIn seconds, null for a day; @param role member if null, moderator or reader */
    @Body
    public record Wanted(Integer uses, Long expiresIn, String role) {}

    /** @param invitation the secret, shown this once; @param uses for how many it is */
    @Body
    @JsonbPropertyOrder({"id", "invitation", "room", "role", "uses", "expiresAt"})
    public record Made(String id, String invitation, String room, String role, int uses, String expiresAt) {

        /** Without the secret. */
        @Override
        public String toString() {
            return "Made " + id;
        }
    }

    /** @param by the inviter's name; @param uses how many are left */
    @JsonbPropertyOrder({"id", "role", "uses", "by", "createdAt", "expiresAt"})
    public record Open(String id, String role, int uses, String by, String createdAt, String expiresAt) {

        static Open of(InvitationRows.Open one) {
            return new Open(
                    one.id(),
                    Words.of(one.role()),
                    one.uses(),
                    one.by(),
                    one.createdAt().toString(),
                    one.expiresAt().toString());
        }
    }

    @Body
    @JsonbPropertyOrder({"room", "invitations"})
    public record All(String room, List<Open> invitations) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response make(@PathParam("room") String room, Wanted wanted) {
        var name = new RoomName(room);
        var by = visitor(name);
        var role = wanted.role() == null ? null : Words.oneOf(Role.values(), wanted.role(), "role");
        var made = invitations.make(name, Invitation.of(wanted.uses(), wanted.expiresIn(), "expiresIn", role), by);
        return Response.status(Status.CREATED)
                .entity(new Made(
                        made.id(),
                        made.secret(),
                        name.value(),
                        Words.of(made.role()),
                        made.uses(),
                        made.expiresAt().toString()))
                .build();
    }

    @GET
    public All open(@PathParam("room") String room) {
        var name = new RoomName(room);
        return new All(
                name.value(),
                invitations.open(name, visitor(name)).stream().map(Open::of).toList());
    }

    @DELETE
    @Path("/{id}")
    public void revoke(@PathParam("room") String room, @PathParam("id") String id) {
        var name = new RoomName(room);
        invitations.revoke(name, Query.text(id, "id"), visitor(name));
    }

    private Visitor visitor(RoomName room) {
        return policies.judged(room, new Visitor(asker.account(), asker.address()));
    }
}
