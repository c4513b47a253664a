package org.parlour.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.concurrent.TimeUnit;

/**
 * What a sum alone does not tell: how long and how large, and of which kind. Noted once for a transaction, a hand-over or a refusal, and
 * never for each delivery, of which there are hundreds of thousands in a second. Safe for any thread.
 */
final class Distributions {

    private static final double[] SECONDS = {.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10};
    private static final double[] EVENTS = {1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000};

    private final Histogram commitSeconds;
    private final Histogram writeSeconds;
    private final Histogram commitEvents;
    private final Histogram deliverySeconds;
    private final Histogram deliveryEvents;
    private final Counter refusals;
    private final Counter closes;
    private final Counter resumes;

    Distributions(PrometheusRegistry registry) {
        commitSeconds = seconds(registry, "parlour_commit", "Time that a transaction of the log takes.");
        writeSeconds = seconds(
                registry,
                "parlour_write",
                "Time from taking a request to knowing that it is stored; of each transaction the longest.");
        commitEvents = events(registry, "parlour_commit_events", "Events in one transaction of the log.");
        deliverySeconds = seconds(
                registry,
                "parlour_delivery",
                "Time from storing an event to handing it to all connections of its room; of each hand-over the longest.");
        deliveryEvents = events(registry, "parlour_delivery_events", "Events of a room that are handed over together.");
        refusals = counter(registry, "parlour_refusals", "Requests answered with an error, by its code.", "code");
        closes = counter(registry, "parlour_closes", "Connections closed by Parlour, by the name of the code.", "code");
        resumes = counter(
                registry,
                "parlour_resumes",
                "Clients that came back to a room and said what they had, and whether they could go on from there.",
                "recovered");
    }

    // Without exemplars, for which the library would start a thread that outlives the application.
    private static Histogram seconds(PrometheusRegistry registry, String name, String help) {
        return Histogram.builder()
                .name(name)
                .unit(Unit.SECONDS)
                .help(help)
                .classicOnly()
                .classicUpperBounds(SECONDS)
                .withoutExemplars()
                .register(registry);
    }

    private static Histogram events(PrometheusRegistry registry, String name, String help) {
        return Histogram.builder()
                .name(name)
                .help(help)
                .classicOnly()
                .classicUpperBounds(EVENTS)
                .withoutExemplars()
                .register(registry);
    }

    private static Counter counter(PrometheusRegistry registry, String name, String help, String label) {
        return Counter.builder()
                .name(name)
                .help(help)
                .labelNames(label)
                .withoutExemplars()
                .register(registry);
    }

    void committed(int events, long commitNanos, long writeNanos) {
        commitSeconds.observe(inSeconds(commitNanos));
        writeSeconds.observe(inSeconds(writeNanos));
        commitEvents.observe(events);
    }

    void handedOver(int events, long nanos) {
        deliverySeconds.observe(inSeconds(nanos));
        deliveryEvents.observe(events);
    }

    void refused(String code) {
        refusals.labelValues(code).inc();
    }

    void closed(String code) {
        closes.labelValues(code).inc();
    }

    void resumed(boolean recovered) {
        resumes.labelValues(Boolean.toString(recovered)).inc();
    }

    private static double inSeconds(long nanos) {
        return nanos / (double) TimeUnit.SECONDS.toNanos(1);
    }
}
