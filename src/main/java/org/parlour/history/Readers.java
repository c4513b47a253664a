package org.parlour.history;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.parlour.config.ChatConfig;
import org.parlour.metrics.ChatMetrics;

/** How many may wait for the database at once to read. If it hangs they hang, and the others are told so soon. */
@ApplicationScoped
public class Readers {

    private static final Duration PATIENCE = Duration.ofMillis(500);

    private Semaphore places;
    private ChatMetrics metrics;

    /** For the container's proxy. */
    protected Readers() {}

    @Inject
    public Readers(ChatConfig config, ChatMetrics metrics) {
        this.places = new Semaphore(config.storageReaders());
        this.metrics = metrics;
    }

    /** Runs a query of the log. @throws IllegalStateException if too many wait already */
    <T> T read(Supplier<T> query) {
        metrics.historyRead();
        return inTurn(query);
    }

    /** Runs a query of whatever is read for members. @throws IllegalStateException if too many wait already */
    public <T> T inTurn(Supplier<T> query) {
        try {
            if (!places.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("Too many wait for the database");
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for the database");
        }
        try {
            return query.get();
        } finally {
            places.release();
        }
    }
}
