package org.parlour.room;

import org.parlour.history.StoredEvent;
import org.parlour.protocol.Outgoing;
import org.parlour.protocol.ServerMessage;

/**
 * Something that the members of a room are to be told.
 *
 * @param event null for what is not stored
 * @param message what everybody is told but the asker
 * @param asker the member whose doing it is, or null
 * @param ack what the asker is told, or null for nothing
 */
record Happening(StoredEvent event, Outgoing message, Member asker, ServerMessage.Ack ack) {

    static Happening stored(StoredEvent event, int count, Member asker, ServerMessage.Ack ack) {
        return new Happening(event, new Outgoing(Events.toMessage(event, count)), asker, ack);
    }

    static Happening passing(ServerMessage message, Member sayer) {
        return new Happening(null, new Outgoing(message), sayer, null);
    }

    /** What somebody is told who is not the asker; people know their own events by the nonce. */
    Outgoing messageFor(String person) {
        return event != null && event.nonce() != null && event.senderId().equals(person)
                ? new Outgoing(Events.toMessageFor(person, event))
                : message;
    }

    /** By whom it is, whatever the connection. */
    String person() {
        return asker != null ? asker.id() : event.senderId();
    }
}
