package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parlour.testing.Eventually.eventually;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Members that are connected and take nothing, while the others say more than any budget holds: they cost the server less than their
 * budgets and the others nothing, and in the end they are taken out. The long form runs with {@code -Pfaults}.
 */
class StuckReadersIT {

    private static final String ROOM = "stuck";
    private static final int HEALTHY = 20;
    private static final int PER_SECOND = 100;
    private static final int LENGTH = 3_900;
    private static final int SLOW_CONSUMER = 4100;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** What the kernel is asked to keep for a stuck reader, in bytes; the sending side keeps a few megabytes all the same. */
    private static final int RECEIVE_BUFFER = 2_304;

    /**
     * Bytes of heap for each of them: half the budget. What waits is shared by all members; only the frame in flight, at most 128 Ki
     * characters, is each one's own, as text and as bytes.
     */
    private static final long PRICE = (1 << 20) / 2;

    /** By how many bytes the heap of a server differs between two collections without any fault. */
    private static final long NOISE = 16 << 20;

    /**
     * @param window a third of the time for which the others are measured, which must end before the first stuck reader is closed
     * @param noise see {@link SteadyTalk#assertUnharmed}
     */
    private record Shape(
            int stuck,
            int waves,
            int stallSeconds,
            int heartbeatSeconds,
            Duration warmUp,
            Duration window,
            Duration noise) {}

    private final RoomBook book = new RoomBook();

    @Test
    void stuckReadersCostLessThanTheirBudgetAndTheOthersNothing() throws Exception {
        run(new Shape(100, 1, 6, 10, Duration.ofSeconds(3), Duration.ofSeconds(1), Duration.ofMillis(500)));
    }

    @Test
    @Tag("faults")
    void fiveHundredStuckReadersForTwoMinutes() throws Exception {
        run(new Shape(500, 3, 30, 25, Duration.ofSeconds(20), Duration.ofSeconds(6), Duration.ofMillis(100)));
    }

    private void run(Shape shape) throws Exception {
        try (var postgres = new ControlledPostgres();
                var server = new ServerProcess(
                        "stuck",
                        postgres,
                        "-Dparlour.stall-seconds=" + shape.stallSeconds(),
                        "-Dparlour.heartbeat-seconds=" + shape.heartbeatSeconds(),
                        "-Dparlour.grace-seconds=1");
                var crowd = new Crowd()) {
            postgres.start();
            server.start();
            var healthy = join(crowd, server, HEALTHY, "healthy", Link.Options.NONE);
            try (var figures = new Figures(server.pid())) {
                try (var talk = new SteadyTalk(crowd, healthy, PER_SECOND, LENGTH)) {
                    TimeUnit.NANOSECONDS.sleep(shape.warmUp().toNanos());
                    var before = talk.measure(shape.window());
                    var heapBefore = figures.reachableHeap();
                    for (int wave = 1; wave <= shape.waves(); wave++) {
                        var stuck = stick(crowd, server, figures, shape.stuck(), "wave" + wave + "-");
                        var during = talk.measure(shape.window());
                        assertThat(figures.chat.getConnections()).isEqualTo(HEALTHY + shape.stuck());
                        var heapDuring = figures.reachableHeap();
                        report(shape, before, during, heapDuring - heapBefore);
                        SteadyTalk.assertUnharmed(before, during, shape.noise());
                        assertThat(heapDuring - heapBefore).isLessThan(shape.stuck() * PRICE);

                        areTakenOut(crowd, figures, stuck, wave * shape.stuck());
                        assertThat(figures.reachableHeap() - heapBefore).isLessThan(NOISE);
                    }
                }
                missNothing(crowd, healthy);
            }
        }
    }

    private List<CrowdMember> join(Crowd crowd, ServerProcess server, int count, String name, Link.Options options) {
        var members = IntStream.range(0, count)
                .mapToObj(i -> new CrowdMember(crowd, server::address, ROOM, name + i, book, options))
                .toList();
        crowd.tell(() -> members.forEach(CrowdMember::connect));
        eventually(
                name + " are here",
                PATIENCE,
                () -> crowd.ask(() -> members.stream().allMatch(CrowdMember::isHere)));
        return members;
    }

    private List<CrowdMember> stick(Crowd crowd, ServerProcess server, Figures figures, int count, String name) {
        var behind = figures.chat.getReadersBehind();
        var stuck = join(crowd, server, count, name, new Link.Options(RECEIVE_BUFFER, "127.0.0.1", false));
        crowd.tell(() -> stuck.forEach(CrowdMember::stopReading));
        eventually("all budgets are used up", PATIENCE, () -> figures.chat.getReadersBehind() - behind >= count);
        return stuck;
    }

    private void areTakenOut(Crowd crowd, Figures figures, List<CrowdMember> stuck, int left) {
        eventually("the stuck ones are closed", PATIENCE, () -> figures.chat.getConnections() == HEALTHY);
        eventually("the room is told that they left", PATIENCE, () -> crowd.ask(() -> book.count("UserLeft")) == left);
        crowd.tell(() -> stuck.forEach(CrowdMember::readAgain));
        eventually(
                "they find their connections at an end",
                PATIENCE,
                () -> crowd.ask(() -> stuck.stream().noneMatch(CrowdMember::isHere)));
        assertThat(stuck).extracting(CrowdMember::endedWith).isSubsetOf(SLOW_CONSUMER, Link.BROKEN);
        assertThat(stuck).flatMap(member -> member.complaints).isEmpty();
    }

    private void missNothing(Crowd crowd, List<CrowdMember> healthy) {
        eventually(
                "the healthy have heard and were answered everything",
                PATIENCE,
                () -> crowd.ask(() -> healthy.stream().allMatch(CrowdMember::isUpToDate)));
        assertThat(healthy).flatMap(member -> member.complaints).isEmpty();
        assertThat(book.complaints).isEmpty();
    }

    private static void report(Shape shape, Latencies.Summary before, Latencies.Summary during, long heap) {
        System.out.printf(
                "stuck readers: %d cost %d KiB of heap each; before %s, beside them %s%n",
                shape.stuck(), heap / shape.stuck() >> 10, before, during);
    }
}
