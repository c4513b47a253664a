package org.parlour.history;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.parlour.config.ChatConfig;
import org.parlour.config.ServerThreads;
import org.parlour.metrics.ChatMetrics;
import org.parlour.protocol.RoomName;

/**
 * Group commit: the one way into the log. Each room always writes through the same {@link Lane}, so its events are stored and
 * told in the order in which they were offered. Any thread may offer.
 */
@ApplicationScoped
public class LogWriter {

    private static final long REST_MILLIS = 1_000;
    private static final long LOOK_MILLIS = 250;

    private List<Lane> lanes;
    private volatile Runnable afterEachTurn = () -> {};
    private volatile Consumer<StoredEvent> late = event -> {};
    private Duration patience;
    private ScheduledFuture<?> watch;

    /** For the container's proxy. */
    protected LogWriter() {}

    @Inject
    public LogWriter(MessageLog log, ServerThreads threads, ChatConfig config, ChatMetrics metrics) {
        this(
                log::append,
                threads.writers(),
                task -> threads.scheduler()
                        .schedule(() -> threads.writers().execute(task), REST_MILLIS, TimeUnit.MILLISECONDS),
                config,
                metrics);
        this.patience = config.storagePatience();
        this.watch =
                threads.scheduler().scheduleAtFixedRate(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** @param log see {@link MessageLog#append}; @param later runs a task after a rest */
    LogWriter(
            Function<List<Draft>, List<Outcome>> log,
            Executor executor,
            Executor later,
            ChatConfig config,
            ChatMetrics metrics) {
        this.lanes = IntStream.range(0, config.lanes())
                .mapToObj(i -> new Lane(
                        log, executor, later, () -> afterEachTurn.run(), event -> late.accept(event), config, metrics))
                .toList();
        metrics.lanes(() -> lanes.stream().mapToInt(Lane::depth).toArray(), config.laneCapacity());
    }

    /**
     * Queues a draft for the next commit. Returns at once; {@code outcome} is called on the lane's thread after the commit, once,
     * in the order of the offers to the same room. At most {@link ChatConfig#laneCapacity()} drafts wait in a lane, and at most one
     * leave for each connection on top.
     *
     * @return false if the lane is full: nothing was queued, the client may try again
     */
    public boolean offer(Draft draft, Consumer<Outcome> outcome) {
        return laneOf(draft.room()).offer(draft, outcome);
    }

    /**
     * Runs a task, on the lane's thread, once everything that was offered to this room before has been told its outcome.
     *
     * @return false if the lane is full: it will not run
     */
    public boolean afterwards(RoomName room, Runnable task) {
        return laneOf(room).afterwards(room, task);
    }

    /** Has a task run, on a lane's thread, whenever all the outcomes of a transaction have been told. */
    public void afterEachTurn(Runnable task) {
        afterEachTurn = task;
    }

    /** Has events told that were stored after all, though their senders were told that nobody knows; on a lane's thread. */
    public void whenLate(Consumer<StoredEvent> listener) {
        late = listener;
    }

    private void look() {
        lanes.forEach(lane -> lane.giveUpAfter(patience));
    }

    @PreDestroy
    void stopLooking() {
        if (watch != null) {
            watch.cancel(false);
        }
    }

    /**
     * Waits until everything that has been offered so far has been told its outcome.
     *
     * @param patience how long at most, for all lanes together
     */
    public void awaitAll(Duration patience) throws InterruptedException {
        var settled = lanes.stream().map(Lane::settled).toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(settled).get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException tooLong) {
            // Whoever waits for more is not told; it will ask again elsewhere.
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private Lane laneOf(RoomName room) {
        return lanes.get(Math.floorMod(room.hashCode(), lanes.size()));
    }
}
