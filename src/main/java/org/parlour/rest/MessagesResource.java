package org.parlour.rest;

import jakarta.inject.Inject;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.regex.Pattern;
import org.parlour.auth.Identity;
import org.parlour.auth.RoomPolicies;
import org.parlour.auth.Visitor;
import org.parlour.protocol.ErrorCode;
import org.parlour.protocol.MessageJson;
import org.parlour.protocol.Problem;
import org.parlour.protocol.Refusal;
import org.parlour.protocol.RoomName;
import org.parlour.protocol.ServerMessage;
import org.parlour.room.Deletions;
import org.parlour.room.Pages;
import org.parlour.room.Postings;

/** What was said in a room, and is said there from outside. */
@Path("/rooms/{room}/messages")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
public class MessagesResource {

    /** As much as a nonce in a body may be, but for what a header cannot hold. */
    private static final Pattern KEY = Pattern.compile("[ -~]{1,64}");

    @Inject
    private Postings postings;

    @Inject
    private Deletions deletions;

    @Inject
    private RoomPolicies policies;

    @Inject
    private PostLimits limits;

    @Inject
    private Asker asker;

    /** Something to say. @param nonce the client's own id for it, or null; @param replyTo the seq that it answers, or null */
    @Body
    public record NewMessage(String content, String nonce, Long replyTo) {}

    /** What became of it. @param duplicate whether it had been said before, with the same nonce */
    @Body
    @JsonbPropertyOrder({"room", "seq", "id", "at", "nonce", "duplicate"})
    public record Posted(String room, long seq, String id, String at, String nonce, boolean duplicate) {}

    /** A page of the history, as {@code Batch}. */
    @Body
    @JsonbPropertyOrder({"room", "hasMore", "before", "after", "events"})
    public record Messages(String room, boolean hasMore, Long before, Long after, List<ServerMessage> events) {}

    @GET
    @Tagged
    public Messages messages(
            @PathParam("room") String room,
            @QueryParam("before") String before,
            @QueryParam("after") String after,
            @QueryParam("around") String around,
            @QueryParam("limit") String limit) {
        var name = new RoomName(room);
        var by = visitor(name, asker.known());
        var wanted = new Pages.Wanted(
                Query.limit(limit),
                Query.number(before, "before"),
                Query.number(after, "after"),
                Query.number(around, "around"));
        var page = postings.page(name, wanted, by);
        return new Messages(name.value(), page.more(), page.first(), page.last(), page.events());
    }

    /**
     * Committed when it is answered, and live in the room.
     *
     * @param key a nonce for whoever knows this header; the body may hold the same one
     */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response post(
            @PathParam("room") String room,
            @HeaderParam("Idempotency-Key") String key,
            @Context UriInfo uri,
            NewMessage message) {
        var identity = asker.account();
        var name = new RoomName(room);
        var wanted = new Postings.Wanted(message.content(), nonce(key, message.nonce()), message.replyTo());
        limits.post(identity.id(), asker.address());
        var ack = postings.post(name, wanted, visitor(name, identity));
        var body = new Posted(name.value(), ack.seq(), ack.id(), ack.at(), ack.nonce(), ack.duplicate());
        return Response.status(ack.duplicate() ? Response.Status.OK : Response.Status.CREATED)
                .header(HttpHeaders.LOCATION, uri.getAbsolutePath().getRawPath() + "/" + ack.seq())
                .entity(body)
                .build();
    }

    private static String nonce(String key, String nonce) {
        if (key == null) {
            return nonce;
        }
        // A string of RFC 9651 has quotation marks; most clients leave them out.
        var bare = key.length() > 1 && key.startsWith("\"") && key.endsWith("\"")
                ? key.substring(1, key.length() - 1)
                : key;
        if (!KEY.matcher(bare).matches()) {
            throw new Refusal(
                    ErrorCode.BAD_MESSAGE,
                    "An Idempotency-Key has 1 to 64 printable ASCII characters.",
                    "Idempotency-Key");
        }
        if (nonce != null && !nonce.equals(bare)) {
            throw new Refusal(ErrorCode.BAD_MESSAGE, "Idempotency-Key and \"nonce\" differ.", "nonce");
        }
        return bare;
    }

    @GET
    @Path("/{seq}")
    public Response message(@PathParam("room") String room, @PathParam("seq") String seq) {
        var name = new RoomName(room);
        var by = visitor(name, asker.known());
        return Response.ok(MessageJson.encode(postings.said(name, Query.number(seq, "seq"), by)))
                .build();
    }

    @DELETE
    @Path("/{seq}")
    public void delete(@PathParam("room") String room, @PathParam("seq") String seq) {
        var identity = asker.known();
        var name = new RoomName(room);
        deletions.delete(name, Query.number(seq, "seq"), visitor(name, identity));
    }

    private Visitor visitor(RoomName room, Identity identity) {
        return policies.judged(room, new Visitor(identity, asker.address()));
    }
}
