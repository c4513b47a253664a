package org.parlour.socket;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.parlour.config.ChatConfig;
import org.parlour.config.ServerThreads;

/**
 * Pings every connection: an idle one is otherwise cut by servers and proxies, and one whose peer has vanished would sit in its room
 * for hours.
 */
@ApplicationScoped
public class Heartbeat {

    private static final int MISSED_BEATS = 3;

    /** Looks more often than it pings, so that a stall is noticed soon after its limit. */
    private static final int LOOKS_PER_BEAT = 5;

    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();

    @Inject
    private ServerThreads threads;

    @Inject
    private ChatConfig config;

    private ScheduledFuture<?> beat;

    void add(Connection connection) {
        connections.add(connection);
        startOnce();
    }

    void remove(Connection connection) {
        connections.remove(connection);
    }

    private synchronized void startOnce() {
        if (beat == null) {
            var millis = config.heartbeat().toMillis() / LOOKS_PER_BEAT;
            beat = threads.scheduler().scheduleAtFixedRate(this::beat, millis, millis, TimeUnit.MILLISECONDS);
        }
    }

    private void beat() {
        Duration silence = config.heartbeat().multipliedBy(MISSED_BEATS);
        connections.forEach(connection -> connection.beat(config.heartbeat(), silence, config.stallLimit()));
    }

    @PreDestroy
    synchronized void stop() {
        if (beat != null) {
            beat.cancel(false);
        }
    }
}
