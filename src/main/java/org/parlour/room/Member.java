package org.parlour.room;

import org.parlour.auth.Identity;
import org.parlour.auth.Visitor;
import org.parlour.protocol.Bundle;
import org.parlour.protocol.CloseCode;
import org.parlour.protocol.Face;
import org.parlour.protocol.Outgoing;
import org.parlour.protocol.Refusal;
import org.parlour.protocol.ServerMessage;

/** Somebody in a room, as the room sees them. Every method may be called by any thread and returns at once. */
public interface Member {

    /** Who it is, as its connection knows it now: ask when something is to be done, not earlier. The id stays the same. */
    Identity identity();

    /** The same, with what else decides what it may do here. */
    Visitor visitor();

    /** What the host application's policy says of it has been asked again. */
    void judged(Visitor fresh);

    /** Who it is, on whatever connection; stands in the log as the sender's id. */
    default String id() {
        return identity().id();
    }

    /** Identifies the connection. */
    String connection();

    Face face();

    /**
     * Hands over what happened, in the room's order.
     *
     * @return false if the member's budget is used up and nothing was taken
     */
    boolean offer(Bundle events);

    /** Hands over the answer to something that this member asked for. */
    void answer(Outgoing answer);

    /** Hands over a longer answer, read page by page as fast as the member takes it. What is handed over later comes later. */
    void answer(Feed feed);

    /** From now on it may be told what others say to it alone; called before a member of the full face is welcomed. */
    void reachable();

    /** It goes by a name now. */
    void named();

    /** Ends the member's stay at its own wish, and the connection if it is in no other room. @param ref of that wish, or null */
    void depart(String ref);

    /** Ends the stay of a member that may not be here, or cannot, and the connection if it is in no other room. */
    void turnAway(Refusal refusal);

    /** Ends the stay of a member that was put out, and the connection if it is in no other room. */
    void putOut(ServerMessage.Moderated told);

    /** Ends the connection. */
    void close(CloseCode code);
}
