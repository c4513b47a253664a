package org.parlour.room;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import org.parlour.auth.Action;
import org.parlour.auth.RoomAccess;
import org.parlour.auth.Rooms;
import org.parlour.auth.Visitor;
import org.parlour.config.ChatConfig;
import org.parlour.history.Draft;
import org.parlour.history.EventKind;
import org.parlour.history.MessageLog;
import org.parlour.history.Readers;
import org.parlour.history.StoredEvent;
import org.parlour.protocol.Content;
import org.parlour.protocol.Refusal;
import org.parlour.protocol.RoomName;
import org.parlour.protocol.ServerMessage;

/**
 * What is said and read in a room by somebody who need not be in it: the same log, the same rights, live in the room at once. Blocks on
 * the database.
 */
@ApplicationScoped
public class Postings {

    @Inject
    private MessageLog log;

    @Inject
    private Readers readers;

    @Inject
    private Rooms rooms;

    @Inject
    private RoomManager manager;

    @Inject
    private ChatConfig config;

    /** What somebody wants to say. @param nonce the client's own id for it, or null; @param replyTo the seq that it answers, or null */
    public record Wanted(String content, String nonce, Long replyTo) {}

    /** Some messages, oldest first. @param more whether there may be more in the direction of reading */
    public record Page(List<ServerMessage> events, boolean more, Long first, Long last) {}

    /**
     * Says something; committed when this returns. An open room that there is not yet is made by it.
     *
     * @param by who has an account, for a guest's name belongs to its connections
     * @return with {@code duplicate} if it had been said before, with the same nonce
     * @throws Refusal ROOM_NOT_FOUND, STORAGE_UNAVAILABLE, OVERLOADED, RATE_LIMITED, NONCE_CONFLICT, or see {@link RoomAccess#require}
     */
    public ServerMessage.Ack post(RoomName room, Wanted wanted, Visitor by) {
        var content = Content.require(wanted.content(), config.maxContentLength());
        var book = rooms.toEnter(room, by);
        RoomAccess.require(Action.SPEAK, book, by, Instant.now());
        var who = by.identity();
        var draft = new Draft(
                room, EventKind.MESSAGE, who.name().value(), who.id(), content, wanted.nonce(), wanted.replyTo());
        return Blocking.done("A message could not be posted", () -> {
            var stored = Blocking.stored(outcome -> manager.post(draft, book, by, outcome));
            return Events.toAck(stored, null);
        });
    }

    /** A page of what was said. @throws Refusal ROOM_NOT_FOUND, STORAGE_UNAVAILABLE, or see {@link RoomAccess#require} */
    public Page page(RoomName room, Pages.Wanted wanted, Visitor by) {
        rooms.toRead(room, by);
        return Blocking.done("A history could not be read", () -> {
            var page = Pages.read(wanted, log, room);
            var events = page.events().stream().map(event -> told(event, by)).toList();
            return new Page(events, page.more(), page.first(), page.last());
        });
    }

    /** What was said at this seq, even if its content was deleted. @throws Refusal MESSAGE_NOT_FOUND, or as {@link #page} */
    public ServerMessage said(RoomName room, long seq, Visitor by) {
        rooms.toRead(room, by);
        return Blocking.done("A message could not be read", () -> {
            var said = readers.inTurn(() -> log.spoken(room, seq));
            return told(said.orElseThrow(Refusal::noSuchMessage), by);
        });
    }

    private static ServerMessage told(StoredEvent event, Visitor reader) {
        return Events.toMessageFor(reader.identity().id(), event);
    }

    /** Who is in a room now. @throws Refusal ROOM_NOT_FOUND, STORAGE_UNAVAILABLE, or see {@link RoomAccess#require} */
    public ServerMessage.Presence present(RoomName room, Visitor by) {
        rooms.toRead(room, by);
        return Blocking.done("It could not be seen who is in a room", () -> manager.presence(room));
    }
}
