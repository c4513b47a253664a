package org.parlour.room;

import org.parlour.protocol.CloseCode;
import org.parlour.protocol.Face;
import org.parlour.protocol.Outgoing;

/** Somebody in a room, as the room sees them. Every method may be called by any thread and returns at once. */
public interface Member {

    /** Unique among all members that are or were here; stands in the log as the sender's id. */
    String id();

    Face face();

    /**
     * Hands over an event, in the room's order.
     *
     * @return false if the member's budget is used up and the event was not taken
     */
    boolean offer(Outgoing event);

    /** Hands over the answer to something that this member asked for. */
    void answer(Outgoing answer);

    /** Hands over a longer answer, read page by page as fast as the member takes it. What is handed over later comes later. */
    void answer(Feed feed);

    /** Ends the connection. */
    void close(CloseCode code);
}
