package org.parlour.room;

import java.time.Instant;
import org.parlour.protocol.Username;

/** Somebody in a room, on one connection or several, or on none for a while. Guarded by the room's lock. */
final class Person {

    final String id;
    final Instant since;

    /** The name that the log knows; null while anonymous. */
    Username name;

    /** The name that is being written to the log; null if none is. */
    Username wanted;

    /** How many connections there are. */
    int seats;

    /** How often the last connection has gone; tells one absence from the next. */
    int absences;

    Person(String id, Instant since) {
        this.id = id;
        this.since = since;
    }
}
