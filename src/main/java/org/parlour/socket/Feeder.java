package org.parlour.socket;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.parlour.config.ChatConfig;
import org.parlour.config.ServerThreads;
import org.parlour.protocol.Outgoing;
import org.parlour.room.Feed;
import org.parlour.storage.RootCause;

/**
 * Asks feeds for their pages, on threads that may block. A feed that hangs with the database is given up: what else the member is to be
 * told must not wait behind it. Safe for any thread.
 */
@ApplicationScoped
public class Feeder {

    private static final Logger LOG = System.getLogger(Feeder.class.getName());

    private Executor readers;
    private Function<Runnable, Runnable> alarm;

    /** For the container's proxy. */
    protected Feeder() {}

    @Inject
    Feeder(ServerThreads threads, ChatConfig config) {
        this(threads.readers(), task -> startAlarm(threads, config.storagePatience(), task));
    }

    /** @param alarm runs a task when a feed has had its time, unless what it returns is run before */
    Feeder(Executor readers, Function<Runnable, Runnable> alarm) {
        this.readers = readers;
        this.alarm = alarm;
    }

    private static Runnable startAlarm(ServerThreads threads, Duration patience, Runnable task) {
        var started = threads.scheduler().schedule(task, patience.toMillis(), TimeUnit.MILLISECONDS);
        return () -> started.cancel(false);
    }

    /** What a feed has to say next. @param isLast whether that was all */
    record Page(List<Outgoing> messages, boolean isLast) {}

    /**
     * Fetches the next page and returns at once; {@code then} is called once, on another thread. Of a feed that fails or hangs it gets
     * what the feed has to say to that, as its last page.
     *
     * @throws java.util.concurrent.RejectedExecutionException if the server is stopping
     */
    void fetch(Feed feed, Consumer<Page> then) {
        readers.execute(() -> ask(feed, then));
    }

    private void ask(Feed feed, Consumer<Page> then) {
        var answered = new AtomicBoolean();
        var stopAlarm = alarm.apply(() -> {
            if (answered.compareAndSet(false, true)) {
                LOG.log(Level.WARNING, "What a member asked for is not read in time");
                then.accept(new Page(feed.failed(), true));
            }
        });
        Page page;
        try {
            var messages = feed.next();
            page = new Page(messages, messages.isEmpty());
        } catch (Exception failure) {
            // Exception and not RuntimeException: the container's proxies throw checked ones that no signature
            // tells of.
            LOG.log(Level.WARNING, () -> "What a member asked for cannot be read: " + RootCause.of(failure));
            LOG.log(Level.DEBUG, "What a member asked for cannot be read", failure);
            page = null;
        }
        stopAlarm.run();
        if (answered.compareAndSet(false, true)) {
            then.accept(page == null ? new Page(feed.failed(), true) : page);
        }
    }
}
