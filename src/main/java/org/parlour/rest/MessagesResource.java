package org.parlour.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import org.parlour.auth.RoomPolicies;
import org.parlour.auth.Visitor;
import org.parlour.protocol.Problem;
import org.parlour.protocol.RoomName;
import org.parlour.room.Deletions;

/** What was said in a room. */
@Path("/rooms/{room}/messages/{seq}")
@Produces(Problem.MEDIA_TYPE)
public class MessagesResource {

    @Inject
    private Deletions deletions;

    @Inject
    private RoomPolicies policies;

    @Inject
    private Asker asker;

    @DELETE
    public void delete(@PathParam("room") String room, @PathParam("seq") String seq) {
        var identity = asker.known();
        var name = new RoomName(room);
        var number = Query.number(seq, "seq");
        deletions.delete(name, number, policies.judged(name, new Visitor(identity, asker.address())));
    }
}
