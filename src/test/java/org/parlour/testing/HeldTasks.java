package org.parlour.testing;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** An executor whose tasks run when the test says so, on the test's thread. */
public final class HeldTasks implements Executor {

    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private boolean stopped;

    @Override
    public synchronized void execute(Runnable task) {
        if (stopped) {
            throw new RejectedExecutionException("stopped");
        }
        tasks.add(task);
    }

    /** From now on rejects what it is given, as a server that is stopping does. */
    public synchronized void stop() {
        stopped = true;
    }

    public synchronized int count() {
        return tasks.size();
    }

    /** Runs what waits and what comes up meanwhile. */
    public void runAll() {
        for (var task = next(); task != null; task = next()) {
            task.run();
        }
    }

    public void runOne() {
        next().run();
    }

    private synchronized Runnable next() {
        return tasks.poll();
    }
}
