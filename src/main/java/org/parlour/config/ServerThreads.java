package org.parlour.config;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The server's own threads. Parlour starts none of its own. */
@ApplicationScoped
public class ServerThreads {

    private static final int IDLE_SECONDS = 60;
    private static final int STOP_SECONDS = 5;
    private static final int DELIVERERS = Math.max(2, Runtime.getRuntime().availableProcessors() / 2);

    @Resource
    private ManagedExecutorService executor;

    @Resource
    private ManagedScheduledExecutorService scheduler;

    @Resource
    private ManagedThreadFactory factory;

    @Inject
    private ChatConfig config;

    private ExecutorService writers;

    private ThreadPoolExecutor readers;

    private ScheduledThreadPoolExecutor deliverers;

    // Twice the lanes: one that hands itself on is on two threads for a moment.
    @PostConstruct
    void makePools() {
        writers = new ThreadPoolExecutor(
                0, 2 * config.lanes(), IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), factory);
        readers = new ThreadPoolExecutor(
                2 * config.storageReaders(),
                2 * config.storageReaders(),
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                factory);
        readers.allowCoreThreadTimeOut(true);
        deliverers = new ScheduledThreadPoolExecutor(DELIVERERS, factory);
        deliverers.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        deliverers.allowCoreThreadTimeOut(true);
    }

    /** For what may wait its turn: it is shared with the rest of the server, and small. */
    public ManagedExecutorService executor() {
        return executor;
    }

    public ManagedScheduledExecutorService scheduler() {
        return scheduler;
    }

    /** A thread for each lane of the log, so that no number of readers delays what people say. */
    public Executor writers() {
        return writers;
    }

    /** For what is read for members; as many again as may wait for the database, so that memory can always be read. */
    public Executor readers() {
        return readers;
    }

    /** For handing events to members, with delays of milliseconds: nothing that blocks. */
    public ScheduledExecutorService deliverers() {
        return deliverers;
    }

    @PreDestroy
    void stop() {
        deliverers.shutdown();
        readers.shutdown();
        writers.shutdown();
        try {
            writers.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
