package org.parlour.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parlour.room.FakeServer.LOBBY;

import org.junit.jupiter.api.Test;
import org.parlour.protocol.ClientMessage;
import org.parlour.protocol.CloseCode;
import org.parlour.protocol.Face;
import org.parlour.protocol.RoomName;
import org.parlour.protocol.ServerMessage;

class RoomManagerTest {

    private static final RoomName KITCHEN = new RoomName("kitchen");

    private final FakeServer server = new FakeServer();

    // Rooms

    @Test
    void aRoomAppearsWithItsFirstMemberAndGoesWithItsLast() {
        assertThat(server.rooms.rooms()).isEmpty();

        var ann = server.enter("ann");
        var bob = server.enter("bob");
        assertThat(server.rooms.rooms()).containsExactly(LOBBY);
        assertThat(server.rooms.members(LOBBY)).isEqualTo(2);
        server.leave(ann);
        assertThat(server.rooms.members(LOBBY)).isEqualTo(1);
        server.leave(bob);

        assertThat(server.rooms.rooms()).isEmpty();
        assertThat(server.rooms.members(LOBBY)).isZero();
        assertThat(server.metrics.getRooms()).isZero();
    }

    @Test
    void aRoomWhoseOtherMembersStayIsKept() {
        var ann = server.enter("ann");
        server.enter("bob");

        server.leave(ann);
        server.leave(ann);

        assertThat(server.rooms.members(LOBBY)).isEqualTo(1);
        assertThat(server.metrics.getRooms()).isEqualTo(1);
    }

    @Test
    void aRoomsLogGoesOnWhenItOpensAgain() {
        var ann = server.enterNamed("ann");
        server.type(ann, "is anybody here?");
        server.leave(ann);

        var bob = server.enterNamed("bob");

        assertThat(bob.frames()).containsExactly("[ann] is anybody here?");
        assertThat(server.log.lines(LOBBY))
                .containsExactly("JOINED ann", "MESSAGE ann is anybody here?", "LEFT ann quit", "JOINED bob");
    }

    @Test
    void whatIsSaidInOneRoomIsNotHeardInAnother() {
        var ann = server.enterNamed("ann");
        var bob = server.enterNamed("bob");
        var cook = server.enter(KITCHEN, "cook", Face.TEXT);
        server.type(cook, "/user ann");
        bob.forget();

        server.type(ann, "hello lobby");
        server.type(cook, "hello kitchen");

        assertThat(bob.frames()).containsExactly("[ann] hello lobby");
        assertThat(cook.frames()).isEmpty();
        assertThat(server.log.lines(KITCHEN)).containsExactly("JOINED ann", "MESSAGE ann hello kitchen");
    }

    @Test
    void roomsWhoseNamesDifferInCaseAreDifferentRooms() {
        var small = server.enterNamed("ann");
        var large = server.enter(new RoomName("Lobby"), "ann too", Face.TEXT);
        server.type(large, "/user ann");

        server.type(small, "in small letters");

        assertThat(large.frames()).isEmpty();
        assertThat(server.rooms.rooms()).containsExactlyInAnyOrder(LOBBY, new RoomName("Lobby"));
    }

    @Test
    void whoIsInNoRoomIsNotAnswered() {
        var ann = server.enter("ann");
        server.enter("bob");
        server.leave(ann);

        server.type(ann, "/who");

        assertThat(ann.heard()).isEmpty();
    }

    // Coming and going

    @Test
    void aJoinIsToldToTheOthersOnly() {
        var ann = server.enterNamed("ann");
        var nameless = server.enter("nameless");

        var bob = server.enterNamed("bob");

        assertThat(ann.frames()).containsExactly("--> bob joined the room");
        assertThat(nameless.frames()).containsExactly("--> bob joined the room");
        assertThat(bob.frames()).isEmpty();
    }

    @Test
    void aLeaveIsToldToTheOthersOnly() {
        var ann = server.enterNamed("ann");
        var bob = server.enterNamed("bob");
        ann.forget();

        server.leave(bob, Departure.TIMED_OUT);

        assertThat(ann.heard())
                .singleElement()
                .isEqualTo(new ServerMessage.UserLeft(
                        "bob", "timeout", 1, "lobby", 3, "1-3", "1970-01-01T00:00:00.000Z", bob.id()));
        assertThat(bob.heard(ServerMessage.UserLeft.class)).isEmpty();
    }

    @Test
    void whoNeverHadANameComesAndGoesUnnoticed() {
        var ann = server.enterNamed("ann");

        var nameless = server.enter("nameless");
        server.leave(nameless);

        assertThat(ann.frames()).isEmpty();
        assertThat(server.log.lines(LOBBY)).containsExactly("JOINED ann");
    }

    @Test
    void joinAndLeaveTellHowManyNamedMembersTheRoomHasNow() {
        var ann = server.enterNamed("ann");
        server.enter("nameless");
        var bob = server.enterNamed("bob");
        server.enterNamed("cat");

        server.leave(bob);

        assertThat(ann.heard(ServerMessage.UserJoined.class))
                .extracting(ServerMessage.UserJoined::count)
                .containsExactly(2, 3);
        assertThat(ann.heard(ServerMessage.UserLeft.class))
                .extracting(ServerMessage.UserLeft::count)
                .containsExactly(2);
    }

    @Test
    void aMessageIsToldToAllButItsSender() {
        var ann = server.enterNamed("ann");
        var bob = server.enterNamed("bob");
        var nameless = server.enter("nameless");
        ann.forget();

        server.type(ann, "hello");

        assertThat(ann.heard()).singleElement().isInstanceOf(ServerMessage.Ack.class);
        assertThat(bob.frames()).containsExactly("[ann] hello");
        assertThat(nameless.frames()).containsExactly("[ann] hello");
    }

    // What a newcomer is told

    @Test
    void aNewcomerWithTheFullFaceIsToldFirstWhereTheLogStands() {
        server.enterNamed("ann");

        var bob = server.enter(LOBBY, "bob", Face.FULL);
        server.enterNamed("cat");

        var welcome = (ServerMessage.Welcome) bob.heard().get(0);
        assertThat(welcome.head()).isEqualTo(1);
        assertThat(welcome.oldest()).isEqualTo(1);
        assertThat(welcome.connection()).isEqualTo("connection of bob");
        assertThat(bob.heard(ServerMessage.UserJoined.class))
                .extracting(ServerMessage.UserJoined::seq)
                .containsExactly(2L);
        assertThat(bob.heard()).hasSize(2);
    }

    @Test
    void aNewcomerToARoomWithoutAPastIsWelcomedAtZero() {
        var ann = server.enter(LOBBY, "ann", Face.FULL);

        var welcome = ann.heard(ServerMessage.Welcome.class).get(0);
        assertThat(welcome.head()).isZero();
        assertThat(welcome.oldest()).isZero();
        assertThat(welcome.epoch()).isNull();
    }

    @Test
    void aNewcomerWhomNobodyCanWelcomeIsSentAway() {
        server.log.away(true);

        var ann = server.enter(LOBBY, "ann", Face.FULL);

        assertThat(ann.heard()).isEmpty();
        assertThat(ann.closes()).containsExactly(CloseCode.STORAGE_DOWN);
    }

    @Test
    void theRecentMessagesAreReplayedToWhoeverTakesANameAndToNobodyElse() {
        server.log.saidLongAgo(LOBBY, 60);
        var ann = server.enterNamed("ann");
        var nameless = server.enter("nameless");
        ann.forget();

        var bob = server.enterNamed("bob");

        assertThat(bob.frames()).hasSize(50).startsWith("[ghost] 11").endsWith("[ghost] 60");
        assertThat(ann.frames()).containsExactly("--> bob joined the room");
        assertThat(nameless.frames()).containsExactly("--> bob joined the room");
    }

    @Test
    void theReplayEndsWhereTheNewcomersOwnTimeBegins() {
        var ann = server.enterNamed("ann");
        server.type(ann, "before");
        var bob = server.enter("bob");
        server.type(ann, "meanwhile");

        server.type(bob, "/user bob");
        server.type(ann, "after");

        assertThat(bob.frames()).containsExactly("[ann] meanwhile", "[ann] before", "[ann] meanwhile", "[ann] after");
    }

    @Test
    void theReplayComesBeforeTheAcknowledgementOfTheName() {
        server.log.saidLongAgo(LOBBY, 2);
        var bob = server.enter(LOBBY, "bob", Face.FULL);

        server.send(bob, new ClientMessage.SetUsername("r1", null, "bob"));

        assertThat(bob.heard())
                .extracting(message -> message.getClass().getSimpleName())
                .containsExactly("Welcome", "Batch", "Ack");
        assertThat(bob.heard(ServerMessage.Ack.class)).singleElement().satisfies(ack -> {
            assertThat(ack.ref()).isEqualTo("r1");
            assertThat(ack.seq()).isEqualTo(3);
        });
    }
}
