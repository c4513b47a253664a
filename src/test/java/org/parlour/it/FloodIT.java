package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parlour.testing.Eventually.eventually;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Somebody sends as fast as the network takes it, with the limits as an operator gets them: the others, in the same room and from
 * another address, are heard as before. The long forms run with {@code -Pfaults}.
 */
class FloodIT {

    private static final String ROOM = "flood";
    private static final int HEALTHY = 20;

    /** Each a message in two fifths of a second: half of what it may. */
    private static final int PER_SECOND = 50;

    private static final int LENGTH = 200;
    private static final Duration WINDOW = Duration.ofMillis(3_300);

    /** A proxy's word, which the server is told to believe. */
    private static final Link.Options HOME = new Link.Options(0, "192.0.2.1", false);

    private static final IntFunction<String> MESSAGES =
            i -> "{\"type\":\"Message\",\"ref\":\"r" + i + "\",\"content\":\"flood\"}";
    private static final IntFunction<String> JOINS =
            i -> "{\"type\":\"" + (i % 2 == 0 ? "Join" : "Leave") + "\",\"room\":\"flood-" + i / 2 % 100 + "\"}";
    private static final IntFunction<String> TYPING =
            i -> "{\"type\":\"Typing\",\"state\":\"" + (i % 2 == 0 ? "start" : "stop") + "\"}";
    private static final IntFunction<String> GARBAGE = i -> "{\"type\":[" + "[".repeat(i % 100);

    private final RoomBook book = new RoomBook();

    @Test
    void aFloodOfAnythingDoesNotReachTheOthers() throws Exception {
        run(Duration.ofSeconds(3), Duration.ofMillis(500), List.of(List.of(MESSAGES, JOINS, TYPING, GARBAGE)));
    }

    @Test
    @Tag("faults")
    void floodsOneAfterTheOtherDoNotReachTheOthers() throws Exception {
        run(
                Duration.ofSeconds(20),
                Duration.ofMillis(100),
                List.of(List.of(MESSAGES), List.of(JOINS), List.of(TYPING), List.of(GARBAGE)));
    }

    private void run(Duration warmUp, Duration noise, List<List<IntFunction<String>>> floods) throws Exception {
        try (var postgres = new ControlledPostgres();
                var server = new ServerProcess(
                        "flood", postgres, "-Dparlour.admission=on", "-Dparlour.trusted-proxies=127.0.0.1");
                var crowd = new Crowd();
                var mob = new Crowd()) {
            postgres.start();
            server.start();
            var healthy = IntStream.range(0, HEALTHY)
                    .mapToObj(i -> new CrowdMember(crowd, server::address, ROOM, "healthy" + i, book, HOME))
                    .toList();
            crowd.tell(() -> healthy.forEach(CrowdMember::connect));
            eventually(
                    "all are here",
                    Duration.ofSeconds(60),
                    () -> crowd.ask(() -> healthy.stream().allMatch(CrowdMember::isHere)));
            try (var talk = new SteadyTalk(crowd, healthy, PER_SECOND, LENGTH)) {
                TimeUnit.NANOSECONDS.sleep(warmUp.toNanos());
                var before = talk.measure(WINDOW);
                for (var flood : floods) {
                    SteadyTalk.assertUnharmed(before, during(server, mob, talk, before, flood), noise);
                }
            }
            eventually(
                    "all have heard and were answered everything",
                    Duration.ofSeconds(30),
                    () -> crowd.ask(() -> healthy.stream().allMatch(CrowdMember::isUpToDate)));
            assertThat(healthy).flatMap(member -> member.complaints).isEmpty();
            assertThat(healthy).as("nothing of theirs was refused").allMatch(member -> member.refusals == 0);
            assertThat(book.complaints).isEmpty();
        }
    }

    private static Latencies.Summary during(
            ServerProcess server, Crowd mob, SteadyTalk talk, Latencies.Summary before, List<IntFunction<String>> flood)
            throws InterruptedException {
        var flooders = new ArrayList<Flooder>();
        for (int i = 0; i < flood.size(); i++) {
            flooders.add(
                    new Flooder(mob, server.address(), ROOM, "flooder" + i + "-", "198.51.100." + i, flood.get(i)));
        }
        mob.tell(() -> flooders.forEach(Flooder::start));
        var during = talk.measure(WINDOW);
        mob.tell(() -> flooders.forEach(Flooder::stop));

        var sent = flooders.stream().mapToInt(flooder -> flooder.sent).sum();
        var thrownOut = flooders.stream().mapToInt(flooder -> flooder.thrownOut).sum();
        System.out.printf(
                "flood: %d sent, thrown out %d times; before %s, meanwhile %s%n", sent, thrownOut, before, during);
        assertThat(flooders).as("all were thrown out").allMatch(flooder -> flooder.thrownOut > 0);
        return during;
    }
}
