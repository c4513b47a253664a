package org.parlour.room;

import java.time.Instant;
import java.util.ArrayDeque;
import org.parlour.protocol.Username;

/** One member's place in a room. Guarded by the room's lock. */
final class Seat {

    final Member member;
    final Instant since;

    /** The name that the log knows; null while anonymous. */
    Username name;

    /** The name that is being written to the log; null if none is. */
    Username wanted;

    /** Whether requests have to queue because a name is being written. */
    boolean busy;

    final ArrayDeque<Runnable> waiting = new ArrayDeque<>();

    /** What {@link #waiting} has cost since it was last empty. */
    int waitingLength;

    /** How many of this member's messages are being written to the log. */
    int writing;

    /** Whether events are handed over as they happen. */
    boolean live;

    /** The newest seq that was handed over, or lay before this member's time. */
    long delivered;

    Seat(Member member, Instant since, boolean live) {
        this.member = member;
        this.since = since;
        this.live = live;
    }
}
