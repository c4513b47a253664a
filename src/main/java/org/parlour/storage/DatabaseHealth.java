package org.parlour.storage;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.parlour.config.ServerThreads;

/**
 * Whether the database answers. It is asked aside, by one thread and once in a second at most: however many want to know it, and however
 * long it hangs, that costs no more.
 */
@ApplicationScoped
public class DatabaseHealth {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration FRESH = Duration.ofSeconds(1);

    @Inject
    private ServerThreads threads;

    private volatile DataSource database;

    /** The newest question; with {@link #askedAt} guarded by this. */
    private CompletableFuture<Boolean> answer;

    private long askedAt;

    // Looked up here, on a thread of the application: who asks later may come from outside of it.
    void reached(@Observes DatabaseReady ready) {
        database = Schema.lookup();
    }

    /** Whether the tables are there and the database has answered within two seconds. Waits no longer than that. */
    public boolean isReady() {
        if (database == null) {
            return false;
        }
        CompletableFuture<Boolean> asked;
        long left;
        synchronized (this) {
            var age = System.nanoTime() - askedAt;
            if (answer == null || answer.isDone() && age > FRESH.toNanos()) {
                answer = ask();
                askedAt = System.nanoTime();
                age = 0;
            }
            asked = answer;
            left = Math.max(0, PATIENCE.toNanos() - age);
        }
        try {
            return asked.get(left, TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException away) {
            return false;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private CompletableFuture<Boolean> ask() {
        try {
            return CompletableFuture.supplyAsync(this::answers, threads.executor());
        } catch (RejectedExecutionException stopping) {
            return CompletableFuture.completedFuture(false);
        }
    }

    private boolean answers() {
        try (var connection = database.getConnection()) {
            return connection.isValid((int) PATIENCE.toSeconds());
        } catch (SQLException away) {
            return false;
        }
    }
}
