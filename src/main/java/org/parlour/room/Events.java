package org.parlour.room;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
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
        var room = event.room().value();
        var sender = event.sender();
        var at = time(event.at());
        return switch (event.kind()) {
            case MESSAGE, ACTION ->
                new ServerMessage.NewMessage(
                        sender,
                        event.content(),
                        event.kind() == EventKind.ACTION ? true : null,
                        room,
                        event.seq(),
                        event.id(),
                        at);
            case JOINED -> new ServerMessage.UserJoined(sender, count, room, event.seq(), event.id(), at);
            case LEFT -> new ServerMessage.UserLeft(sender, event.content(), count, room, event.seq(), event.id(), at);
            case RENAMED ->
                new ServerMessage.UserRenamed(sender, event.content(), count, room, event.seq(), event.id(), at);
            case TOPIC -> new ServerMessage.TopicChanged(sender, event.content(), room, event.seq(), event.id(), at);
        };
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
