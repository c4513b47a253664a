package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Members that speak in turn, so many messages a second whatever the server does, until it is closed. */
final class SteadyTalk implements AutoCloseable {

    /**
     * Twice the time without the fault is the promise. Below this many milliseconds the ratio says nothing: a collection of garbage or
     * another process on a small machine takes as long.
     */
    private static final double NOISE = 100;

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

    /** How long what is said takes from now on, for as long as this. */
    Latencies.Summary measure(Duration time) throws InterruptedException {
        var latencies = new Latencies();
        crowd.tell(() -> members.forEach(member -> member.latencies = latencies));
        TimeUnit.NANOSECONDS.sleep(time.toNanos());
        return crowd.ask(() -> {
            members.forEach(member -> member.latencies = null);
            return latencies.summary();
        });
    }

    /** Fails if it took more than twice as long as before. */
    static void assertUnharmed(Latencies.Summary before, Latencies.Summary during) {
        assertThat(during.ack())
                .as("p99 of acks in ms, before: %s, during: %s", before, during)
                .isLessThan(Math.max(2 * before.ack(), NOISE));
        assertThat(during.delivery())
                .as("p99 of deliveries in ms, before: %s, during: %s", before, during)
                .isLessThan(Math.max(2 * before.delivery(), NOISE));
        assertThat(during.deliveries()).as("as much was delivered").isGreaterThan(before.deliveries() / 2);
    }

    @Override
    public void close() {
        crowd.tell(() -> closed = true);
    }
}
