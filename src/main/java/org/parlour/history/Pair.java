package org.parlour.history;

import org.parlour.auth.RoomAccess;
import org.parlour.protocol.RoomName;

/** Two people, whose conversation has a log of its own. Which of them began it plays no part. */
public record Pair(String one, String other) {

    private static final String SEPARATOR = ":";
    private static final int PARTS = 3;

    public Pair {
        if (one.compareTo(other) >= 0) {
            throw new IllegalArgumentException("Two different people in their order");
        }
    }

    public static Pair of(String one, String other) {
        return one.compareTo(other) < 0 ? new Pair(one, other) : new Pair(other, one);
    }

    /** Those whose conversation is called so. */
    public static Pair of(RoomName room) {
        // No id has a colon.
        var parts = room.value().split(SEPARATOR, PARTS);
        return new Pair(parts[1], parts[2]);
    }

    /** What their conversation is called in the log. Nobody is told. */
    public RoomName room() {
        return RoomAccess.direct(one, other);
    }

    public String otherThan(String person) {
        return person.equals(one) ? other : one;
    }
}
