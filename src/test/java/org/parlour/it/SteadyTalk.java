package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Members that speak in turn, so many messages a second whatever the server does, until it is closed. */
final class SteadyTalk implements AutoCloseable {

    private static final int WINDOWS = 3;

    private final Crowd crowd;
    private final List<CrowdMember> members;
    private final long gapNanos;
    private final int length;
    private int turn;
    private boolean closed;
    private long next;

    SteadyTalk(Crowd crowd, List<CrowdMember> members, int perSecond, int length) {
        this.crowd = crowd;
        this.members = members;
        this.gapNanos = TimeUnit.SECONDS.toNanos(1) / perSecond;
        this.length = length;
        crowd.tell(() -> {
            next = System.nanoTime();
            speak();
        });
    }

    private void speak() {
        if (closed) {
            return;
        }
        for (; next <= System.nanoTime(); next += gapNanos) {
            members.get(turn++ % members.size()).say(Latencies.stamped(length));
        }
        crowd.later(Duration.ofNanos(next - System.nanoTime()), this::speak);
    }

    /** How long what is said takes from now on: the median of three windows, each of this length. */
    Latencies.Summary measure(Duration window) throws InterruptedException {
        var windows = new ArrayList<Latencies.Summary>();
        for (int i = 0; i < WINDOWS; i++) {
            windows.add(measureOnce(window));
        }
        return Latencies.Summary.median(windows);
    }

    private Latencies.Summary measureOnce(Duration window) throws InterruptedException {
        var latencies = new Latencies();
        crowd.tell(() -> members.forEach(member -> member.latencies = latencies));
        TimeUnit.NANOSECONDS.sleep(window.toNanos());
        return crowd.ask(() -> {
            members.forEach(member -> member.latencies = null);
            return latencies.summary();
        });
    }

    /**
     * Fails if it took more than twice as long as before.
     *
     * @param noise below this the ratio says nothing: a collection of garbage or another process on a small machine takes as long
     */
    static void assertUnharmed(Latencies.Summary before, Latencies.Summary during, Duration noise) {
        assertThat(during.ack())
                .as("p99 of acks in ms, before: %s, during: %s", before, during)
                .isLessThan(Math.max(2 * before.ack(), noise.toMillis()));
        assertThat(during.delivery())
                .as("p99 of deliveries in ms, before: %s, during: %s", before, during)
                .isLessThan(Math.max(2 * before.delivery(), noise.toMillis()));
    }

    @Override
    public void close() {
        crowd.tell(() -> closed = true);
    }
}
