package org.parlour.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.parlour.room.FakeServer.LOBBY;

import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.parlour.protocol.ClientMessage;
import org.parlour.protocol.Face;
import org.parlour.protocol.ServerMessage;
import org.parlour.testing.HeldTasks;

/** Who is called what, above all while a name is on its way to the log. */
class NamesTest {

    private static final String TAKEN = "This username, or one that looks like it, is taken.";

    private final HeldTasks lane = new HeldTasks();

    /** Stores at once. */
    private final FakeServer prompt = new FakeServer();

    /** Stores when {@link #lane} is told to run. */
    private final FakeServer slow = new FakeServer(lane);

    @Test
    void lookalikeNamesAreTaken() {
        prompt.enterNamed("Bob");
        var other = prompt.enter("other");

        prompt.type(other, "/user Bob");
        prompt.type(other, "/user bob");
        prompt.type(other, "/user BOB");
        prompt.type(other, "/user B\u03BFb");

        assertThat(other.frames()).containsExactly(TAKEN, TAKEN, TAKEN, TAKEN);
        assertThat(other.heard(ServerMessage.Error.class))
                .extracting(ServerMessage.Error::code)
                .containsOnly("USERNAME_TAKEN");
        assertThat(prompt.log.lines(LOBBY)).containsExactly("JOINED Bob");
    }

    @Test
    void aNameIsFreeAgainOnceItsBearerHasLeft() {
        var bob = prompt.enterNamed("bob");
        var ann = prompt.enterNamed("ann");
        prompt.leave(bob);
        ann.forget();

        var secondBob = prompt.enterNamed("bob");

        assertThat(secondBob.frames()).isEmpty();
        assertThat(ann.frames()).containsExactly("--> bob joined the room");
    }

    @Test
    void aSecondNameRenamesAndFreesTheOldOne() {
        var ann = prompt.enter(LOBBY, "ann", Face.PLAIN);
        var bob = prompt.enterNamed("bob");
        var cat = prompt.enterNamed("cat");
        ann.forget();
        cat.forget();

        prompt.type(bob, "/user robert");

        assertThat(ann.heard(ServerMessage.UserRenamed.class)).singleElement().satisfies(renamed -> {
            assertThat(renamed.from()).isEqualTo("bob");
            assertThat(renamed.username()).isEqualTo("robert");
            assertThat(renamed.count()).isEqualTo(2);
        });
        assertThat(cat.frames()).containsExactly("<-- bob left the room", "--> robert joined the room");
        assertThat(bob.heard(ServerMessage.UserRenamed.class)).isEmpty();
        assertThat(prompt.enterNamed("bob").frames()).isEmpty();
        assertThat(prompt.log.lines(LOBBY)).endsWith("RENAMED bob robert", "JOINED bob");
    }

    @Test
    void aRenamedMemberIsNotToldTheRecentMessagesAgain() {
        prompt.log.saidLongAgo(LOBBY, 3);
        var bob = prompt.enterNamed("bob");
        bob.forget();

        prompt.type(bob, "/user robert");

        assertThat(bob.frames()).isEmpty();
        assertThat(bob.heard()).singleElement().isInstanceOf(ServerMessage.Ack.class);
    }

    @Test
    void aMemberMayTakeANameThatLooksLikeItsOwnAndKeepsBothFromOthers() {
        var bob = prompt.enterNamed("bob");
        var other = prompt.enter("other");

        prompt.type(bob, "/user Bob");
        prompt.type(other, "/user bob");

        assertThat(prompt.log.lines(LOBBY)).containsExactly("JOINED bob", "RENAMED bob Bob");
        assertThat(other.frames()).endsWith(TAKEN);
    }

    @Test
    void theNameThatAMemberHasAlreadyIsOnlyConfirmed() {
        var bob = prompt.enterNamed("bob");

        prompt.type(bob, "/user bob");

        assertThat(bob.frames()).containsExactly("You are already called bob.");
        assertThat(prompt.log.lines(LOBBY)).containsExactly("JOINED bob");
    }

    @Test
    void aRequestWithoutANameIsRefused() {
        var bob = prompt.enter("bob");

        prompt.send(bob, new ClientMessage.SetUsername("r1", null, null));

        assertThat(bob.heard(ServerMessage.Error.class)).singleElement().satisfies(error -> {
            assertThat(error.code()).isEqualTo("BAD_MESSAGE");
            assertThat(error.ref()).isEqualTo("r1");
            assertThat(error.field()).isEqualTo("username");
        });
    }

    // While a name is being stored

    @Test
    void aNameIsTakenFromTheMomentItIsAskedFor() {
        var bob = slow.enterNamed("bob");
        var other = slow.enter("other");

        slow.type(other, "/user bob");
        lane.runAll();

        assertThat(other.frames()).containsExactly(TAKEN, "--> bob joined the room");
        assertThat(bob.heard(ServerMessage.Error.class)).isEmpty();
    }

    @Test
    void nobodyIsToldOfANameBeforeItIsStored() {
        var ann = slow.enter("ann");

        slow.enterNamed("bob");
        assertThat(ann.frames()).isEmpty();
        lane.runAll();

        assertThat(ann.frames()).containsExactly("--> bob joined the room");
    }

    @Test
    void requestsThatComeWhileANameIsBeingStoredWaitAndRunInOrder() {
        var ann = slow.enter("ann");
        var bob = slow.enterNamed("bob");

        slow.type(bob, "one");
        slow.type(bob, "/user robert");
        slow.type(bob, "two");
        slow.type(bob, "/who");
        slow.type(bob, "three");
        assertThat(bob.heard()).isEmpty();
        lane.runAll();

        assertThat(ann.frames())
                .containsExactly(
                        "--> bob joined the room",
                        "[bob] one",
                        "<-- bob left the room",
                        "--> robert joined the room",
                        "[robert] two",
                        "[robert] three");
        assertThat(bob.frames()).contains("1 here: robert");
        assertThat(bob.heard(ServerMessage.Error.class)).isEmpty();
    }

    @Test
    void onlySoMuchTextMayWaitForAName() {
        var bob = slow.enterNamed("bob");
        var text = "x".repeat(4_000 - 128);
        IntStream.rangeClosed(1, 131).forEach(i -> slow.type(bob, text));

        slow.send(bob, new ClientMessage.Say("too much", null, text, null, null));

        assertThat(bob.heard(ServerMessage.Error.class)).singleElement().satisfies(error -> {
            assertThat(error.code()).isEqualTo("OVERLOADED");
            assertThat(error.ref()).isEqualTo("too much");
            assertThat(error.retryable()).isTrue();
        });
        lane.runAll();
        assertThat(slow.log.lines(LOBBY)).hasSize(132).last().isEqualTo("MESSAGE bob " + text);
    }

    @Test
    void aNameThatCouldNotBeStoredIsFreeAndTheMemberIsToldSo() {
        var bob = slow.enter("bob");
        slow.log.away(true);
        slow.send(bob, new ClientMessage.SetUsername("r1", null, "bob"));
        slow.type(bob, "hello");
        lane.runAll();
        slow.log.away(false);

        slow.enterNamed("BOB");
        lane.runAll();

        assertThat(bob.heard(ServerMessage.Error.class))
                .extracting(ServerMessage.Error::code, ServerMessage.Error::ref)
                .containsExactly(tuple("STORAGE_UNAVAILABLE", "r1"), tuple("USERNAME_REQUIRED", null));
        assertThat(slow.log.lines(LOBBY)).containsExactly("JOINED BOB");
    }

    @Test
    void aRenameThatCouldNotBeStoredLeavesTheOldName() {
        var bob = slow.enterNamed("bob");
        lane.runAll();
        slow.log.away(true);
        slow.type(bob, "/user Bob");
        slow.type(bob, "/user robert");
        lane.runAll();
        slow.log.away(false);

        slow.type(bob, "still me");
        slow.enterNamed("robert");
        var other = slow.enterNamed("BOB");
        lane.runAll();

        assertThat(slow.log.lines(LOBBY)).containsExactly("JOINED bob", "MESSAGE bob still me", "JOINED robert");
        assertThat(other.frames()).contains(TAKEN);
    }

    @Test
    void aNameThatAFullLaneTurnsDownIsFree() {
        var full = new FakeServer(lane, Map.of("parlour.lane-capacity", "1"));
        var ann = full.enterNamed("ann");
        var bob = full.enter("bob");

        full.send(bob, new ClientMessage.SetUsername("r1", null, "bob"));
        lane.runAll();
        full.enterNamed("BOB");
        lane.runAll();

        assertThat(bob.heard(ServerMessage.Error.class)).singleElement().satisfies(error -> {
            assertThat(error.code()).isEqualTo("OVERLOADED");
            assertThat(error.ref()).isEqualTo("r1");
        });
        assertThat(ann.frames()).containsExactly("--> BOB joined the room");
    }

    @Test
    void whoGoesWhileItsNameIsBeingStoredHasJoinedSpokenAndLeft() {
        var ann = slow.enter("ann");
        var bob = slow.enterNamed("bob");
        slow.type(bob, "said in passing");

        slow.leave(bob);
        lane.runAll();

        assertThat(slow.log.lines(LOBBY)).containsExactly("JOINED bob", "MESSAGE bob said in passing", "LEFT bob quit");
        assertThat(ann.frames())
                .containsExactly("--> bob joined the room", "[bob] said in passing", "<-- bob left the room");
    }

    @Test
    void whoGoesWhileBeingRenamedLeavesUnderTheNewName() {
        slow.enter("ann");
        var bob = slow.enterNamed("bob");
        lane.runAll();
        slow.type(bob, "/user robert");

        slow.leave(bob);
        lane.runAll();

        assertThat(slow.log.lines(LOBBY)).containsExactly("JOINED bob", "RENAMED bob robert", "LEFT robert quit");
    }

    @Test
    void whoGoesWhileARenameFailsLeavesUnderTheOldName() {
        slow.enter("ann");
        var bob = slow.enterNamed("bob");
        lane.runAll();
        slow.log.away(true);
        slow.type(bob, "/user robert");

        slow.leave(bob);
        lane.runOne();
        slow.log.away(false);
        lane.runAll();

        assertThat(slow.log.lines(LOBBY)).containsExactly("JOINED bob", "LEFT bob quit");
    }

    @Test
    void theNameOfWhoWentWhileItWasBeingStoredIsFreeOnceTheLeaveIsOnItsWay() {
        var ann = slow.enter("ann");
        var bob = slow.enterNamed("bob");
        slow.leave(bob);
        var secondBob = slow.enterNamed("bob");
        lane.runAll();

        slow.type(secondBob, "/user bob");
        lane.runAll();

        assertThat(secondBob.frames()).startsWith(TAKEN);
        assertThat(slow.log.lines(LOBBY)).containsExactly("JOINED bob", "LEFT bob quit", "JOINED bob");
        assertThat(ann.frames())
                .containsExactly("--> bob joined the room", "<-- bob left the room", "--> bob joined the room");
    }

    @Test
    void bothNamesOfWhoWentWhileBeingRenamedAreFreeInTheEnd() {
        slow.enter("ann");
        var bob = slow.enterNamed("bob");
        lane.runAll();
        slow.type(bob, "/user robert");
        slow.leave(bob);
        lane.runAll();

        slow.enterNamed("bob");
        slow.enterNamed("robert");
        lane.runAll();

        assertThat(slow.log.lines(LOBBY)).endsWith("LEFT robert quit", "JOINED bob", "JOINED robert");
    }
}
