package org.parlour.auth;

import java.time.Instant;

/**
 * What somebody may not do in a room.
 *
 * @param subject the id of a guest or an account, or the address that people come from; the three cannot be confused
 * @param until null for ever
 */
public record Restriction(Kind kind, String subject, Instant until) {

    /** The names stand in the database. */
    public enum Kind {
        BAN,
        MUTE
    }

    boolean holds(Instant now) {
        return until == null || now.isBefore(until);
    }
}
