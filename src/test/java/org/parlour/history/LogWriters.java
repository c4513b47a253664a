package org.parlour.history;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.parlour.config.ChatConfig;
import org.parlour.metrics.ChatMetrics;

/** Lets the tests of other packages build a {@link LogWriter} without a container. */
public final class LogWriters {

    private LogWriters() {}

    /** @param later gets what has to wait until the database is back */
    public static LogWriter on(
            Function<List<Draft>, List<Outcome>> log,
            Executor executor,
            Executor later,
            ChatConfig config,
            ChatMetrics metrics) {
        return new LogWriter(log, executor, later, config, metrics);
    }
}
