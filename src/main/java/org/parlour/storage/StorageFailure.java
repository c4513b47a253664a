package org.parlour.storage;

import java.sql.SQLException;
import java.util.HashSet;

/** Why a transaction failed, as far as that decides what to do next. */
public enum StorageFailure {
    /** The database refuses this very data: it will never be stored. */
    POISON,
    /** Somebody else was faster: worth trying again at once. */
    CONFLICT,
    /** The database is away or did not say whether it committed. */
    UNAVAILABLE;

    /**
     * Judges by the SQLSTATE of the first SQLException in the chain of causes.
     *
     * @see <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">PostgreSQL error codes</a>
     */
    public static StorageFailure of(Throwable failure) {
        var seen = new HashSet<Throwable>();
        for (var cause = failure; cause != null && seen.add(cause); cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return ofState(sql.getSQLState());
            }
        }
        return UNAVAILABLE;
    }

    private static StorageFailure ofState(String state) {
        if (state.startsWith("22") || state.startsWith("54")) {
            return POISON;
        }
        // 23505 unique violation: another node made the same room. 40*: serialisation failure, deadlock.
        if (state.startsWith("40") || state.equals("23505")) {
            return CONFLICT;
        }
        return UNAVAILABLE;
    }
}
