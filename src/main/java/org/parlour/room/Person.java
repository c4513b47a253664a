package org.parlour.room;

import java.time.Instant;
import java.util.List;
import org.parlour.protocol.Username;

/** Somebody in a room, on one connection or several, or on none for a while. Guarded by the room's lock. */
final class Person {

    final String id;
    final Instant since;

    /** The name that the log knows; null while anonymous. */
    Username name;

    /** The name that is being written to the log; null if none is. */
    Username wanted;

    /** What is to be done once that is settled: other connections of the same person wait for it. */
    List<Runnable> waiting = List.of();

    /** How many connections there are. */
    int seats;

    /** How often the last connection has gone; tells one absence from the next. */
    int absences;

    Person(String id, Instant since) {
        this.id = id;
        this.since = since;
    }
}
