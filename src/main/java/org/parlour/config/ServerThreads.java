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
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The server's own threads. Parlour starts none of its own. */
@ApplicationScoped
public class ServerThreads {

    private static final int IDLE_SECONDS = 60;
    private static final int STOP_SECONDS = 5;

    @Resource
    private ManagedExecutorService executor;

    @Resource
    private ManagedScheduledExecutorService scheduler;

    @Resource
    private ManagedThreadFactory factory;

    @Inject
    private ChatConfig config;

    private ExecutorService writers;

    // Twice the lanes: one that hands itself on is on two threads for a moment.
    @PostConstruct
    void makeWriters() {
        writers = new ThreadPoolExecutor(
                0, 2 * config.lanes(), IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), factory);
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

    @PreDestroy
    void stop() {
        writers.shutdown();
        try {
            writers.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
