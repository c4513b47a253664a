package org.parlour.history;

import java.time.Instant;
import org.parlour.protocol.RoomName;

/**
 * An event as it stands in the log.
 *
 * @param seq 1, 2, 3 ... within the room
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
        Instant at) {

    /** Unique among all events of this database. */
    public String id() {
        return roomId + "-" + seq;
    }
}
