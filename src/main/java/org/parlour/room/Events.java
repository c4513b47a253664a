package org.parlour.room;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.parlour.history.Addressee;
import org.parlour.history.EventKind;
import org.parlour.history.Outcome;
import org.parlour.history.StoredEvent;
import org.parlour.protocol.ServerMessage;

/** Stored events in the words of the protocol. */
final class Events {

    private static final DateTimeFormatter RFC_3339 =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private Events() {}

    static String time(Instant instant) {
        return RFC_3339.format(instant);
    }

    /** @param count how many named members the room has now, or null if that is not now */
    static ServerMessage toMessage(StoredEvent event, Integer count) {
        return toMessage(event, count, null);
    }

    /** An event of the past, for this person. */
    static ServerMessage toMessageFor(String person, StoredEvent event) {
        return toMessage(event, null, event.senderId().equals(person) ? event.nonce() : null);
    }

    private static ServerMessage toMessage(StoredEvent event, Integer count, String nonce) {
        var room = event.room().value();
        var sender = event.sender();
        var by = event.senderId();
        var id = event.id();
        var at = time(event.at());
        return switch (event.kind()) {
            case MESSAGE, ACTION ->
                new ServerMessage.NewMessage(
                        sender,
                        event.content(),
                        event.kind() == EventKind.ACTION ? true : null,
                        event.isDeleted() ? true : null,
                        event.replyTo(),
                        room,
                        event.seq(),
                        id,
                        at,
                        by,
                        nonce);
            case JOINED -> new ServerMessage.UserJoined(sender, count, room, event.seq(), id, at, by);
            case LEFT -> new ServerMessage.UserLeft(sender, event.content(), count, room, event.seq(), id, at, by);
            case RENAMED ->
                new ServerMessage.UserRenamed(sender, event.content(), count, room, event.seq(), id, at, by);
            case TOPIC -> new ServerMessage.TopicChanged(sender, event.content(), room, event.seq(), id, at);
            case DELETED ->
                new ServerMessage.MessageDeleted(
                        sender, event.target(), event.content(), room, event.seq(), id, at, by);
        };
    }

    /** An event of a conversation of two, for one of them. Whatever is no message is told as in a room. */
    static ServerMessage toPrivate(StoredEvent event, Addressee reader, Addressee mate) {
        if (!event.kind().isSpoken()) {
            return toMessage(event, null);
        }
        var isOwn = event.senderId().equals(reader.id());
        return new ServerMessage.PrivateMessage(
                event.sender(),
                isOwn ? mate.name() : reader.name(),
                mate.name(),
                mate.id(),
                event.content(),
                event.kind() == EventKind.ACTION ? true : null,
                event.replyTo(),
                event.seq(),
                event.id(),
                time(event.at()),
                event.senderId(),
                isOwn ? event.nonce() : null);
    }

    static ServerMessage.Ack toAck(Outcome.Stored stored, String ref, Addressee mate) {
        var event = stored.event();
        return new ServerMessage.Ack(
                ref,
                event.nonce(),
                null,
                mate.name(),
                mate.id(),
                event.seq(),
                event.id(),
                time(event.at()),
                stored.duplicate());
    }

    static ServerMessage.Ack toAck(Outcome.Stored stored, String ref) {
        var event = stored.event();
        return new ServerMessage.Ack(
                ref,
                event.nonce(),
                event.room().value(),
                event.seq(),
                event.id(),
                time(event.at()),
                stored.duplicate());
    }
}
