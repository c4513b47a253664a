package org.parlour.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what another thread is about to do. */
public final class Eventually {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long LOOK_AGAIN_NANOS = 200_000;

    private Eventually() {}

    /** Returns as soon as the condition holds; fails after 10 s, naming what was waited for. */
    public static void eventually(String what, BooleanSupplier condition) {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("Not within " + PATIENCE.toSeconds() + " s: " + what);
            }
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
    }
}
