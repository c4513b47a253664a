package org.parlour.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parlour.room.FakeServer.LOBBY;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.parlour.history.Purged;
import org.parlour.protocol.ClientMessage;
import org.parlour.protocol.CloseCode;
import org.parlour.protocol.Face;
import org.parlour.protocol.ServerMessage;

/** A room whose beginning is kept no longer. The first event is the join of ann. */
class PurgedTest {

    private final FakeServer server = new FakeServer();
    private final FakeMember ann = server.enterNamed("ann");

    @Test
    void whoIsOvertakenIsClosedToComeBackAndSeesNoJump() {
        var bob = server.enter(LOBBY, new FakeMember("bob", Face.FULL), since(0));
        bob.stopReading(5);
        say(300);

        purge(100);
        bob.startReading();

        assertThat(bob.closes()).containsExactly(CloseCode.RESYNC);
        assertThat(messages(bob)).as("what waited already").hasSizeLessThanOrEqualTo(5);
    }

    @Test
    void whoIsOvertakenWhileTheRoomHasNotHeardOfItIsToldTheSame() {
        var bob = server.enter(LOBBY, new FakeMember("bob", Face.FULL), since(0));
        bob.stopReading(5);
        say(300);

        server.log.purge(LOBBY, 40);
        bob.startReading();

        assertThat(bob.closes()).containsExactly(CloseCode.RESYNC);
    }

    @Test
    void whoCountsNothingGoesOnWithWhatIsKept() {
        var bob = server.enter("bob").stopReading(5);
        say(300);

        purge(100);
        bob.startReading();

        assertThat(bob.closes()).isEmpty();
        assertThat(bob.frames()).startsWith("[ann] 1").contains("[ann] 100").doesNotContain("[ann] 50", "[ann] 99");
        assertThat(bob.frames()).endsWith("[ann] 300");
    }

    @Test
    void whoComesBackFromBeforeWhatIsKeptIsNotRecovered() {
        say(60);
        purge(41);

        var early = server.enter(LOBBY, new FakeMember("bob", Face.FULL), since(40));
        var fromTheBeginning = server.enter(LOBBY, new FakeMember("cat", Face.FULL), since(0));
        var inTime = server.enter(LOBBY, new FakeMember("dan", Face.FULL), since(41));

        assertThat(List.of(early, fromTheBeginning)).allSatisfy(member -> {
            assertThat(welcome(member).recovered()).isFalse();
            assertThat(welcome(member).oldest()).isEqualTo(42);
            assertThat(welcome(member).head()).isEqualTo(61);
        });
        assertThat(welcome(inTime).recovered()).isTrue();
        assertThat(messages(inTime)).hasSize(20);
    }

    @Test
    void aPageThatBeginsBeforeWhatIsKeptIsRefusedAndCounted() {
        say(60);
        // The room has not heard of it, and has never asked where its log stands.
        server.log.purge(LOBBY, 41);

        ann.forget();
        server.send(ann, new ClientMessage.History("r1", null, null, null, null, null, 5L, null));
        server.send(ann, new ClientMessage.History("r2", null, null, null, null, null, null, 41L));
        server.send(ann, new ClientMessage.History("r3", null, null, null, null, null, 41L, null));

        assertThat(ann.heard(ServerMessage.Error.class))
                .extracting(ServerMessage.Error::code)
                .containsExactly("HISTORY_PURGED", "HISTORY_PURGED");
        assertThat(ann.heard(ServerMessage.Error.class))
                .extracting(ServerMessage.Error::ref)
                .containsExactly("r1", "r2");
        assertThat(server.metrics.getRefusals()).isEqualTo(2);
        assertThat(ann.heard(ServerMessage.Batch.class))
                .singleElement()
                .satisfies(page -> assertThat(page.events()).hasSize(20));
    }

    @Test
    void whatIsInMemoryGoesAsWell() {
        say(60);
        purge(41);

        ann.forget();
        server.type(ann, "/history");
        var newest = ann.frames();
        ann.forget();
        server.send(ann, new ClientMessage.History("r", null, null, null, 50, null, null, null));

        assertThat(newest).hasSize(20).startsWith("[ann] 41").endsWith("[ann] 60");
        assertThat(ann.heard(ServerMessage.Batch.class)).singleElement().satisfies(page -> {
            assertThat(page.events()).hasSize(20);
            assertThat(page.hasMore()).isFalse();
        });
    }

    @Test
    void aRoomOfWhichNothingIsKeptGoesOn() {
        say(60);
        purge(61);

        server.type(ann, "afterwards");
        var bob = server.enter(LOBBY, new FakeMember("bob", Face.FULL), since(61));
        server.type(ann, "later");

        assertThat(welcome(bob).recovered()).isTrue();
        assertThat(welcome(bob).oldest()).isEqualTo(62);
        assertThat(messages(bob)).containsExactly("afterwards", "later");
    }

    private void purge(long through) {
        server.log.purge(LOBBY, through);
        server.rooms.purged(new Purged(LOBBY, through));
    }

    private void say(int count) {
        IntStream.rangeClosed(1, count).forEach(i -> server.type(ann, Integer.toString(i)));
    }

    private static Greeting since(long seq) {
        return new Greeting(null, null, seq, "epoch", null);
    }

    private static ServerMessage.Welcome welcome(FakeMember member) {
        return member.heard(ServerMessage.Welcome.class).get(0);
    }

    private static List<String> messages(FakeMember member) {
        return member.heard().stream()
                .flatMap(message -> message instanceof ServerMessage.Batch batch
                        ? batch.events().stream()
                        : List.of(message).stream())
                .filter(ServerMessage.NewMessage.class::isInstance)
                .map(message -> ((ServerMessage.NewMessage) message).content())
                .toList();
    }
}
