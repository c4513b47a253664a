package org.parlour.rest;

import jakarta.inject.Inject;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.parlour.auth.RoomPolicies;
import org.parlour.auth.Visitor;
import org.parlour.protocol.Problem;
import org.parlour.protocol.RoomName;
import org.parlour.protocol.ServerMessage;
import org.parlour.room.Postings;

/** Who is in a room. */
@Path("/rooms/{room}/presence")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
public class PresenceResource {

    @Inject
    private Postings postings;

    @Inject
    private RoomPolicies policies;

    @Inject
    private Asker asker;

    /** @param users null if there are too many to list */
    @Body
    @JsonbPropertyOrder({"room", "count", "users"})
    public record Presence(String room, int count, List<ServerMessage.Present> users) {}

    @GET
    public Presence present(@PathParam("room") String room) {
        var name = new RoomName(room);
        var its = postings.present(name, policies.judged(name, new Visitor(asker.known(), asker.address())));
        return new Presence(its.room(), its.count(), its.users());
    }
}
