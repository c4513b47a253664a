package org.parlour.it;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

/** How long messages took, from the moment they were said. On one thread. */
final class Latencies {

    private static final double MILLISECOND = 1e6;

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

    /** What 99 of 100 stayed below, in milliseconds, and how many were delivered. */
    record Summary(double ack, double delivery, int deliveries) {

        /** The middle of several, which one hiccup of the machine does not move. */
        static Summary median(List<Summary> windows) {
            return new Summary(
                    middle(windows.stream().mapToDouble(Summary::ack)),
                    middle(windows.stream().mapToDouble(Summary::delivery)),
                    (int) middle(windows.stream().mapToDouble(Summary::deliveries)));
        }

        private static double middle(DoubleStream figures) {
            var sorted = figures.sorted().toArray();
            return sorted[sorted.length / 2];
        }

        @Override
        public String toString() {
            return "p99 of acks %.0f ms, of %d deliveries %.0f ms".formatted(ack, deliveries, delivery);
        }
    }

    /** To be asked once. */
    Summary summary() {
        var delivered = deliveries.build().sorted().toArray();
        return new Summary(p99(acks.build().sorted().toArray()), p99(delivered), delivered.length);
    }

    private static double p99(long[] sorted) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.ceil(sorted.length * 0.99) - 1] / MILLISECOND;
    }
}
