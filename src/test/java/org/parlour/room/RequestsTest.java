package org.parlour.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parlour.room.FakeServer.LOBBY;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.parlour.protocol.ClientMessage;
import org.parlour.protocol.CloseCode;
import org.parlour.protocol.Face;
import org.parlour.protocol.ServerMessage;
import org.parlour.testing.HeldTasks;

class RequestsTest {

    private final FakeServer server = new FakeServer();
    private final FakeMember ann = server.enterNamed("ann");
    private final FakeMember bob = server.enter(LOBBY, "bob", Face.PLAIN);

    // Before a name

    @Test
    void whoHasNoNameIsAskedForOneBeforeSending() {
        server.type(bob, "hello");
        server.type(bob, "/me waves");
        server.type(bob, "/topic cats");

        assertThat(bob.heard(ServerMessage.Error.class)).hasSize(3).allSatisfy(error -> {
            assertThat(error.code()).isEqualTo("USERNAME_REQUIRED");
            assertThat(error.message()).isEqualTo("Please set a username with `/user <name>` before sending messages.");
        });
        assertThat(server.log.lines(LOBBY)).containsExactly("JOINED ann");
    }

    @Test
    void whoHasNoNameIsAskedForOneBeforeLoadingHistory() {
        server.type(bob, "/history");

        assertThat(bob.heard(ServerMessage.Error.class)).singleElement().satisfies(error -> {
            assertThat(error.code()).isEqualTo("USERNAME_REQUIRED");
            assertThat(error.message()).isEqualTo("Please set a username with `/user <name>` before loading history.");
        });
        assertThat(server.log.reads()).isZero();
    }

    // Saying something

    @Test
    void aMessageIsAcknowledgedToItsSenderWithRefAndNonce() {
        server.send(ann, new ClientMessage.Say("r1", null, "hello", "n1", null));

        assertThat(ann.heard(ServerMessage.Ack.class))
                .last()
                .isEqualTo(new ServerMessage.Ack("r1", "n1", "lobby", 2, "1-2", "1970-01-01T00:00:00.000Z", false));
    }

    @Test
    void aRepeatedNonceIsAcknowledgedAsDuplicateAndNotDeliveredTwice() {
        server.send(ann, new ClientMessage.Say("r1", null, "hello", "n1", null));

        server.send(ann, new ClientMessage.Say("r2", null, "hello", "n1", null));

        assertThat(ann.heard(ServerMessage.Ack.class))
                .last()
                .isEqualTo(new ServerMessage.Ack("r2", "n1", "lobby", 2, "1-2", "1970-01-01T00:00:00.000Z", true));
        assertThat(bob.heard(ServerMessage.NewMessage.class)).hasSize(1);
        assertThat(server.log.lines(LOBBY)).containsExactly("JOINED ann", "MESSAGE ann hello");
    }

    @Test
    void aNonceThatWasUsedForSomethingElseIsRefused() {
        server.send(ann, new ClientMessage.Say("r1", null, "hello", "n1", null));

        server.send(ann, new ClientMessage.Say("r2", null, "goodbye", "n1", null));

        assertThat(ann.heard(ServerMessage.Error.class)).singleElement().satisfies(error -> {
            assertThat(error.code()).isEqualTo("NONCE_CONFLICT");
            assertThat(error.ref()).isEqualTo("r2");
        });
        assertThat(bob.heard(ServerMessage.NewMessage.class)).hasSize(1);
    }

    @Test
    void anEmptyOrTooLongMessageIsRefusedAndNotStored() {
        server.send(ann, new ClientMessage.Say("r1", null, " ", null, null));
        server.send(ann, new ClientMessage.Say("r2", null, "x".repeat(4_001), null, null));
        server.send(ann, new ClientMessage.Say("r3", null, null, null, null));

        assertThat(ann.heard(ServerMessage.Error.class))
                .extracting(error -> error.code() + " " + error.ref())
                .containsExactly("CONTENT_EMPTY r1", "CONTENT_TOO_LONG r2", "BAD_MESSAGE r3");
        assertThat(server.log.lines(LOBBY)).containsExactly("JOINED ann");
        assertThat(server.metrics.getRefusals()).isEqualTo(3);
    }

    @Test
    void aMessageThatCannotBeStoredIsRefusedAndNotShown() {
        server.log.away(true);

        server.send(ann, new ClientMessage.Say("r1", null, "hello", null, null));

        assertThat(ann.heard(ServerMessage.Error.class)).singleElement().satisfies(error -> {
            assertThat(error.code()).isEqualTo("STORAGE_UNAVAILABLE");
            assertThat(error.ref()).isEqualTo("r1");
            assertThat(error.retryable()).isTrue();
        });
        assertThat(bob.heard()).isEmpty();
    }

    @Test
    void aMessageThatAFullLaneTurnsDownIsRefusedAndNotShown() {
        var lane = new HeldTasks();
        var full = new FakeServer(lane, Map.of("parlour.lane-capacity", "1"));
        var cat = full.enterNamed("cat");
        lane.runAll();
        full.type(cat, "first");

        full.send(cat, new ClientMessage.Say("r1", null, "second", null, null));
        full.send(cat, new ClientMessage.Recall("r2", null, null));
        lane.runAll();

        assertThat(cat.heard(ServerMessage.Error.class))
                .extracting(error -> error.code() + " " + error.ref())
                .containsExactly("OVERLOADED r1", "OVERLOADED r2");
        assertThat(full.log.lines(LOBBY)).containsExactly("JOINED cat", "MESSAGE cat first");
    }

    @Test
    void whatAMemberDoesIsToldInTheThirdPerson() {
        server.type(ann, "/me waves");

        assertThat(bob.heard())
                .singleElement()
                .isEqualTo(new ServerMessage.NewMessage(
                        "ann",
                        "waves",
                        true,
                        null,
                        null,
                        "lobby",
                        2,
                        "1-2",
                        "1970-01-01T00:00:00.000Z",
                        ann.id(),
                        null));
    }

    // Asking

    @Test
    void whoIsAnsweredWithTheNamedMembers() {
        server.send(bob, new ClientMessage.Who("r1", null));

        assertThat(bob.heard(ServerMessage.Presence.class)).singleElement().satisfies(presence -> {
            assertThat(presence.ref()).isEqualTo("r1");
            assertThat(presence.room()).isEqualTo("lobby");
            assertThat(presence.count()).isEqualTo(1);
            assertThat(presence.users())
                    .extracting(ServerMessage.Present::username)
                    .containsExactly("ann");
        });
        assertThat(ann.heard(ServerMessage.Presence.class)).isEmpty();
    }

    @Test
    void aTopicIsToldToTheOthersAndToWhoeverAsks() {
        server.type(bob, "/topic");

        server.type(ann, "/topic cats");
        server.type(bob, "/topic");

        assertThat(bob.frames()).hasSize(3);
        assertThat(bob.heard(ServerMessage.TopicChanged.class))
                .singleElement()
                .extracting(ServerMessage.TopicChanged::topic)
                .isEqualTo("cats");
        assertThat(bob.heard(ServerMessage.Notice.class))
                .extracting(ServerMessage.Notice::message)
                .containsExactly("This room has no topic.", "The topic is: cats");
    }

    @Test
    void aTopicThatCannotBeReadIsAnsweredWithAnError() {
        server.log.away(true);

        server.send(bob, new ClientMessage.Topic("r1", null, null));

        assertThat(bob.heard()).singleElement().isInstanceOfSatisfying(ServerMessage.Error.class, error -> {
            assertThat(error.code()).isEqualTo("STORAGE_UNAVAILABLE");
            assertThat(error.ref()).isEqualTo("r1");
        });
    }

    @Test
    void aTopicIsAtMost250CharactersLong() {
        server.type(ann, "/topic " + "x".repeat(251));

        assertThat(ann.heard(ServerMessage.Error.class))
                .extracting(ServerMessage.Error::code)
                .containsExactly("CONTENT_TOO_LONG");
    }

    @Test
    void helpNeedsNoName() {
        server.send(bob, new ClientMessage.Help("r1"));

        assertThat(bob.heard()).containsExactly(new ServerMessage.Notice("HELP", ClientMessage.HELP, null, "r1"));
    }

    @Test
    void pingIsAnsweredWithPong() {
        server.send(bob, new ClientMessage.Ping("r1"));

        assertThat(bob.heard(ServerMessage.Pong.class)).singleElement().satisfies(pong -> {
            assertThat(pong.ref()).isEqualTo("r1");
            assertThat(pong.at()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        });
    }

    @Test
    void whoeverAsksToLeaveIsClosedTheNormalWay() {
        server.type(ann, "/leave");

        assertThat(ann.closes()).containsExactly(CloseCode.NORMAL);
    }

    @Test
    void whoSaysSomethingAndAsksForTheHistoryAtOnceFindsItThere() {
        var lane = new HeldTasks();
        var slow = new FakeServer(lane);
        var cat = slow.enterNamed("cat");
        lane.runAll();
        cat.forget();

        slow.type(cat, "first words");
        slow.type(cat, "/history");
        lane.runAll();

        assertThat(cat.frames()).containsExactly("[cat] first words");
    }
}
