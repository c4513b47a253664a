package org.parlour.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parlour.room.FakeServer.LOBBY;
import static org.parlour.testing.Eventually.eventually;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.parlour.history.StoredEvent;
import org.parlour.protocol.Face;
import org.parlour.protocol.ServerMessage;
import org.parlour.testing.Race;

/** All members hear everything once and in the log's order, whoever talks, comes and goes at the same time. */
class RoomOrderTest {

    private static final int SENDERS = 8;
    private static final int EACH = 500;
    private static final int PASSERS_BY = 2;

    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final FakeServer server = new FakeServer(threads);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void allMembersHearOneOrderWhileEightTalkAtOnce() {
        var senders = enterSenders();
        var listeners = List.of(
                server.enter(LOBBY, "full", Face.FULL),
                server.enter(LOBBY, "plain", Face.PLAIN),
                server.enter(LOBBY, "text", Face.TEXT));

        Race.among(SENDERS, number -> talk(senders.get(number)));
        awaitEnd(SENDERS + SENDERS * EACH, listeners);
        awaitEnd(SENDERS + SENDERS * EACH, senders);

        var whole = seqs(SENDERS + 1, SENDERS + SENDERS * EACH);
        assertThat(listeners)
                .allSatisfy(listener -> assertThat(seqsOf(listener)).containsExactlyElementsOf(whole));
        assertThat(senders).allSatisfy(this::assertThatItHeardEverythingFromItsWelcomeOn);
        assertThatEachSendersMessagesAreInTheOrderInWhichTheyWereSent();
    }

    @Test
    void nothingIsMissedOrDoubledByWhoeverEntersOrLeavesMeanwhile() {
        var senders = enterSenders();
        var talking = new AtomicInteger(SENDERS);
        var passersBy = new ConcurrentLinkedQueue<FakeMember>();

        Race.among(SENDERS + PASSERS_BY, number -> {
            if (number < SENDERS) {
                talk(senders.get(number));
                talking.decrementAndGet();
                return;
            }
            var visit = 0;
            do {
                passersBy.add(visit("visitor " + number + " " + visit++));
            } while (talking.get() > 0);
        });
        awaitEnd(server.log.events(LOBBY).size(), senders);
        awaitTheLeavesOf(passersBy.size());

        assertThat(passersBy).isNotEmpty().allSatisfy(visitor -> {
            var heard = seqsOf(visitor);
            assertThat(heard).containsExactlyElementsOf(seqs(headOf(visitor) + 1, headOf(visitor) + heard.size()));
        });
        assertThat(senders).allSatisfy(this::assertThatItHeardEverythingFromItsWelcomeOn);
    }

    @Test
    void whoComesAsTheLastOneGoesHearsEverythingFromItsWelcomeOn() {
        for (int round = 0; round < 300; round++) {
            var going = enterNamed("going " + round);
            var coming = new FakeMember("coming " + round, Face.FULL);
            eventually("the name is stored", () -> !seqsOf(going).isEmpty());

            Race.among(2, number -> {
                if (number == 0) {
                    server.type(going, "last words");
                    server.leave(going);
                } else {
                    server.enter(LOBBY, coming);
                    server.type(coming, "/user " + coming.id());
                }
            });
            var end = 5 * round + 4;
            awaitEnd(end, List.of(coming));

            assertThat(seqsOf(coming)).containsExactlyElementsOf(seqs(headOf(coming) + 1, end));
            server.leave(coming);
            eventually("it has left", () -> server.log.events(LOBBY).size() == end + 1);
            assertThat(server.rooms.rooms()).isEmpty();
        }
    }

    private FakeMember visit(String name) {
        var visitor = enterNamed(name);
        eventually(
                "the name is stored",
                () -> !visitor.heard(ServerMessage.Ack.class).isEmpty());
        server.leave(visitor);
        return visitor;
    }

    private List<FakeMember> enterSenders() {
        var senders = IntStream.range(0, SENDERS)
                .mapToObj(number -> enterNamed("sender " + number))
                .toList();
        awaitEnd(SENDERS, senders);
        return senders;
    }

    private FakeMember enterNamed(String id) {
        var member = server.enter(LOBBY, id, Face.FULL);
        server.type(member, "/user " + id);
        return member;
    }

    private void talk(FakeMember sender) {
        for (int i = 0; i < EACH; i++) {
            server.type(sender, Integer.toString(i));
        }
    }

    private void awaitEnd(long seq, List<FakeMember> members) {
        for (var member : members) {
            eventually(
                    member + " has heard of " + seq,
                    () -> member.heard().stream()
                            .map(RoomOrderTest::seqOf)
                            .filter(Objects::nonNull)
                            .anyMatch(heard -> heard >= seq));
        }
    }

    private void awaitTheLeavesOf(int visitors) {
        eventually(
                "all leaves are stored",
                () -> server.log.lines(LOBBY).stream()
                                .filter(line -> line.startsWith("LEFT"))
                                .count()
                        == visitors);
    }

    private void assertThatItHeardEverythingFromItsWelcomeOn(FakeMember member) {
        var heard = seqsOf(member);
        assertThat(heard)
                .as("what " + member + " heard")
                .containsExactlyElementsOf(seqs(headOf(member) + 1, headOf(member) + heard.size()));
    }

    private void assertThatEachSendersMessagesAreInTheOrderInWhichTheyWereSent() {
        var numbers = IntStream.range(0, EACH).mapToObj(Integer::toString).toList();
        for (int sender = 0; sender < SENDERS; sender++) {
            var id = "sender " + sender;
            assertThat(server.log.events(LOBBY))
                    .filteredOn(
                            event -> event.kind().isSpoken() && event.senderId().equals(id))
                    .extracting(StoredEvent::content)
                    .containsExactlyElementsOf(numbers);
        }
    }

    private static long headOf(FakeMember member) {
        return member.heard(ServerMessage.Welcome.class).get(0).head();
    }

    private static List<Long> seqs(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    /** The seqs of all that the member heard as it happened, its own acknowledgements among them. */
    private static List<Long> seqsOf(FakeMember member) {
        var seqs = new ArrayList<Long>();
        for (var message : member.heard()) {
            var seq = seqOf(message);
            if (seq != null) {
                seqs.add(seq);
            }
        }
        return seqs;
    }

    private static Long seqOf(ServerMessage message) {
        if (message instanceof ServerMessage.NewMessage said) {
            return said.seq();
        }
        if (message instanceof ServerMessage.Ack ack) {
            return ack.seq();
        }
        if (message instanceof ServerMessage.UserJoined joined) {
            return joined.seq();
        }
        if (message instanceof ServerMessage.UserLeft left) {
            return left.seq();
        }
        return null;
    }
}
