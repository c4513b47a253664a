package org.parlour.socket;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.parlour.auth.Identity;
import org.parlour.auth.Visitor;
import org.parlour.protocol.ClientMessage;
import org.parlour.protocol.CloseCode;
import org.parlour.protocol.ErrorCode;
import org.parlour.protocol.Outgoing;
import org.parlour.protocol.Refusal;
import org.parlour.protocol.ServerMessage;
import org.parlour.room.Departure;
import org.parlour.room.Turns;

/**
 * Who speaks on a connection, and whether the proof of that is still good. Any thread may ask; it changes in the client's turns,
 * on the thread that has found out who it is.
 */
final class Speaker {

    /** How long a token may have expired, for its successor is on its way. */
    private static final Duration LEEWAY = Duration.ofSeconds(5);

    private final Connection connection;
    private final Memberships memberships;
    private final Proofs proofs;
    private final Turns turns;
    private final String address;
    private final Pass pass;
    private final Failures failures;

    /** A guest that nobody has met as long as nothing was shown. */
    private volatile Identity identity;

    /** The name that was last asked for. */
    private String username;

    /** @param identity who it is, as far as the handshake told; @param address where it comes from */
    Speaker(
            Connection connection,
            Memberships memberships,
            Proofs proofs,
            Turns turns,
            Identity identity,
            String address,
            Pass pass,
            Failures failures) {
        this.connection = connection;
        this.memberships = memberships;
        this.proofs = proofs;
        this.turns = turns;
        this.identity = identity;
        this.address = address;
        this.pass = pass;
        this.failures = failures;
    }

    /** Who speaks now. */
    Identity identity() {
        return identity;
    }

    Visitor visitor() {
        return new Visitor(identity, address);
    }

    /** The name that was last asked for, or null. */
    String username() {
        return username;
    }

    /** @param wanted null if none is asked for any more; of no interest from somebody who has an account's name */
    void asksFor(String wanted) {
        username = wanted;
    }

    /** Whether it may be in a room at all. */
    boolean mayEnter() {
        return !identity.isGuest() || proofs.guestsMayEnter();
    }

    /** Finds out who shows a token, as {@link Proofs#prove}. */
    void prove(String token, Consumer<Identity> then, Consumer<RuntimeException> otherwise) {
        proofs.prove(token, address, turns, then, otherwise);
    }

    /** @throws Refusal FORBIDDEN if somebody who has an account's name asks for another */
    static void requireOwnName(Identity identity, ClientMessage.Hello hello) {
        var name = identity.name();
        if (name != null && hello.username() != null && !name.value().equals(hello.username())) {
            throw new Refusal(ErrorCode.FORBIDDEN, "Your name is that of your account.", "username")
                    .ofRequest(hello.ref());
        }
    }

    /**
     * Becomes who it has proven to be, and leaves the rooms in which it was somebody else. To be called while no room is entered.
     *
     * @throws Refusal FORBIDDEN if this connection is somebody else's already, or what {@link Pass#identified} says
     */
    void become(Identity proven) {
        if (!identity.isGuest() && !identity.id().equals(proven.id())) {
            throw new Refusal(ErrorCode.FORBIDDEN, "This connection belongs to another account.", "token");
        }
        count(proven);
        memberships.leaveAll(Departure.GONE);
        identity = proven;
    }

    private void count(Identity proven) {
        try {
            pass.identified(proven.id());
        } catch (NoEntry refused) {
            connection.answer(new Outgoing(refused.refusal().answer()));
            connection.close(refused.code());
            throw refused.refusal();
        }
        if (!proven.isGuest()) {
            pass.named();
        }
    }

    /** Shows a fresh token of the same account. */
    void auth(ClientMessage.Auth auth) {
        if (auth.token() == null) {
            throw new Refusal(ErrorCode.BAD_MESSAGE, "\"token\" is missing.", "token").ofRequest(auth.ref());
        }
        prove(auth.token(), fresh -> refresh(fresh, auth.ref()), failure -> failures.tell(failure, auth.ref()));
    }

    private void refresh(Identity fresh, String ref) {
        if (identity.isGuest() || !identity.id().equals(fresh.id())) {
            throw new Refusal(ErrorCode.FORBIDDEN, "This is a token of somebody else.", "token");
        }
        identity = fresh;
        memberships.identified(fresh);
        dismissIfEnded();
        connection.answer(
                new Outgoing(new ServerMessage.Notice("AUTHENTICATED", "Your token has been renewed.", null, ref)));
    }

    /** Ends the connection if its proof is good no longer, as somebody may have found before it was known whose it is. */
    void dismissIfEnded() {
        if (proofs.hasEnded(identity)) {
            dismiss(CloseCode.NOT_AUTHENTICATED);
        }
    }

    /** @return whether its token has expired and was not renewed in time: then the connection ends */
    boolean dismissIfExpired(Instant now) {
        if (identity.expiresAt() == null || !identity.isExpiredAt(now.minus(LEEWAY))) {
            return false;
        }
        dismiss(CloseCode.TOKEN_EXPIRED);
        return true;
    }

    void dismiss(CloseCode code) {
        connection.close(code);
    }
}
