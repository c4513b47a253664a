package org.parlour.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what another thread is about to do. */
public final class Eventually {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long LOOK_AGAIN_NANOS = 200_000;
    private static final long LOOK_SELDOM_NANOS = 50_000_000;

    private Eventually() {}

    /** Returns as soon as the condition holds; fails after 10 s, naming what was waited for. */
    public static void eventually(String what, BooleanSupplier condition) {
        eventually(what, PATIENCE, LOOK_AGAIN_NANOS, condition);
    }

    /** For what takes long, or is disturbed by whoever looks: looks twenty times a second, for as long as this. */
    public static void eventually(String what, Duration patience, BooleanSupplier condition) {
        eventually(what, patience, LOOK_SELDOM_NANOS, condition);
    }

    private static void eventually(String what, Duration patience, long pause, BooleanSupplier condition) {
        var deadline = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("Not within " + patience.toSeconds() + " s: " + what);
            }
            LockSupport.parkNanos(pause);
        }
    }
}
