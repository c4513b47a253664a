package org.parlour.socket;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.parlour.config.ChatConfig;
import org.parlour.config.ServerThreads;

/**
 * Pings every connection: an idle one is otherwise cut by servers and proxies, and one whose peer has vanished would sit in its room
 * for hours. At each look what is remembered of those who are gone is tidied up.
 */
@ApplicationScoped
public class Heartbeat {

    private static final int MISSED_BEATS = 3;

    /** Looks more often than it pings, so that a stall is noticed soon after its limit. */
    private static final int LOOKS_PER_BEAT = 5;

    @Inject
    private Connections connections;

    @Inject
    private ServerThreads threads;

    @Inject
    private ChatConfig config;

    @Inject
    private Admission admission;

    @Inject
    private Callers callers;

    private ScheduledFuture<?> beat;

    /** Begins with the first connection. */
    synchronized void start() {
        if (beat == null) {
            var millis = config.heartbeat().toMillis() / LOOKS_PER_BEAT;
            beat = threads.scheduler().scheduleAtFixedRate(this::beat, millis, millis, TimeUnit.MILLISECONDS);
        }
    }

    private void beat() {
        Duration silence = config.heartbeat().multipliedBy(MISSED_BEATS);
        admission.tidy();
        callers.lookForExpired();
        connections.all().forEach(connection -> connection.beat(config.heartbeat(), silence, config.stallLimit()));
    }

    @PreDestroy
    synchronized void stop() {
        if (beat != null) {
            beat.cancel(false);
        }
    }
}
