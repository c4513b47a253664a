package org.parlour.auth;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.parlour.config.ServerThreads;
import org.parlour.storage.RootCause;

/** Who did what. Any thread may enter, and none waits: an entry is written by a thread of the server's. */
@ApplicationScoped
public class Audit {

    private static final Logger LOG = System.getLogger(Audit.class.getName());

    private static final int MOST_WAITING = 1_000;

    private final Semaphore places = new Semaphore(MOST_WAITING);

    @Inject
    private AuditRows rows;

    @Inject
    private ServerThreads threads;

    /** Writes it soon. What the database does not take stands in the server's log, so that nothing is lost without a trace. */
    public void note(AuditEntry entry) {
        if (!places.tryAcquire()) {
            missed(entry, "too many entries wait");
            return;
        }
        try {
            threads.executor().execute(() -> write(entry));
        } catch (RejectedExecutionException stopping) {
            places.release();
            missed(entry, "the server is busy or stopping");
        }
    }

    private void write(AuditEntry entry) {
        try {
            rows.insert(entry);
        } catch (RuntimeException failure) {
            missed(entry, RootCause.of(failure));
        } finally {
            places.release();
        }
    }

    private static void missed(AuditEntry entry, String reason) {
        LOG.log(Level.WARNING, () -> "Not in the audit log (" + reason + "): " + entry);
    }
}
