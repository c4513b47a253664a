package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parlour.testing.Eventually.eventually;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * All connections break at once and everybody comes back within five seconds, while some go on talking: all are back soon, nobody has
 * missed anything or got it twice, and all of a room were told the same. The long forms run with {@code -Pfaults}.
 */
class ReconnectStormIT {

    private static final Duration ALL_BACK = Duration.ofSeconds(60);
    private static final int BACK_WITHIN_MILLIS = 5_000;
    private static final int PER_SECOND = 40;
    private static final int LENGTH = 100;

    /** A little longer than somebody who does not come back would be held in its place. */
    private static final Duration GRACE = Duration.ofSeconds(17);

    private final long seed = Long.getLong("parlour.faults.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final List<RoomBook> books = new ArrayList<>();

    /** Of each room, one whose connection does not break, and the others. */
    private final List<CrowdMember> bystanders = new ArrayList<>();

    private final List<CrowdMember> members = new ArrayList<>();

    @Test
    void allComeBackAtOnceAndNobodyMissesAnything() throws Exception {
        networkBreaks(300, 20, Duration.ZERO);
    }

    @Test
    @Tag("faults")
    void twoThousandComeBackAtOnce() throws Exception {
        networkBreaks(2_000, 20, GRACE);
    }

    @Test
    @Tag("faults")
    void twoThousandComeBackToAServerThatWasKilled() throws Exception {
        try (var postgres = new ControlledPostgres();
                var server = new ServerProcess("storm", postgres);
                var crowd = new Crowd()) {
            postgres.start();
            server.start();
            gather(crowd, server, 2_000, 20);
            try (var talk = new SteadyTalk(crowd, bystanders, PER_SECOND, LENGTH)) {
                TimeUnit.SECONDS.sleep(2);
                crowd.tell(() -> everybody().forEach(this::willComeBack));

                var began = System.nanoTime();
                server.kill();
                server.start();
                allAreBack(crowd, began);
            }
            allWereToldTheSame(crowd);
        }
    }

    private void networkBreaks(int clients, int rooms, Duration after) throws Exception {
        try (var postgres = new ControlledPostgres();
                var server = new ServerProcess("storm", postgres);
                var crowd = new Crowd()) {
            postgres.start();
            server.start();
            gather(crowd, server, clients, rooms);
            try (var talk = new SteadyTalk(crowd, bystanders, PER_SECOND, LENGTH)) {
                TimeUnit.SECONDS.sleep(2);

                var began = System.nanoTime();
                crowd.tell(() -> members.forEach(member -> {
                    willComeBack(member);
                    member.cut();
                }));
                allAreBack(crowd, began);
                TimeUnit.NANOSECONDS.sleep(after.toNanos());
            }
            allWereToldTheSame(crowd);
            assertThat(books).allMatch(book -> book.count("UserLeft") == 0, "nobody was seen leaving");
            assertThat(books.stream()
                            .mapToLong(book -> book.count("UserJoined"))
                            .sum())
                    .as("but for the first in each room, whom nobody saw, all joined once")
                    .isEqualTo(clients);
        }
    }

    private Stream<CrowdMember> everybody() {
        return Stream.concat(bystanders.stream(), members.stream());
    }

    private void gather(Crowd crowd, ServerProcess server, int clients, int rooms) {
        for (int i = 0; i < rooms; i++) {
            books.add(new RoomBook());
            bystanders.add(member(crowd, server, i, "bystander" + i));
        }
        IntStream.range(0, clients).forEach(i -> members.add(member(crowd, server, i % rooms, "member" + i)));
        for (var group : List.of(bystanders, members)) {
            crowd.tell(() -> group.forEach(CrowdMember::connect));
            eventually(
                    "all are here",
                    ALL_BACK,
                    () -> crowd.ask(() -> group.stream().allMatch(CrowdMember::isHere)));
        }
    }

    private CrowdMember member(Crowd crowd, ServerProcess server, int room, String name) {
        return new CrowdMember(crowd, server::address, "storm" + room, name, books.get(room), Link.Options.NONE);
    }

    private void willComeBack(CrowdMember member) {
        member.comesBackAfter = () -> Duration.ofMillis(random.nextInt(BACK_WITHIN_MILLIS));
    }

    private void allAreBack(Crowd crowd, long began) {
        eventually(
                "all are back; seed " + seed,
                ALL_BACK,
                () -> crowd.ask(() -> everybody().allMatch(CrowdMember::isHere)));
        var tookMillis = Duration.ofNanos(System.nanoTime() - began).toMillis();
        System.out.printf("reconnect storm: %d are back after %d ms%n", members.size(), tookMillis);
        assertThat(tookMillis).isLessThan(ALL_BACK.toMillis());
    }

    private void allWereToldTheSame(Crowd crowd) {
        eventually(
                "all are up to date; seed " + seed,
                ALL_BACK,
                () -> crowd.ask(() -> everybody().allMatch(CrowdMember::isUpToDate)));
        assertThat(everybody().flatMap(member -> member.complaints.stream()))
                .as("seed %s", seed)
                .isEmpty();
        assertThat(books).flatMap(book -> book.complaints).as("seed %s", seed).isEmpty();
        assertThat(books.stream().mapToLong(book -> book.count("NewMessage")).sum())
                .as("there was talk")
                .isGreaterThan(100);
    }
}
