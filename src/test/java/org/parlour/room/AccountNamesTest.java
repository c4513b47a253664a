package org.parlour.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parlour.room.FakeServer.LOBBY;

import org.junit.jupiter.api.Test;
import org.parlour.auth.Identity;
import org.parlour.protocol.Face;
import org.parlour.protocol.ServerMessage;
import org.parlour.protocol.Username;
import org.parlour.testing.HeldTasks;

/** Whoever has an account goes by its name. */
class AccountNamesTest {

    private final HeldTasks lane = new HeldTasks();

    /** Stores at once. */
    private final FakeServer prompt = new FakeServer();

    /** Stores when {@link #lane} is told to run. */
    private final FakeServer slow = new FakeServer(lane);

    @Test
    void itHasItsNameOnEntering() {
        prompt.log.saidLongAgo(LOBBY, 2);
        var bob = prompt.enterNamed("bob");
        bob.forget();

        var simple = prompt.enter(LOBBY, ann(Face.TEXT));
        var full = prompt.enter(LOBBY, ann(Face.FULL));

        assertThat(bob.frames()).containsExactly("--> ann joined the room");
        assertThat(simple.frames()).hasSize(2);
        assertThat(full.heard(ServerMessage.Welcome.class)).singleElement().satisfies(welcome -> {
            assertThat(welcome.username()).isEqualTo("ann");
            assertThat(welcome.authenticated()).isTrue();
            assertThat(welcome.roles()).containsExactly("administrator");
            assertThat(welcome.token()).isNull();
        });
    }

    @Test
    void itCannotTakeAnother() {
        var ann = prompt.enter(LOBBY, ann(Face.TEXT));

        prompt.type(ann, "/user bob");

        assertThat(ann.heard(ServerMessage.Error.class))
                .extracting(ServerMessage.Error::code)
                .containsExactly("FORBIDDEN");
        assertThat(prompt.log.lines(LOBBY)).containsExactly("JOINED ann");
    }

    @Test
    void aGuestWhoHadTheNameLosesIt() {
        var guest = prompt.enterNamed("Ann");
        var bob = prompt.enterNamed("bob");
        bob.forget();

        var ann = prompt.enter(LOBBY, ann(Face.TEXT));
        prompt.type(guest, "hello");
        prompt.type(ann, "hello");

        assertThat(bob.frames()).containsExactly("<-- Ann left the room", "--> ann joined the room", "[ann] hello");
        assertThat(guest.heard(ServerMessage.Error.class))
                .extracting(ServerMessage.Error::code)
                .containsExactly("USERNAME_TAKEN", "USERNAME_REQUIRED");
        assertThat(prompt.log.lines(LOBBY)).contains("LEFT Ann quit", "JOINED ann");
    }

    @Test
    void aGuestCannotTakeItBack() {
        var guest = prompt.enterNamed("Ann");
        prompt.enter(LOBBY, ann(Face.TEXT));

        prompt.type(guest, "/user Ann");
        prompt.type(guest, "/user somebody");

        assertThat(guest.heard(ServerMessage.Error.class))
                .extracting(ServerMessage.Error::code)
                .containsExactly("USERNAME_TAKEN", "USERNAME_TAKEN");
        assertThat(prompt.log.lines(LOBBY)).endsWith("JOINED ann", "JOINED somebody");
    }

    @Test
    void whatAFurtherConnectionAsksForWaitsUntilTheNameIsStored() {
        var first = slow.enter(LOBBY, ann(Face.TEXT));
        var second = slow.enter(LOBBY, ann(Face.TEXT));
        var third = slow.enter(LOBBY, ann(Face.FULL));
        slow.type(second, "me too");
        assertThat(second.heard()).isEmpty();
        assertThat(third.heard()).isEmpty();

        lane.runAll();

        assertThat(slow.log.lines(LOBBY)).containsExactly("JOINED ann", "MESSAGE ann me too");
        assertThat(second.heard(ServerMessage.Error.class)).isEmpty();
        assertThat(third.heard(ServerMessage.Welcome.class))
                .extracting(ServerMessage.Welcome::username)
                .containsExactly("ann");
        assertThat(first.heard(ServerMessage.NewMessage.class)).hasSize(1);
    }

    private static FakeMember ann(Face face) {
        var identity = new Identity(Identity.Kind.ACCOUNT, "a.ann", new Username("ann"), true, "session", null);
        return new FakeMember(identity, face, Runnable::run);
    }
}
