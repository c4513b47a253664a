package org.parlour.it;

import java.util.stream.LongStream;

/** How long messages took, from the moment they were said. On one thread. */
final class Latencies {

    private static final long MICROSECOND = 1_000;

    private final LongStream.Builder acks = LongStream.builder();
    private final LongStream.Builder deliveries = LongStream.builder();

    /** @return what to say so that {@link #delivered} can tell how long it took */
    static String stamped(int length) {
        var stamp = "said at " + System.nanoTime() + " ";
        return stamp + "x".repeat(Math.max(1, length - stamp.length()));
    }

    void acknowledged(long saidAt) {
        acks.add(System.nanoTime() - saidAt);
    }

    void delivered(String content) {
        if (content.startsWith("said at ")) {
            deliveries.add(System.nanoTime() - Long.parseLong(content.split(" ")[2]));
        }
    }

    /** What 99 of 100 stayed below, in milliseconds, and of how many messages. To be asked once. */
    record Summary(double ack, double delivery, int acks, int deliveries) {}

    Summary summary() {
        var sortedAcks = acks.build().sorted().toArray();
        var sortedDeliveries = deliveries.build().sorted().toArray();
        return new Summary(p99(sortedAcks), p99(sortedDeliveries), sortedAcks.length, sortedDeliveries.length);
    }

    private static double p99(long[] sorted) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.ceil(sorted.length * 0.99) - 1] / MICROSECOND / 1e3;
    }
}
