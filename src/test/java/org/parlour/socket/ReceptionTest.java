package org.parlour.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.parlour.auth.Identity;
import org.parlour.auth.RoomBook;
import org.parlour.auth.Visitor;
import org.parlour.config.ChatConfig;
import org.parlour.metrics.ChatMetrics;
import org.parlour.protocol.ClientMessage;
import org.parlour.protocol.ErrorCode;
import org.parlour.protocol.Face;
import org.parlour.protocol.Refusal;
import org.parlour.protocol.RoomName;
import org.parlour.protocol.Username;
import org.parlour.room.Entrance;
import org.parlour.room.Greeting;
import org.parlour.room.Member;
import org.parlour.room.RoomManager;
import org.parlour.room.Turns;
import org.parlour.room.Whereabouts;

/** A Hello that comes just when the client is greeted without one. */
class ReceptionTest {

    private static final RoomName LOBBY = new RoomName("lobby");
    private static final Visitor ANN =
            new Visitor(new Identity(Identity.Kind.ACCOUNT, "ann", new Username("ann"), false, null, null), null);
    private static final ClientMessage.Hello HELLO =
            new ClientMessage.Hello("hello", null, null, null, null, null, null);

    /** Lets nobody in before the test says so. */
    private static final class Doorkeeper extends Entrance {

        final List<BiFunction<RoomBook, Visitor, Member>> seats = new ArrayList<>();
        final List<Consumer<RuntimeException>> refusals = new ArrayList<>();

        @Override
        public void enter(
                RoomName room,
                Visitor who,
                String password,
                Turns turns,
                BiFunction<RoomBook, Visitor, Member> seat,
                Consumer<RuntimeException> otherwise) {
            seats.add(seat);
            refusals.add(otherwise);
        }

        Member admit(int which) {
            return seats.get(which).apply(RoomBook.open(0), ANN);
        }
    }

    /** Notes who is in. */
    private static final class Lobby extends RoomManager {

        final List<Greeting> greetings = new ArrayList<>();

        @Override
        public Optional<Refusal> enter(RoomName name, RoomBook book, Member member, Greeting greeting) {
            greetings.add(greeting);
            return Optional.empty();
        }
    }

    private final Doorkeeper door = new Doorkeeper();
    private final Lobby lobby = new Lobby();
    private final List<RuntimeException> told = new ArrayList<>();
    private final Reception reception = reception();

    private Reception reception() {
        var connection = new Connection(null, Face.FULL, null, ChatConfig.defaults(), new ChatMetrics());
        var memberships = new Memberships(connection, LOBBY, lobby, new Whereabouts(), null);
        var turns = new Turns(new Object());
        var failures = new Failures(told::add);
        var speaker = new Speaker(connection, memberships, null, turns, ANN.identity(), null, null, failures);
        return new Reception(connection, LOBBY, lobby, door, speaker, memberships, turns, failures);
    }

    @Test
    void whoIsGreetedMeanwhileHasOneSeatAndItIsTheOneOfTheHello() {
        reception.greet();
        reception.hello(HELLO);

        assertThat(door.admit(0)).isNull();
        assertThat(door.admit(1)).isNotNull();

        assertThat(lobby.greetings).extracting(Greeting::ref).containsExactly("hello");
    }

    @Test
    void whyTheGreetingFailsIsNotToldToWhoHasSaidHelloMeanwhile() {
        reception.greet();
        reception.hello(HELLO);

        door.refusals.get(0).accept(new Refusal(ErrorCode.STORAGE_UNAVAILABLE, "Please try again."));

        assertThat(told).isEmpty();
        assertThat(door.admit(1)).isNotNull();
    }
}
