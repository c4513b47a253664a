package org.parlour.history;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.Timeout;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.parlour.config.ChatConfig;
import org.parlour.metrics.ChatMetrics;
import org.parlour.storage.DatabaseReady;
import org.parlour.storage.RootCause;

/**
 * Forgets what is kept no longer, now and then, on a thread of the server's timers. In small batches with rests between: first the room
 * is told to begin later, which takes its row for a moment, and then the rows that nobody can read any more are deleted, which takes
 * nothing that a lane needs. Whatever a failure leaves of that is done by the next run, and what a crash leaves after the next start.
 */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class Purge {

    private static final Logger LOG = System.getLogger(Purge.class.getName());

    private static final int ROOMS_AT_ONCE = 200;
    private static final Duration FIRST = Duration.ofSeconds(5);

    /** The database works for the purge a part of the time at most. */
    private static final int REST_PER_WORK = 3;

    private static final Duration LEAST_REST = Duration.ofMillis(10);

    @Resource
    private TimerService timers;

    @Inject
    private PurgeRows rows;

    @Inject
    private ChatConfig config;

    @Inject
    private ChatMetrics metrics;

    @Inject
    private Event<Purged> observers;

    private final AtomicBoolean busy = new AtomicBoolean();

    /** Whether rows may be left that nobody can read. */
    private boolean remnants = true;

    private volatile boolean ready;
    private volatile boolean stopping;

    @PostConstruct
    void start() {
        var interval = config.retention().interval();
        var first = interval.compareTo(FIRST) < 0 ? interval : FIRST;
        timers.createIntervalTimer(first.toMillis(), interval.toMillis(), new TimerConfig(null, false));
    }

    public void databaseReached(@Observes DatabaseReady reached) {
        ready = true;
    }

    @PreDestroy
    void stop() {
        stopping = true;
    }

    @Timeout
    void run() {
        if (!ready || !busy.compareAndSet(false, true)) {
            return;
        }
        try {
            if (remnants) {
                clearRemnants();
            }
            purgeAll();
        } catch (Exception failure) {
            // Exception and not RuntimeException: the container's proxies throw checked ones that no signature tells
            // of.
            remnants = true;
            LOG.log(
                    Level.WARNING,
                    () -> "What is kept no longer could not be deleted, trying again in "
                            + config.retention().interval().toSeconds() + " s: " + RootCause.of(failure));
        } finally {
            busy.set(false);
        }
    }

    private void clearRemnants() {
        long last = 0;
        var page = rows.purgedAfter(last, ROOMS_AT_ONCE);
        while (!page.isEmpty() && !stopping) {
            for (var room : page) {
                var begun = System.nanoTime();
                observers.fire(new Purged(room.name(), room.purged()));
                if (rows.deletePurged(room.id(), room.purged()) > 0) {
                    rest(begun);
                }
                last = room.id();
            }
            page = rows.purgedAfter(last, ROOMS_AT_ONCE);
        }
        remnants = stopping;
    }

    private void purgeAll() {
        var general = config.retention().days() > 0 || config.retention().events() > 0;
        if (!general && !rows.anyWishes()) {
            return;
        }
        long events = 0;
        int rooms = 0;
        long last = 0;
        var page = rows.roomsAfter(last, !general, ROOMS_AT_ONCE);
        while (!page.isEmpty() && !stopping) {
            for (var room : page) {
                var gone = purge(room, Instant.now());
                events += gone;
                rooms += gone > 0 ? 1 : 0;
                last = room.id();
            }
            page = rows.roomsAfter(last, !general, ROOMS_AT_ONCE);
        }
        if (events > 0) {
            LOG.log(Level.INFO, "Deleted {0} events of {1} rooms that are kept no longer", events, rooms);
        }
    }

    /** @return how many events are gone */
    private long purge(PurgeRows.Kept room, Instant now) {
        var rule = Retention.of(config.retention(), room.days(), room.events());
        var begins = room.purged();
        var tooMany = rule.tooManyThrough(room.lastSeq());
        var mayBeTooOld = room.oldest() != null && rule.isTooOld(room.oldest(), now);
        while (!stopping && (begins < tooMany || mayBeTooOld)) {
            var begun = System.nanoTime();
            var batch = config.retention().batch();
            var through = Math.min(begins + batch, Math.max(begins, tooMany));
            if (mayBeTooOld) {
                var old = rows.tooOldThrough(room.id(), begins, rule.tooOldBefore(now), batch);
                mayBeTooOld = old == begins + batch;
                through = Math.max(through, old);
            }
            if (through == begins) {
                break;
            }
            remnants = true;
            rows.setPurged(room.id(), through);
            observers.fire(new Purged(room.name(), through));
            rows.deletePurged(room.id(), through);
            remnants = false;
            metrics.purged(through - begins);
            begins = through;
            rest(begun);
        }
        return begins - room.purged();
    }

    private static void rest(long begun) {
        var work = System.nanoTime() - begun;
        LockSupport.parkNanos(Math.max(REST_PER_WORK * work, LEAST_REST.toNanos()));
    }
}
