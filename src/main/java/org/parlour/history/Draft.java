package org.parlour.history;

import org.parlour.protocol.RoomName;

/**
 * Something that is to become an event.
 *
 * @param senderId who, beyond the name; nonces are unique per room and sender id
 * @param content see {@link EventKind}, or null
 * @param nonce the client's own id for it, or null
 */
public record Draft(RoomName room, EventKind kind, String sender, String senderId, String content, String nonce) {

    /**
     * Whether it has to be stored in the end, however long the database is away. Nobody is there any more to send a leave again.
     */
    boolean mustBeStored() {
        return kind == EventKind.LEFT;
    }
}
