package org.parlour.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Thousands of connections on one thread. Links and members of a crowd belong to that thread: a test speaks to them, and looks at
 * them, by {@link #ask}.
 */
final class Crowd implements AutoCloseable {

    private record Timer(long at, Runnable task) {}

    private final Selector selector = Selector.open();
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final PriorityQueue<Timer> timers = new PriorityQueue<>(Comparator.comparingLong(Timer::at));
    private final Thread thread = new Thread(this::run, "crowd");
    private volatile boolean closed;

    /** What the last member failed with that did; it belongs to the thread. */
    private Throwable failure;

    Crowd() throws IOException {
        thread.setDaemon(true);
        thread.start();
    }

    Selector selector() {
        return selector;
    }

    /** Runs this on the crowd's thread and brings back what it gives, or throws what it throws. */
    <T> T ask(Supplier<T> question) {
        var answer = new CompletableFuture<T>();
        tasks.add(() -> {
            try {
                if (failure != null) {
                    throw new AssertionError("A member of the crowd failed", failure);
                }
                answer.complete(question.get());
            } catch (RuntimeException | AssertionError failure) {
                answer.completeExceptionally(failure);
            }
        });
        selector.wakeup();
        return answer.orTimeout(ChatClient.PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    void tell(Runnable order) {
        ask(() -> {
            order.run();
            return null;
        });
    }

    /** Runs this on the crowd's thread after a while; to be called there. */
    void later(Duration wait, Runnable task) {
        timers.add(new Timer(System.nanoTime() + wait.toNanos(), task));
    }

    private void run() {
        try {
            while (!closed) {
                selector.select(this::ready, waitMillis());
                for (var task = tasks.poll(); task != null; task = tasks.poll()) {
                    task.run();
                }
                runTimers(System.nanoTime());
            }
            for (var key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    // Those that are due at one moment: a task that is always due again must not keep the others from their turn.
    private void runTimers(long now) {
        while (!timers.isEmpty() && timers.peek().at() <= now) {
            attempt(timers.poll().task());
        }
    }

    private void ready(SelectionKey key) {
        attempt(((Link) key.attachment())::ready);
    }

    private void attempt(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | AssertionError unexpected) {
            failure = unexpected;
        }
    }

    private long waitMillis() {
        var wait = timers.isEmpty() ? Long.MAX_VALUE : timers.peek().at() - System.nanoTime();
        // Rounded up, and never 0, which would mean for ever.
        return Math.max(1, Math.min(TimeUnit.NANOSECONDS.toMillis(wait) + 1, 1_000));
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        selector.wakeup();
        thread.join(ChatClient.PATIENCE.toMillis());
    }
}
