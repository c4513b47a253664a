package org.parlour.history;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import org.parlour.config.ChatConfig;
import org.parlour.metrics.ChatMetrics;
import org.parlour.protocol.ErrorCode;
import org.parlour.protocol.Refusal;
import org.parlour.protocol.RoomName;
import org.parlour.storage.RootCause;
import org.parlour.storage.StorageFailure;

/**
 * One writer: whatever piled up since the last transaction began goes into the next one. A lane that began one less than a tick ago
 * waits for the rest of it, for the price is per transaction and per write and not per message; one that was quiet writes at once.
 * Any thread may offer; one thread at a time drains, and calls the outcomes in the order of the offers. {@code waiting} guards itself
 * and {@code draining}.
 */
final class Lane {

    private static final Logger LOG = System.getLogger(Lane.class.getName());

    private static final int MAX_CONFLICTS = 5;
    // After so many transactions the thread goes back to the server's pool and the lane queues up for another.
    private static final int TRANSACTIONS_PER_TURN = 100;

    /** A lane writes a third of the time, as long as there is no full batch ... */
    private static final int TICK_PER_WORK = 3;

    /** ... but nobody waits longer for the last transaction's sake, unless the tick is set to more. */
    private static final Duration LONGEST_TICK = Duration.ofMillis(20);

    /** A draft and who is told; or, without a draft, somebody who only waits for all before it in the room. */
    private static final class Waiting {

        private final RoomName room;
        private final Draft draft;
        private final Consumer<Outcome> outcome;
        private final long since = System.nanoTime();

        /** Whether it was told that nobody knows what becomes of it. */
        private boolean givenUp;

        Waiting(RoomName room, Draft draft, Consumer<Outcome> outcome) {
            this.room = room;
            this.draft = draft;
            this.outcome = outcome;
        }

        Draft draft() {
            return draft;
        }

        boolean mustBeStored() {
            return draft != null && draft.mustBeStored();
        }

        /** Whether its sender may be told to try again while it is being written. A name is a promise that is harder to take back. */
        boolean mayBeGivenUp() {
            return draft != null && !givenUp && draft.mayBeStoredUnheard();
        }
    }

    private final Function<List<Draft>, List<Outcome>> log;
    private final Executor executor;
    private final Executor later;
    private final Runnable told;
    private final Consumer<StoredEvent> late;
    private final ChatConfig config;
    private final ChatMetrics metrics;
    private final Backlog<Waiting> waiting = new Backlog<>();
    private boolean draining;
    private volatile boolean storageAway;

    /** What the transaction that runs now writes; empty if none runs. */
    private List<Waiting> inFlight = List.of();

    /** When it began, in {@link System#nanoTime}. */
    private long inFlightSince;

    /** When the last transaction may be followed by another, in {@link System#nanoTime}. */
    private volatile long tickOver = System.nanoTime();

    /**
     * @param log see {@link MessageLog#append}
     * @param later runs what it is given a little later
     * @param told called whenever the outcomes of a batch have been told
     * @param late gets what was stored after all, though its sender was told that nobody knows
     */
    Lane(
            Function<List<Draft>, List<Outcome>> log,
            Executor executor,
            Executor later,
            Runnable told,
            Consumer<StoredEvent> late,
            ChatConfig config,
            ChatMetrics metrics) {
        this.log = log;
        this.executor = executor;
        this.later = later;
        this.told = told;
        this.late = late;
        this.config = config;
        this.metrics = metrics;
    }

    /** How much waits. */
    int depth() {
        synchronized (waiting) {
            return waiting.size();
        }
    }

    boolean offer(Draft draft, Consumer<Outcome> outcome) {
        return offer(new Waiting(draft.room(), draft, outcome));
    }

    /** Runs a task once everything that was offered to this room before has been told. @return false if the lane is full */
    boolean afterwards(RoomName room, Runnable task) {
        return offer(new Waiting(room, null, nothing -> task.run()));
    }

    /** Completes once everything that was offered before, in any room, has been told. */
    CompletableFuture<Void> settled() {
        var marks = new ArrayList<CompletableFuture<Void>>();
        synchronized (waiting) {
            var rooms = new ArrayList<>(waiting.rooms());
            if (rooms.isEmpty() && draining) {
                // What is being written now is told before anything that waits, so any place will do.
                rooms.add(null);
            }
            for (var room : rooms) {
                var mark = new CompletableFuture<Void>();
                marks.add(mark);
                waiting.add(room, new Waiting(room, null, nothing -> mark.complete(null)));
            }
        }
        return CompletableFuture.allOf(marks.toArray(CompletableFuture[]::new));
    }

    private boolean offer(Waiting one) {
        synchronized (waiting) {
            if (waiting.size() >= config.laneCapacity() && !one.mustBeStored()) {
                return false;
            }
            waiting.add(one.room, one);
            if (draining) {
                return true;
            }
            draining = true;
        }
        run(executor);
        return true;
    }

    private void run(Executor where) {
        try {
            where.execute(this::drain);
        } catch (RejectedExecutionException stopping) {
            abandon();
        }
    }

    // The server is stopping: nobody will run this lane again.
    private void abandon() {
        List<Waiting> rest;
        synchronized (waiting) {
            rest = waiting.takeAll(one -> true);
            draining = false;
        }
        rest.forEach(one -> tell(one, unavailable()));
    }

    private void drain() {
        for (int transactions = 0; transactions < TRANSACTIONS_PER_TURN; transactions++) {
            awaitTick();
            var batch = nextBatch();
            if (batch.isEmpty()) {
                return;
            }
            var unstored = store(batch);
            told.run();
            if (!unstored.isEmpty()) {
                rest(unstored);
                return;
            }
        }
        run(executor);
    }

    // On this lane's own thread. A full batch has nothing to gain by waiting.
    private void awaitTick() {
        long rest = tickOver - System.nanoTime();
        while (rest > 0 && someButNoFullBatchWaits() && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(this, rest);
            rest = tickOver - System.nanoTime();
        }
    }

    private boolean someButNoFullBatchWaits() {
        synchronized (waiting) {
            return !waiting.isEmpty() && waiting.size() < config.laneBatch();
        }
    }

    private List<Waiting> nextBatch() {
        synchronized (waiting) {
            var batch = waiting.take(config.laneBatch());
            draining = !batch.isEmpty();
            return batch;
        }
    }

    /** @return what could not be stored because the database is away; no outcome was told for it */
    private List<Waiting> store(List<Waiting> batch) {
        for (int attempt = 1; ; attempt++) {
            try {
                tellAll(batch, append(batch));
                return List.of();
            } catch (Exception failure) {
                // Exception and not RuntimeException: when the answer to a commit is lost, the container's
                // proxy throws a checked exception that no signature tells of.
                metrics.storageFailed();
                var kind = StorageFailure.of(failure);
                if (kind == StorageFailure.POISON) {
                    return isolate(batch, failure);
                }
                if (kind == StorageFailure.UNAVAILABLE || attempt == MAX_CONFLICTS) {
                    storageIs(false, failure);
                    return batch;
                }
            }
        }
    }

    private List<Outcome> append(List<Waiting> batch) {
        var drafts = batch.stream()
                .map(Waiting::draft)
                .filter(draft -> draft != null)
                .toList();
        if (drafts.isEmpty()) {
            return List.of();
        }
        List<Outcome> outcomes;
        var begun = System.nanoTime();
        begin(batch);
        try {
            outcomes = log.apply(drafts);
        } finally {
            begin(List.of());
            tickOver = begun + tickAfter(System.nanoTime() - begun);
        }
        metrics.committed(
                (int) outcomes.stream().filter(Lane::isNew).count(), System.nanoTime() - begun, longestIn(batch));
        storageIs(true, null);
        return outcomes;
    }

    private static long longestIn(List<Waiting> batch) {
        var now = System.nanoTime();
        return batch.stream().mapToLong(one -> now - one.since).max().orElse(0);
    }

    private long tickAfter(long work) {
        var tick = config.tick().toNanos();
        return tick == 0 ? 0 : Math.max(tick, Math.min(TICK_PER_WORK * work, LONGEST_TICK.toNanos()));
    }

    private static boolean isNew(Outcome outcome) {
        return outcome instanceof Outcome.Stored stored && !stored.duplicate();
    }

    private void begin(List<Waiting> batch) {
        synchronized (waiting) {
            inFlight = batch;
            inFlightSince = System.nanoTime();
        }
    }

    /**
     * If the database has not answered for so long, tells whoever waits to try again: what waits in the lane is surely not stored, of
     * what is being written nobody knows. Called now and then, by any thread.
     */
    void giveUpAfter(Duration patience) {
        var told = new ArrayList<Waiting>();
        synchronized (waiting) {
            if (inFlight.isEmpty() || System.nanoTime() - inFlightSince < patience.toNanos()) {
                return;
            }
            for (var one : inFlight) {
                if (one.mayBeGivenUp()) {
                    one.givenUp = true;
                    told.add(one);
                }
            }
            told.addAll(waiting.takeAll(one -> !one.mustBeStored()));
        }
        if (!told.isEmpty()) {
            storageIs(false, new IllegalStateException("no answer for " + patience.toMillis() + " ms"));
        }
        told.forEach(one -> inform(one, unavailable()));
    }

    private void tellAll(List<Waiting> batch, List<Outcome> outcomes) {
        var next = outcomes.iterator();
        for (var one : batch) {
            tell(one, one.draft() == null ? null : next.next());
        }
    }

    // One draft spoils the transaction for all: store each alone, so that only the culprit is refused.
    private List<Waiting> isolate(List<Waiting> batch, Exception failure) {
        if (batch.size() == 1) {
            LOG.log(
                    Level.WARNING,
                    "The database refuses a " + batch.get(0).draft().kind(),
                    failure);
            tell(
                    batch.get(0),
                    new Outcome.Refused(new Refusal(ErrorCode.CONTENT_REJECTED, "This cannot be stored.", "content")));
            return List.of();
        }
        for (int i = 0; i < batch.size(); i++) {
            if (!store(List.of(batch.get(i))).isEmpty()) {
                return batch.subList(i, batch.size());
            }
        }
        return List.of();
    }

    // The database is away. Whoever can send again is told so at once; what must be stored waits at the front.
    private void rest(List<Waiting> unstored) {
        var told = new ArrayList<Waiting>();
        boolean somethingKept;
        synchronized (waiting) {
            var all = new ArrayList<>(unstored);
            all.addAll(waiting.takeAll(one -> true));
            for (var one : all) {
                if (one.mustBeStored()) {
                    waiting.add(one.room, one);
                } else {
                    told.add(one);
                }
            }
            somethingKept = !waiting.isEmpty();
            draining = somethingKept;
        }
        told.forEach(one -> tell(one, unavailable()));
        if (somethingKept) {
            run(later);
        }
    }

    private static Outcome unavailable() {
        return new Outcome.Refused(Refusal.storageUnavailable());
    }

    // One line when it goes and one when it comes back, however many transactions fail in between.
    private void storageIs(boolean there, Exception failure) {
        metrics.databaseIs(there);
        if (there && storageAway) {
            LOG.log(Level.INFO, "The database is back");
        } else if (!there && !storageAway) {
            LOG.log(
                    Level.WARNING,
                    () -> "The database is away, messages are refused until it is back: " + RootCause.of(failure));
        }
        storageAway = !there;
    }

    private void tell(Waiting one, Outcome outcome) {
        boolean givenUp;
        synchronized (waiting) {
            givenUp = one.givenUp;
        }
        if (!givenUp) {
            inform(one, outcome);
        } else if (outcome instanceof Outcome.Stored stored) {
            inform(new Waiting(one.room, null, nothing -> late.accept(stored.event())), null);
        }
    }

    private static void inform(Waiting one, Outcome outcome) {
        try {
            one.outcome.accept(outcome);
        } catch (RuntimeException unexpected) {
            LOG.log(Level.ERROR, "An outcome could not be told", unexpected);
        }
    }
}
