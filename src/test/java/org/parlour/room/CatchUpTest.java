package org.parlour.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parlour.room.FakeServer.LOBBY;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.parlour.protocol.CloseCode;
import org.parlour.protocol.Face;
import org.parlour.protocol.ServerMessage;
import org.parlour.testing.HeldTasks;
import org.parlour.testing.Race;

class CatchUpTest {

    private final FakeServer server = new FakeServer();
    private final FakeMember ann = server.enterNamed("ann");

    @Test
    void aSlowMemberIsSetAsideAndTheRoomGoesOn() {
        var bob = server.enter("bob").stopReading(5);
        var cat = server.enter("cat");

        say(1, 300);

        assertThat(bob.refused()).as("asked once and then no more").isEqualTo(1);
        assertThat(bob.heard()).isEmpty();
        assertThat(cat.frames()).containsExactlyElementsOf(said(1, 300));
    }

    @Test
    void whoFellFarBehindIsFedFromTheLogInPagesAndMissesNothing() {
        var bob = server.enter("bob").stopReading(5);
        say(1, 606);
        var before = server.log.reads();

        bob.startReading();

        assertThat(bob.frames()).containsExactlyElementsOf(said(1, 606));
        assertThat(server.log.reads() - before)
                .as("pages of 50, up to the 256 events that are in memory")
                .isEqualTo(7);
    }

    @Test
    void whoFellALittleBehindNeedsNoRead() {
        var bob = server.enter("bob").stopReading(5);
        say(1, 200);

        bob.startReading();

        assertThat(bob.frames()).containsExactlyElementsOf(said(1, 200));
        assertThat(server.log.reads()).isZero();
    }

    @Test
    void whoHasCaughtUpIsLiveAgain() {
        var bob = server.enter("bob").stopReading(5);
        say(1, 10);
        bob.startReading();
        var reads = server.log.reads();

        say(11, 20);

        assertThat(bob.frames()).containsExactlyElementsOf(said(1, 20));
        assertThat(server.log.reads()).isEqualTo(reads);
    }

    @Test
    void whoFallsBehindAgainIsFedAgain() {
        var bob = server.enter("bob");

        for (int round = 0; round < 10; round++) {
            bob.stopReading(3);
            say(20 * round + 1, 20 * round + 20);
            bob.startReading();
        }

        assertThat(bob.frames()).containsExactlyElementsOf(said(1, 200));
        assertThat(bob.refused()).isEqualTo(10);
    }

    @Test
    void whatIsSaidWhileAMemberCatchesUpReachesItOnce() {
        var feeder = new HeldTasks();
        var bob = server.enter(LOBBY, new FakeMember("bob", Face.TEXT, feeder));
        bob.stopReading(5);
        say(1, 250);
        bob.startReading();

        feeder.runOne();
        say(251, 260);
        feeder.runOne();
        say(261, 270);
        feeder.runAll();
        say(271, 280);

        assertThat(bob.frames()).containsExactlyElementsOf(said(1, 280));
    }

    @Test
    void itsOwnMessagesAreNotFedToWhoFellBehind() {
        var bob = server.enterNamed("bob");
        bob.forget();
        bob.stopReading(2);
        say(1, 5);
        IntStream.rangeClosed(1, 150).forEach(i -> server.type(bob, "mine"));
        say(6, 10);

        bob.startReading();

        assertThat(bob.frames()).containsExactlyElementsOf(said(1, 10));
        assertThat(bob.heard(ServerMessage.Ack.class)).hasSize(150);
    }

    @Test
    void comingAndGoingIsFedToo() {
        var bob = server.enter("bob").stopReading(1);
        say(1, 1);
        var cat = server.enterNamed("cat");
        server.type(cat, "/topic cats");
        server.type(cat, "/user catherine");
        server.leave(cat);

        bob.startReading();

        assertThat(bob.frames())
                .containsExactly(
                        "[ann] 1",
                        "--> cat joined the room",
                        "cat set the topic: cats",
                        "<-- cat left the room",
                        "--> catherine joined the room",
                        "<-- catherine left the room");
    }

    @Test
    void whoCannotBeFedIsSentAwayToComeBack() {
        var bob = server.enter("bob").stopReading(5);
        say(1, 300);
        server.log.away(true);

        bob.startReading();

        assertThat(bob.frames()).containsExactlyElementsOf(said(1, 5));
        assertThat(bob.closes()).containsExactly(CloseCode.STORAGE_DOWN);
    }

    @Test
    void aMemberThatStumblesInTheMidstOfARaceMissesNothing() {
        var bob = server.enter("bob");
        var senders = Stream.of("dan", "eve", "fay").map(server::enterNamed).toList();
        bob.forget();
        var talking = new AtomicInteger(senders.size());

        Race.among(senders.size() + 1, number -> {
            if (number < senders.size()) {
                for (int i = 0; i < 500; i++) {
                    server.type(senders.get(number), "hello");
                }
                talking.decrementAndGet();
                return;
            }
            while (talking.get() > 0) {
                var before = bob.refused();
                bob.stopReading(2);
                while (bob.refused() == before && talking.get() > 0) {
                    Thread.onSpinWait();
                }
                bob.startReading();
            }
        });
        bob.startReading();

        assertThat(bob.refused()).isPositive();
        assertThat(bob.heard(ServerMessage.NewMessage.class))
                .extracting(ServerMessage.NewMessage::seq)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(5, 1_504).mapToObj(Long::valueOf).toList());
    }

    private void say(int from, int to) {
        IntStream.rangeClosed(from, to).forEach(i -> server.type(ann, Integer.toString(i)));
    }

    private static List<String> said(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(i -> "[ann] " + i).toList();
    }
}
