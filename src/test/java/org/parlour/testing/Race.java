package org.parlour.testing;

import java.util.ArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Threads that start at the same moment. */
public final class Race {

    private static final int DEADLINE_SECONDS = 30;

    /** @see #among */
    @FunctionalInterface
    public interface Runner {
        void run(int number) throws Exception;
    }

    private Race() {}

    /** Runs the runners 0, 1, 2 ..., each on a thread of its own, and returns when all are through; fails as the first of them does. */
    public static void among(int runners, Runner runner) {
        var start = new CyclicBarrier(runners);
        var threads = Executors.newFixedThreadPool(runners);
        try {
            var results = new ArrayList<Future<?>>();
            for (int i = 0; i < runners; i++) {
                int number = i;
                results.add(threads.submit(() -> {
                    start.await();
                    runner.run(number);
                    return null;
                }));
            }
            for (var result : results) {
                result.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
            }
        } catch (ExecutionException failure) {
            throw new AssertionError("A runner failed: " + failure.getCause(), failure.getCause());
        } catch (TimeoutException | InterruptedException stuck) {
            throw new AssertionError("The race did not end", stuck);
        } finally {
            threads.shutdownNow();
        }
    }
}
