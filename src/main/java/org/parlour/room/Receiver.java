package org.parlour.room;

import org.parlour.protocol.Outgoing;

/** A connection of somebody, whatever rooms it is in. Safe for any thread; returns at once. */
public interface Receiver {

    /** Identifies the connection. */
    String connection();

    /** Hands over what was said to this person alone, or what another of its connections did. What is handed over later comes later. */
    void tell(Outgoing message);
}
