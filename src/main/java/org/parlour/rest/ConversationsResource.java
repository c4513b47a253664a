package org.parlour.rest;

import jakarta.inject.Inject;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.parlour.auth.Visitor;
import org.parlour.history.Inbox;
import org.parlour.protocol.ErrorCode;
import org.parlour.protocol.Problem;
import org.parlour.protocol.Refusal;
import org.parlour.protocol.ServerMessage;
import org.parlour.room.Letters;
import org.parlour.room.Pages;

/** What others have said to an account alone, and how far it has read. */
@Path("/conversations")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
public class ConversationsResource {

    private static final Pattern CURSOR = Pattern.compile("(\\d{1,15})-(\\d{1,18})");

    @Inject
    private Letters letters;

    @Inject
    private Asker asker;

    /**
     * A conversation.
     *
     * @param with, userId with whom it is; @param head the newest seq; @param read the marker, 0 if there is none
     * @param unread messages of others above it
     */
    @JsonbPropertyOrder({"with", "userId", "head", "read", "unread", "lastAt"})
    public record Conversation(String with, String userId, long head, long read, long unread, String lastAt) {

        static Conversation of(Inbox.Entry entry) {
            var its = entry.standing();
            return new Conversation(
                    entry.mate().name(),
                    entry.mate().id(),
                    its.head(),
                    its.read(),
                    its.unread(),
                    its.lastAt().toString());
        }
    }

    @JsonbPropertyOrder({"room", "head", "read", "unread"})
    public record Room(String room, long head, long read, long unread) {

        static Room of(Inbox.Standing its) {
            return new Room(its.name(), its.head(), its.read(), its.unread());
        }
    }

    /** @param rooms only on the first page; @param before what to ask for to get the next page; null if this one is not full */
    @Body
    @JsonbPropertyOrder({"conversations", "rooms", "before"})
    public record Conversations(List<Conversation> conversations, List<Room> rooms, String before) {}

    /** A page of one conversation, as {@code Batch}. */
    @Body
    @JsonbPropertyOrder({"with", "withId", "hasMore", "before", "after", "events"})
    public record Messages(
            String with, String withId, boolean hasMore, Long before, Long after, List<ServerMessage> events) {}

    @GET
    @Tagged
    public Conversations conversations(@QueryParam("before") String before, @QueryParam("limit") String limit) {
        var who = new Visitor(asker.account(), asker.address());
        var most = Query.limit(limit);
        var at = Instant.ofEpochMilli(Long.MAX_VALUE / 1_000_000);
        var room = Long.MAX_VALUE;
        if (before != null) {
            var cursor = CURSOR.matcher(before);
            if (!cursor.matches()) {
                throw new Refusal(ErrorCode.BAD_MESSAGE, "\"before\" is what came with the page before.", "before");
            }
            at = Instant.ofEpochMilli(Long.parseLong(cursor.group(1)));
            room = Long.parseLong(cursor.group(2));
        }
        var found = letters.conversations(who, at, room, most);
        return new Conversations(
                found.stream().map(Conversation::of).toList(),
                before == null ? letters.rooms(who).stream().map(Room::of).toList() : null,
                found.size() == most ? cursor(found.get(most - 1).standing()) : null);
    }

    private static String cursor(Inbox.Standing last) {
        return last.lastAt().toEpochMilli() + "-" + last.room();
    }

    @GET
    @Tagged
    @Path("/{username}/messages")
    public Messages messages(
            @PathParam("username") String username,
            @QueryParam("before") String before,
            @QueryParam("after") String after,
            @QueryParam("around") String around,
            @QueryParam("limit") String limit) {
        var who = new Visitor(asker.account(), asker.address());
        var wanted = new Pages.Wanted(
                Query.limit(limit),
                Query.number(before, "before"),
                Query.number(after, "after"),
                Query.number(around, "around"));
        var page = letters.page(who, username, wanted);
        return new Messages(
                page.mate().name(), page.mate().id(), page.more(), page.first(), page.last(), page.events());
    }
}
