package org.parlour.socket;

import java.time.Instant;
import java.util.function.Consumer;
import org.parlour.auth.Identity;
import org.parlour.protocol.ClientMessage;
import org.parlour.protocol.CloseCode;
import org.parlour.protocol.ErrorCode;
import org.parlour.protocol.Face;
import org.parlour.protocol.Refusal;
import org.parlour.protocol.RoomName;
import org.parlour.room.Departure;
import org.parlour.room.Entrance;
import org.parlour.room.Greeting;
import org.parlour.room.RoomManager;
import org.parlour.room.Turns;
import org.parlour.room.Whereabouts;

/**
 * What one client says, and to which of its rooms it speaks. Requests come on one thread at a time, the container's; the first
 * greeting, and leaving, on others.
 */
final class Conversation {

    private final Connection connection;
    private final RoomManager rooms;
    private final Entrance entrance;
    private final Pass pass;
    private final Turns turns = new Turns(new Object());
    private final Failures failures;
    private final Memberships memberships;
    private final Speaker speaker;
    private final Reception reception;

    /**
     * @param identity who it is, as far as the handshake told; @param address where it comes from
     * @param failures tells the client what came of a request that failed
     */
    Conversation(
            Connection connection,
            RoomName home,
            RoomManager rooms,
            Entrance entrance,
            Whereabouts whereabouts,
            Proofs proofs,
            Identity identity,
            String address,
            Pass pass,
            Consumer<RuntimeException> failures) {
        this.connection = connection;
        this.rooms = rooms;
        this.entrance = entrance;
        this.pass = pass;
        this.failures = new Failures(failures);
        this.memberships = new Memberships(connection, home, rooms, whereabouts, pass);
        this.speaker = new Speaker(connection, memberships, proofs, turns, identity, address, pass, this.failures);
        this.reception = new Reception(connection, home, rooms, entrance, speaker, memberships, turns, this.failures);
    }

    /** Who speaks now. */
    Identity identity() {
        return speaker.identity();
    }

    /** Seats a client of a simple face, which need not say Hello. */
    void begin() {
        reception.begin();
    }

    /** Greets a client that has not said Hello, unless it has been greeted. */
    void greet() {
        reception.greet();
    }

    /** Ends the connection if its proof is good no longer, as somebody may have found before it was known whose it is. */
    void dismissIfEnded() {
        speaker.dismissIfEnded();
    }

    /** Ends the connection if its token has expired and was not renewed in time. */
    void dismissIfExpired(Instant now) {
        speaker.dismissIfExpired(now);
    }

    void dismiss(CloseCode code) {
        speaker.dismiss(code);
    }

    /** Does what the client asks for, now or after what it asked for before; failures are told. */
    void handle(ClientMessage request) {
        try {
            turns.run(request.length(), () -> inTurn(request, () -> handleNow(request)));
        } catch (Refusal refusal) {
            failures.tell(refusal, request.ref());
        }
    }

    private void inTurn(ClientMessage request, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException failure) {
            failures.tell(failure, request.ref());
        }
    }

    private void handleNow(ClientMessage request) {
        if (request instanceof ClientMessage.Auth auth) {
            speaker.auth(auth);
            return;
        }
        if (speaker.dismissIfExpired(Instant.now())) {
            return;
        }
        if (request instanceof ClientMessage.Hello hello) {
            reception.hello(hello);
            return;
        }
        reception.greet();
        if (!turns.postpone(() -> inTurn(request, () -> handleGreeted(request)))) {
            handleGreeted(request);
        }
    }

    private void handleGreeted(ClientMessage request) {
        reception.requireNotRefused(request);
        if (request instanceof ClientMessage.Join join) {
            join(join);
            return;
        }
        request(request);
    }

    private void request(ClientMessage request) {
        try {
            pass.request();
        } catch (Refusal refusal) {
            throw refusal.ofRequest(request.ref());
        }
        if (request instanceof ClientMessage.SetUsername named
                && speaker.identity().isGuest()) {
            speaker.asksFor(named.username());
        }
        var membership = memberships.of(request);
        rooms.handle(membership.room, membership, request);
    }

    private void join(ClientMessage.Join join) {
        try {
            if (connection.face() != Face.FULL) {
                throw new Refusal(ErrorCode.BAD_MESSAGE, "Say Hello before you join further rooms.");
            }
            if (join.room() == null) {
                throw new Refusal(ErrorCode.BAD_MESSAGE, "\"room\" is missing.", "room");
            }
            var room = new RoomName(join.room());
            memberships.requireOutside(room);
            pass.join(room);
            entrance.enter(
                    room,
                    speaker.visitor(),
                    join.password(),
                    turns,
                    (book, visitor) -> reception.seat(room, book, visitor, Greeting.of(join, speaker.username())),
                    failure -> {
                        pass.leave(room);
                        failures.tell(failure instanceof Refusal refusal ? refusal.inRoom(room) : failure, join.ref());
                    });
        } catch (Refusal refusal) {
            throw refusal.ofRequest(join.ref());
        }
    }

    /** The connection has ended. */
    void end(Departure departure) {
        reception.end();
        memberships.leaveAll(departure);
    }
}
