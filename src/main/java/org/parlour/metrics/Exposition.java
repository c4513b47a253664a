package org.parlour.metrics;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmGarbageCollectorMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmMemoryMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmThreadsMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.LongSupplier;

/**
 * All figures as Prometheus reads them. What {@link ChatMXBean} counts is read when it is asked for, so that it costs nothing before. A
 * registry of its own, for the library's is one for all deployments that share its classes.
 */
final class Exposition {

    private final PrometheusRegistry registry;

    Exposition(PrometheusRegistry registry, ChatMetrics metrics) {
        this.registry = registry;
        gauge("parlour_connections", "Open WebSocket connections.", metrics::getConnections);
        gauge("parlour_rooms", "Rooms with at least one member.", metrics::getRooms);
        gauge(
                "parlour_database_available",
                "Whether the last transaction of the log succeeded: 1, or 0.",
                () -> metrics.isDatabaseAvailable() ? 1 : 0);
        gauge("parlour_lane_capacity", "Events that may wait in one lane.", metrics::getLaneCapacity);
        lanes(metrics);
        counter(
                "parlour_events_stored",
                "Events stored: messages, joins, leaves, topics ...",
                metrics::getEventsStored);
        counter("parlour_deliveries", "Events handed to connections.", metrics::getDeliveries);
        counter("parlour_storage_failures", "Transactions of the log that failed.", metrics::getStorageFailures);
        counter("parlour_history_reads", "Queries that read the log.", metrics::getHistoryReads);
        counter("parlour_purged_events", "Events deleted because they are kept no longer.", metrics::getPurged);
        counter("parlour_rate_limited", "Requests refused because of a limit.", metrics::getRateLimited);
        counter("parlour_turned_away", "Connections not let in because of a limit.", metrics::getTurnedAway);
        counter("parlour_floods_ended", "Connections closed for going on against the limits.", metrics::getFloodsEnded);
        counter("parlour_send_failures", "Frames that could not be handed over.", metrics::getSendFailures);
        counter(
                "parlour_readers_behind",
                "Times an outbox was full and its reader was fed from the log.",
                metrics::getReadersBehind);
        counter(
                "parlour_slow_consumers_closed",
                "Connections closed for taking nothing.",
                metrics::getSlowConsumersClosed);
        JvmMemoryMetrics.builder().register(registry);
        JvmThreadsMetrics.builder().register(registry);
        JvmGarbageCollectorMetrics.builder().register(registry);
    }

    private void gauge(String name, String help, LongSupplier value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call(value.getAsLong()))
                .register(registry);
    }

    private void counter(String name, String help, LongSupplier value) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call(value.getAsLong()))
                .register(registry);
    }

    private void lanes(ChatMetrics metrics) {
        GaugeWithCallback.builder()
                .name("parlour_lane_depth")
                .help("Events that wait to be stored.")
                .labelNames("lane")
                .callback(callback -> {
                    var depths = metrics.laneDepths();
                    for (int i = 0; i < depths.length; i++) {
                        callback.call(depths[i], Integer.toString(i));
                    }
                })
                .register(registry);
    }

    /** Writes everything in the text format, version 0.0.4. */
    void write(OutputStream out) throws IOException {
        PrometheusTextFormatWriter.builder().build().write(out, registry.scrape());
    }
}
