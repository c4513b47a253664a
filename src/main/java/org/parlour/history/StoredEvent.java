package org.parlour.history;

import java.time.Instant;
import org.parlour.protocol.RoomName;

/**
 * An event as it stands in the log.
 *
 * @param seq 1, 2, 3 ... within the room
 * @param content see {@link EventKind}; null if a message was deleted
 * @param target the seq of the message that it deletes, or null
 * @param at when the server accepted it, whole milliseconds; plays no part in the order
 */
public record StoredEvent(
        RoomName room,
        long roomId,
        long seq,
        EventKind kind,
        String sender,
        String senderId,
        String content,
        String nonce,
        Long replyTo,
        Long target,
        Instant at) {

    /** Unique among all events of this database. */
    public String id() {
        return roomId + "-" + seq;
    }

    /** Whether it is a message of which only the place is left. */
    public boolean isDeleted() {
        return kind.isSpoken() && content == null;
    }

    /** The same without what was said. */
    public StoredEvent emptied() {
        return new StoredEvent(room, roomId, seq, kind, sender, senderId, null, nonce, replyTo, target, at);
    }
}
