package org.parlour.room;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.parlour.auth.RoomAccess;
import org.parlour.auth.RoomBook;
import org.parlour.auth.RoomLimits;
import org.parlour.auth.Visitor;
import org.parlour.protocol.Refusal;
import org.parlour.protocol.RoomName;

/**
 * When people last spoke in rooms where they may do so only now and then. Kept apart from the rooms: going and coming back is no way
 * around it, nor is another connection. What was said before the server started is not known here: the log is to be asked, by
 * {@link Slot#silence}. Any thread may enter, and none waits.
 */
final class SlowMode {

    /** So many are remembered, about, before it is looked at who may be forgotten. */
    private static final int MANY = 10_000;

    private static final long LONGEST = TimeUnit.SECONDS.toNanos(RoomLimits.LONGEST_SLOW_MODE);

    private record Speaker(RoomName room, String person) {}

    private final LongSupplier clock;
    private final long begun;
    private final Map<Speaker, Long> spoken = new ConcurrentHashMap<>();
    private volatile int sweepAt = MANY;

    /** @param clock see {@link System#nanoTime} */
    SlowMode(LongSupplier clock) {
        this.clock = clock;
        this.begun = clock.getAsLong();
    }

    /** Somebody's turn to speak. */
    static final class Slot {

        static final Slot FREE = new Slot(null, null, () -> {});

        private final Refusal refusal;
        private final Duration silence;
        private final Runnable back;

        private Slot(Refusal refusal, Duration silence, Runnable back) {
            this.refusal = refusal;
            this.silence = silence;
            this.back = back;
        }

        /** Why it is not its turn, or null. */
        Refusal refusal() {
            return refusal;
        }

        /** How long this person has to have been silent here, as the log knows; null if that is known already. */
        Duration silence() {
            return silence;
        }

        /** Nothing was said after all. */
        void giveBack() {
            back.run();
        }
    }

    /** Takes a turn, if it is somebody's. */
    Slot take(RoomName room, RoomBook book, Visitor who) {
        var seconds = book.rules().limits().slowMode();
        return seconds == 0 || !RoomAccess.isLimited(book, who)
                ? Slot.FREE
                : take(new Speaker(room, who.identity().id()), Duration.ofSeconds(seconds));
    }

    private Slot take(Speaker speaker, Duration rest) {
        var now = clock.getAsLong();
        var before = new Long[1];
        var wait = new long[1];
        spoken.compute(speaker, (same, last) -> {
            before[0] = last;
            wait[0] = last == null ? 0 : last + rest.toNanos() - now;
            return wait[0] > 0 ? last : Long.valueOf(now);
        });
        if (wait[0] > 0) {
            return new Slot(Refusal.slowMode(rest, Duration.ofNanos(wait[0])), null, () -> {});
        }
        sweep(now);
        var known = before[0] != null || now - begun >= rest.toNanos();
        return new Slot(null, known ? null : rest, () -> spoken.remove(speaker, now));
    }

    private void sweep(long now) {
        if (spoken.size() >= sweepAt) {
            spoken.values().removeIf(last -> now - last > LONGEST);
            sweepAt = Math.max(MANY, 2 * spoken.size());
        }
    }

    int size() {
        return spoken.size();
    }
}
