package org.parlour.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parlour.room.FakeServer.LOBBY;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.parlour.history.Draft;
import org.parlour.history.EventKind;
import org.parlour.protocol.ClientMessage;
import org.parlour.protocol.Face;
import org.parlour.protocol.ServerMessage;

/** Coming back without a gap, and without anybody noticing if it was quick. */
class ResumeTest {

    private final FakeServer server = new FakeServer();
    private final FakeMember ann = server.enterNamed("ann");

    // What was missed

    @Test
    void whoComesBackGetsEverythingItMissedAndThenWhatHappens() {
        say(1, 600);

        var bob = enter("bob", since(100));
        say(601, 610);

        assertThat(welcome(bob).recovered()).isTrue();
        assertThat(welcome(bob).head()).isEqualTo(601);
        assertThat(seqsOf(bob)).containsExactlyElementsOf(seqs(101, 611));
    }

    @Test
    void theLastPageSaysThatItIsAlsoWhenItIsFull() {
        say(1, 100);

        // ann's join is seq 1, so 101 is the newest.
        var bob = enter("bob", since(1));

        assertThat(bob.heard(ServerMessage.Batch.class))
                .extracting(ServerMessage.Batch::hasMore)
                .containsExactly(true, false);
    }

    @Test
    void whoMissedNothingIsOnlyWelcomed() {
        say(1, 10);

        var bob = enter("bob", since(11));

        assertThat(welcome(bob).recovered()).isTrue();
        assertThat(bob.heard()).hasSize(1);
    }

    @Test
    void whoKnowsAnotherLogIsToldThatItBeginsAnew() {
        say(1, 10);

        var other = enter("bob", new Greeting(null, null, 5L, "another epoch", null));
        var none = enter("cat", new Greeting(null, null, 5L, null, null));
        var fromTheFuture = enter("dan", since(12));

        assertThat(List.of(other, none, fromTheFuture)).allSatisfy(member -> {
            assertThat(welcome(member).recovered()).isFalse();
            assertThat(welcome(member).head()).isEqualTo(11);
            assertThat(member.heard()).hasSize(1);
        });
    }

    @Test
    void everyLogBeginsAtZero() {
        say(1, 10);

        var bob = enter("bob", new Greeting(null, null, 0L, null, null));

        assertThat(welcome(bob).recovered()).isTrue();
        assertThat(seqsOf(bob)).containsExactlyElementsOf(seqs(1, 11));
    }

    @Test
    void itsOwnMessagesComeBackWithTheirNonces() {
        var bob = enter("bob", new Greeting(null, "bob", null, null, null));
        server.send(bob, new ClientMessage.Say(null, null, "said before it went", "n1", null));
        server.leave(bob, Departure.LOST);

        var again = enter("bob", since(2));
        server.send(again, new ClientMessage.Say(null, null, "said before it went", "n1", null));

        assertThat(eventsOf(again)).singleElement().isInstanceOfSatisfying(ServerMessage.NewMessage.class, said -> {
            assertThat(said.nonce()).isEqualTo("n1");
            assertThat(said.content()).isEqualTo("said before it went");
        });
        assertThat(again.heard(ServerMessage.Ack.class)).singleElement().satisfies(ack -> {
            assertThat(ack.duplicate()).isTrue();
            assertThat(ack.seq()).isEqualTo(3);
        });
    }

    // The sequence

    @Test
    void anEventThatNobodyWasToldOfIsFetchedWhenTheNextOneComes() {
        var bob = enter("bob", new Greeting(null, null, null, null, null));
        var cat = server.enter("cat");
        say(1, 1);
        // Committed, but the answer was lost on its way to the server.
        server.log.append(List.of(new Draft(LOBBY, EventKind.MESSAGE, "ann", ann.id(), "unheard")));

        say(3, 3);

        assertThat(seqsOf(bob)).containsExactly(2L, 3L, 4L);
        assertThat(cat.frames()).containsExactly("[ann] 1", "[ann] unheard", "[ann] 3");
    }

    @Test
    void theAckOfWhoIsBehindStandsInItsPlace() {
        var bob = enter("bob", new Greeting(null, "bob", null, null, null));
        bob.forget();
        bob.stopReading(2);
        say(1, 5);
        server.send(bob, new ClientMessage.Say("mine", null, "mine", null, null));
        say(7, 9);

        bob.startReading();

        assertThat(seqsOf(bob)).containsExactlyElementsOf(seqs(3, 11));
        assertThat(eventsOf(bob).get(5))
                .isInstanceOfSatisfying(
                        ServerMessage.Ack.class, ack -> assertThat(ack.ref()).isEqualTo("mine"));
    }

    // The grace

    @Test
    void whoReturnsWithinTheGraceHasNeitherLeftNorJoined() {
        var bob = enter("bob", new Greeting(null, "bob", null, null, null));
        ann.forget();

        server.leave(bob, Departure.LOST);
        var again = enter("bob", new Greeting(null, null, null, null, null));
        server.graces.runAll();

        assertThat(ann.heard()).isEmpty();
        assertThat(welcome(again).username()).isEqualTo("bob");
        assertThat(server.log.lines(LOBBY)).containsExactly("JOINED ann", "JOINED bob");
    }

    @Test
    void whoDoesNotReturnHasLeftWhenTheGraceIsOver() {
        var bob = enter("bob", new Greeting(null, "bob", null, null, null));
        ann.forget();

        server.leave(bob, Departure.LOST);
        assertThat(ann.frames()).isEmpty();
        server.type(ann, "/who");
        server.graces.runAll();

        assertThat(ann.frames()).containsExactly("2 here: ann, bob", "<-- bob left the room");
        assertThat(ann.heard(ServerMessage.UserLeft.class))
                .extracting(ServerMessage.UserLeft::reason)
                .containsExactly("timeout");
    }

    @Test
    void theNameOfWhoMayReturnIsNotFree() {
        var bob = enter("bob", new Greeting(null, "bob", null, null, null));
        server.leave(bob, Departure.LOST);

        var thief = enter("thief", new Greeting(null, "bob", null, null, null));
        server.graces.runAll();
        var heir = enter("heir", new Greeting(null, "bob", null, null, null));

        assertThat(welcome(thief).username()).isNull();
        assertThat(thief.heard(ServerMessage.Error.class))
                .extracting(ServerMessage.Error::code)
                .containsExactly("USERNAME_TAKEN");
        assertThat(welcome(heir).username()).isEqualTo("bob");
    }

    @Test
    void anEmptyRoomWaitsForWhoMayReturn() {
        server.leave(ann);
        var bob = enter("bob", new Greeting(null, "bob", null, null, null));

        server.leave(bob, Departure.LOST);
        assertThat(server.rooms.rooms()).containsExactly(LOBBY);
        server.graces.runAll();

        assertThat(server.rooms.rooms()).isEmpty();
        assertThat(server.log.lines(LOBBY)).endsWith("JOINED bob", "LEFT bob timeout");
    }

    @Test
    void aPersonOnTwoConnectionsJoinsOnceAndLeavesWithTheLast() {
        var first = enter("bob", new Greeting(null, "bob", null, null, null));
        var second = enter("bob", new Greeting(null, "bob", null, null, null));
        first.forget();
        second.forget();

        server.send(first, new ClientMessage.Say("r", null, "hello", "n1", null));
        server.leave(first, Departure.QUIT);
        server.leave(second, Departure.QUIT);

        assertThat(first.heard(ServerMessage.Ack.class)).hasSize(1);
        assertThat(second.heard(ServerMessage.NewMessage.class))
                .singleElement()
                .satisfies(said -> assertThat(said.nonce()).isEqualTo("n1"));
        assertThat(server.log.lines(LOBBY))
                .containsExactly("JOINED ann", "JOINED bob", "MESSAGE bob hello", "LEFT bob quit");
    }

    private FakeMember enter(String id, Greeting greeting) {
        return server.enter(LOBBY, new FakeMember(id, Face.FULL), greeting);
    }

    private static Greeting since(long seq) {
        return new Greeting(null, null, seq, "epoch", null);
    }

    private static ServerMessage.Welcome welcome(FakeMember member) {
        return member.heard(ServerMessage.Welcome.class).get(0);
    }

    private void say(int from, int to) {
        IntStream.rangeClosed(from, to).forEach(i -> server.type(ann, Integer.toString(i)));
    }

    /** What stands in the member's stream, one by one. */
    private static List<ServerMessage> eventsOf(FakeMember member) {
        var events = new ArrayList<ServerMessage>();
        for (var message : member.heard()) {
            if (message instanceof ServerMessage.Batch batch && batch.kind().equals("resume")) {
                events.addAll(batch.events());
            } else if (message instanceof ServerMessage.NewMessage
                    || message instanceof ServerMessage.UserJoined
                    || message instanceof ServerMessage.UserLeft
                    || message instanceof ServerMessage.Ack ack && !ack.duplicate()) {
                events.add(message);
            }
        }
        return events;
    }

    private static List<Long> seqsOf(FakeMember member) {
        return eventsOf(member).stream()
                .map(message -> message instanceof ServerMessage.NewMessage said
                        ? said.seq()
                        : message instanceof ServerMessage.UserJoined joined
                                ? joined.seq()
                                : message instanceof ServerMessage.UserLeft left
                                        ? left.seq()
                                        : ((ServerMessage.Ack) message).seq())
                .toList();
    }

    private static List<Long> seqs(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }
}
