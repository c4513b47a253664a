package org.parlour.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parlour.room.FakeServer.LOBBY;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.parlour.history.Draft;
import org.parlour.protocol.ClientMessage;
import org.parlour.protocol.Face;
import org.parlour.protocol.ServerMessage;

/** What becomes of a message in memory and of those who are told, once its deletion is allowed. */
class DeletionTest {

    private static final Greeting FROM_THE_BEGINNING = new Greeting(null, null, 0L, null, null);

    private final FakeServer server = new FakeServer();
    private final FakeMember ann = server.enterNamed("ann");
    private final FakeMember bob = server.enterNamed("bob");

    @Test
    void theOthersAreToldAndTheHistoryInMemoryIsWithoutIt() {
        server.type(ann, "one");
        server.type(ann, "two");
        bob.forget();

        delete(3);
        server.type(bob, "/history");

        assertThat(bob.frames()).containsExactly("ann deleted message 3", "[ann] two");
        assertThat(server.log.reads()).as("all of it is in memory").isZero();
    }

    @Test
    void whoeverIsFedFromMemoryIsFedAPlaceAndTheDeletion() {
        var cat = server.enter(LOBBY, "cat", Face.FULL).stopReading(5);
        IntStream.range(0, 9).forEach(i -> server.type(ann, "message " + i));

        delete(10);
        cat.startReading();

        assertThat(told(cat))
                .filteredOn(message -> seqOf(message) == 10)
                .singleElement()
                .satisfies(DeletionTest::isEmpty);
        assertThat(told(cat)).last().isInstanceOf(ServerMessage.MessageDeleted.class);
        assertThat(told(cat).toString()).contains("message 6", "message 8").doesNotContain("message 7");
    }

    @Test
    void whoComesBackIsToldThePlaceAndTheDeletionInTheirOrder() {
        server.type(ann, "one");
        delete(3);

        var cat = server.enter(LOBBY, new FakeMember("cat", Face.FULL), FROM_THE_BEGINNING);

        assertThat(told(cat)).extracting(DeletionTest::seqOf).containsExactly(1L, 2L, 3L, 4L);
        assertThat(told(cat).get(2)).satisfies(DeletionTest::isEmpty);
    }

    @Test
    void aReadThatBeganBeforeTheDeletionDoesNotBringTheMessageBack() {
        var fresh = new FakeServer();
        fresh.log.saidLongAgo(LOBBY, 3);
        var dora = fresh.enter("dora").stopReading(10);
        fresh.type(dora, "/user dora");
        fresh.log.whileItReads(() -> {
            fresh.log.whileItReads(() -> {});
            fresh.rooms.delete(Draft.deletion(LOBBY, "root", "r", 1, null, null), outcome -> {});
        });

        dora.startReading();
        var eve = fresh.enterNamed("eve");

        assertThat(dora.frames())
                .contains("[ghost] 2", "root deleted message 1")
                .doesNotContain("[ghost] 1");
        assertThat(eve.frames()).contains("[ghost] 2").doesNotContain("[ghost] 1");
    }

    @Test
    void whatIsSentAgainStaysDeleted() {
        server.send(ann, new ClientMessage.Say("r1", null, "hello", "n1", null));
        delete(3);
        bob.forget();

        server.send(ann, new ClientMessage.Say("r2", null, "hello", "n1", null));
        server.send(ann, new ClientMessage.Say("r3", null, "something else", "n1", null));

        assertThat(ann.heard(ServerMessage.Ack.class))
                .extracting(ServerMessage.Ack::seq)
                .containsExactly(1L, 3L, 3L, 3L);
        assertThat(ann.heard(ServerMessage.Error.class)).isEmpty();
        assertThat(bob.heard()).isEmpty();
    }

    @Test
    void whatIsDeletedTwiceIsToldOnce() {
        server.type(ann, "one");

        delete(3);
        delete(3);

        assertThat(bob.heard(ServerMessage.MessageDeleted.class)).hasSize(1);
        assertThat(server.log.events(LOBBY)).hasSize(4);
    }

    private void delete(long seq) {
        assertThat(server.rooms.delete(Draft.deletion(LOBBY, "ann", ann.id(), seq, null, null), outcome -> {}))
                .isTrue();
    }

    private static List<ServerMessage> told(FakeMember member) {
        return member.heard().stream()
                .flatMap(message ->
                        message instanceof ServerMessage.Batch batch ? batch.events().stream() : Stream.of(message))
                .filter(message -> !(message instanceof ServerMessage.Welcome))
                .toList();
    }

    private static void isEmpty(ServerMessage message) {
        var said = (ServerMessage.NewMessage) message;
        assertThat(said.deleted()).isTrue();
        assertThat(said.content()).isNull();
    }

    private static long seqOf(ServerMessage message) {
        if (message instanceof ServerMessage.NewMessage said) {
            return said.seq();
        }
        if (message instanceof ServerMessage.UserJoined joined) {
            return joined.seq();
        }
        return message instanceof ServerMessage.MessageDeleted deleted ? deleted.seq() : -1;
    }
}
