package org.parlour.history;

import java.time.Duration;
import java.time.Instant;
import org.parlour.config.RetentionConfig;

/**
 * How long a room's log is kept: what the server says and what the room's owner says, whichever is less.
 *
 * @param days 0 for ever; @param events how many of the newest, 0 for all
 */
record Retention(int days, long events) {

    static Retention of(RetentionConfig general, int days, long events) {
        return new Retention((int) less(general.days(), days), less(general.events(), events));
    }

    private static long less(long one, long other) {
        return one == 0 ? other : other == 0 ? one : Math.min(one, other);
    }

    /** Up to which seq there are newer events enough. */
    long tooManyThrough(long lastSeq) {
        return events == 0 ? 0 : Math.max(0, lastSeq - events);
    }

    boolean isTooOld(Instant at, Instant now) {
        return days > 0 && at.isBefore(tooOldBefore(now));
    }

    Instant tooOldBefore(Instant now) {
        return days == 0 ? Instant.MIN : now.minus(Duration.ofDays(days));
    }
}
