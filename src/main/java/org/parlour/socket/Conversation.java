package org.parlour.socket;

import jakarta.ejb.ConcurrentAccessTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.parlour.auth.Identity;
import org.parlour.auth.RoomBook;
import org.parlour.auth.Visitor;
import org.parlour.protocol.ClientMessage;
import org.parlour.protocol.CloseCode;
import org.parlour.protocol.ErrorCode;
import org.parlour.protocol.Face;
import org.parlour.protocol.Outgoing;
import org.parlour.protocol.Refusal;
import org.parlour.protocol.RoomName;
import org.parlour.protocol.ServerMessage;
import org.parlour.room.Departure;
import org.parlour.room.Entrance;
import org.parlour.room.Feed;
import org.parlour.room.Greeting;
import org.parlour.room.RoomManager;
import org.parlour.room.Turns;

/**
 * What one client says: who it is, and to which of its rooms it speaks. Requests come on one thread at a time, the container's;
 * the first greeting, and leaving, on others. The monitor guards the memberships and is not held while a room is called.
 */
final class Conversation {

    private static final ClientMessage.Hello NO_HELLO =
            new ClientMessage.Hello(null, null, null, null, null, null, null);

    /** How long a token may have expired, for its successor is on its way. */
    private static final Duration LEEWAY = Duration.ofSeconds(5);

    private static final Refusal HELLO_AGAIN =
            new Refusal(ErrorCode.NOT_AUTHENTICATED, "Say Hello again, with another token or without.");

    private final Connection connection;
    private final RoomName home;
    private final RoomManager rooms;
    private final Entrance entrance;
    private final Proofs proofs;
    private final String address;
    private final Pass pass;
    private final Consumer<RuntimeException> failures;
    private final Turns turns = new Turns(new Object());
    private final Map<RoomName, Membership> memberships = new LinkedHashMap<>(2);

    /** Held while a room is entered, so that nobody is left in a room when the connection begins anew, or has ended meanwhile. */
    private final Object entering = new Object();

    /** Who speaks; a guest that nobody has met as long as nothing was shown. */
    private volatile Identity identity;

    /** The name that was last asked for. */
    private String username;

    /** Whether the client has been greeted, or is about to be. Guarded by {@link #entering}, and so is what follows. */
    private boolean greeted;

    /**
     * Why the client is not in the room of its path, or null. It has shown a token that is not good, and is not to be taken for a guest;
     * or the room takes a password; or, if it speaks a simple face, the database is away, and it may just try again.
     */
    private Refusal refused;

    private boolean over;

    /**
     * @param identity who it is, as far as the handshake told; @param address where it comes from
     * @param failures tells the client what came of a request that failed
     */
    Conversation(
            Connection connection,
            RoomName home,
            RoomManager rooms,
            Entrance entrance,
            Proofs proofs,
            Identity identity,
            String address,
            Pass pass,
            Consumer<RuntimeException> failures) {
        this.connection = connection;
        this.home = home;
        this.rooms = rooms;
        this.entrance = entrance;
        this.proofs = proofs;
        this.identity = identity;
        this.address = address;
        this.pass = pass;
        this.failures = failures;
    }

    /** Who speaks now. */
    Identity identity() {
        return identity;
    }

    /** Seats a client of a simple face, which need not say Hello. */
    void begin() {
        synchronized (entering) {
            greeted = true;
        }
        enterHome(null, null, true);
    }

    /** @param greeting null for a simple face; @param asked whether the client waits for an answer to this, and not to something else */
    private void enterHome(Greeting greeting, String password, boolean asked) {
        entrance.enter(
                home,
                visitor(),
                password,
                turns,
                (book, visitor) -> seat(home, book, visitor, greeting),
                failure -> keepOut(failure, greeting, asked));
    }

    private Visitor visitor() {
        return new Visitor(identity, address);
    }

    /** @return null if the connection has ended meanwhile */
    private Membership seat(RoomName room, RoomBook book, Visitor visitor, Greeting greeting) {
        synchronized (entering) {
            if (over) {
                return null;
            }
            if (room.equals(home)) {
                refused = null;
            }
            var membership = join(room, visitor);
            try {
                if (greeting == null) {
                    rooms.enter(room, book, membership);
                } else {
                    rooms.enter(room, book, membership, greeting);
                }
            } catch (RuntimeException failure) {
                // It has no seat there: what it asks of that room would never be answered.
                forget(membership);
                throw failure;
            }
            return membership;
        }
    }

    // Whoever may come in later asks again, who knows no better may say Hello again, and the others have to go.
    private void keepOut(RuntimeException failure, Greeting greeting, boolean asked) {
        var ref = greeting == null ? null : greeting.ref();
        var told = failure instanceof ConcurrentAccessTimeoutException ? Refusal.busy() : failure;
        if (!(told instanceof Refusal refusal)) {
            tell(told, ref);
            return;
        }
        var isLater = mayAskAgain(refusal.code());
        var isPassword = refusal.code() == ErrorCode.PASSWORD_REQUIRED && connection.face() != Face.TEXT;
        var stays = isLater || isPassword;
        boolean isNews;
        synchronized (entering) {
            isNews = refused == null;
            greeted = !isLater;
            refused = stays ? refusal : null;
        }
        if (stays) {
            // Another Hello may follow, which it may not once a name was asked for.
            username = null;
        }
        // A request that had to wait for this gets an answer of its own.
        if (asked || isNews || !stays) {
            tell(refusal.inRoom(home), ref);
        }
        if (!stays) {
            closeBehind(CloseCode.after(refusal.code()));
        }
    }

    // A client of the full face comes back by itself when the database does: it knows what 4104 means.
    private boolean mayAskAgain(ErrorCode code) {
        return code.retryable() && (connection.face() != Face.FULL || code != ErrorCode.STORAGE_UNAVAILABLE);
    }

    /** Greets a client that has not said Hello, unless it has been greeted. */
    void greet() {
        synchronized (entering) {
            if (greeted || over) {
                return;
            }
            if (!mayEnter()) {
                dismiss(CloseCode.NOT_AUTHENTICATED);
                return;
            }
            greeted = true;
            enterHome(connection.face() == Face.FULL ? Greeting.of(NO_HELLO) : null, null, false);
        }
    }

    private boolean mayEnter() {
        return !identity.isGuest() || proofs.guestsMayEnter();
    }

    /** Does what the client asks for, now or after what it asked for before; failures are told. */
    void handle(ClientMessage request) {
        try {
            turns.run(request.length(), () -> inTurn(request, () -> handleNow(request)));
        } catch (Refusal refusal) {
            failures.accept(refusal.ofRequest(request.ref()));
        }
    }

    private void inTurn(ClientMessage request, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException failure) {
            tell(failure, request.ref());
        }
    }

    private void handleNow(ClientMessage request) {
        if (request instanceof ClientMessage.Auth auth) {
            auth(auth);
            return;
        }
        if (dismissIfExpired(Instant.now())) {
            return;
        }
        if (request instanceof ClientMessage.Hello hello) {
            hello(hello);
            return;
        }
        greet();
        if (!turns.postpone(() -> inTurn(request, () -> handleGreeted(request)))) {
            handleGreeted(request);
        }
    }

    private void handleGreeted(ClientMessage request) {
        requireNotRefused(request);
        if (request instanceof ClientMessage.Join join) {
            join(join);
            return;
        }
        request(request);
    }

    private void requireNotRefused(ClientMessage request) {
        synchronized (entering) {
            if (refused != null) {
                throw refused.ofRequest(request.ref());
            }
        }
    }

    private void request(ClientMessage request) {
        try {
            pass.request();
        } catch (Refusal refusal) {
            throw refusal.ofRequest(request.ref());
        }
        if (request instanceof ClientMessage.SetUsername named && identity.isGuest()) {
            username = named.username();
        }
        var membership = membershipFor(request);
        rooms.handle(membership.room, membership, request);
    }

    private void hello(ClientMessage.Hello hello) {
        if (connection.face() == Face.TEXT) {
            throw new Refusal(ErrorCode.BAD_MESSAGE, "Lines need no Hello.").ofRequest(hello.ref());
        }
        if (username != null) {
            throw new Refusal(ErrorCode.BAD_MESSAGE, "A Hello comes before a name.").ofRequest(hello.ref());
        }
        if (hello.token() == null) {
            requireOwnName(identity, hello);
            beginAnew(hello);
        } else {
            synchronized (entering) {
                // Not to be greeted as a stranger while it is found out who it is.
                greeted = true;
            }
            proofs.prove(
                    hello.token(),
                    address,
                    turns,
                    proven -> {
                        requireOwnName(proven, hello);
                        identify(proven);
                        beginAnew(hello);
                    },
                    failure -> refuse(failure, hello.ref()));
        }
    }

    // Whoever is in a room already stays there as who it was.
    private void refuse(RuntimeException failure, String ref) {
        // Before the connection may be ended for it.
        tell(failure, ref);
        synchronized (entering) {
            synchronized (this) {
                refused = memberships.isEmpty() ? HELLO_AGAIN : null;
            }
        }
        if (!mayEnter()) {
            dismiss(CloseCode.NOT_AUTHENTICATED);
        }
    }

    private void tell(RuntimeException failure, String ref) {
        var told = failure instanceof ConcurrentAccessTimeoutException ? Refusal.busy() : failure;
        failures.accept(told instanceof Refusal refusal ? refusal.ofRequest(ref) : told);
    }

    private void beginAnew(ClientMessage.Hello hello) {
        synchronized (entering) {
            if (over) {
                return;
            }
            if (!mayEnter()) {
                dismiss(CloseCode.NOT_AUTHENTICATED);
                return;
            }
            greeted = true;
            refused = null;
            // What came before counts no more: there is one beginning.
            leaveAll(Departure.GONE);
            connection.speak(Face.FULL);
            username = identity.isGuest() ? hello.username() : null;
        }
        enterHome(Greeting.of(hello), hello.password(), true);
    }

    private static void requireOwnName(Identity identity, ClientMessage.Hello hello) {
        var name = identity.name();
        if (name != null && hello.username() != null && !name.value().equals(hello.username())) {
            throw new Refusal(ErrorCode.FORBIDDEN, "Your name is that of your account.", "username")
                    .ofRequest(hello.ref());
        }
    }

    /** @throws Refusal FORBIDDEN if this connection is somebody else's already, or what {@link Pass#identified} says */
    private void identify(Identity proven) {
        synchronized (entering) {
            if (!identity.isGuest() && !identity.id().equals(proven.id())) {
                throw new Refusal(ErrorCode.FORBIDDEN, "This connection belongs to another account.", "token");
            }
            count(proven);
            leaveAll(Departure.GONE);
            identity = proven;
        }
        dismissIfEnded();
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

    private void auth(ClientMessage.Auth auth) {
        if (auth.token() == null) {
            throw new Refusal(ErrorCode.BAD_MESSAGE, "\"token\" is missing.", "token").ofRequest(auth.ref());
        }
        proofs.prove(
                auth.token(),
                address,
                turns,
                fresh -> refresh(fresh, auth.ref()),
                failure -> tell(failure, auth.ref()));
    }

    private void refresh(Identity fresh, String ref) {
        if (identity.isGuest() || !identity.id().equals(fresh.id())) {
            throw new Refusal(ErrorCode.FORBIDDEN, "This is a token of somebody else.", "token");
        }
        identity = fresh;
        synchronized (this) {
            memberships.values().forEach(membership -> membership.identified(fresh));
        }
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

    private void join(ClientMessage.Join join) {
        try {
            if (connection.face() != Face.FULL) {
                throw new Refusal(ErrorCode.BAD_MESSAGE, "Say Hello before you join further rooms.");
            }
            if (join.room() == null) {
                throw new Refusal(ErrorCode.BAD_MESSAGE, "\"room\" is missing.", "room");
            }
            var room = new RoomName(join.room());
            synchronized (this) {
                if (memberships.containsKey(room)) {
                    throw new Refusal(ErrorCode.BAD_MESSAGE, "You are in this room already.", "room");
                }
            }
            pass.join(room);
            entrance.enter(
                    room,
                    visitor(),
                    join.password(),
                    turns,
                    (book, visitor) -> seat(room, book, visitor, Greeting.of(join, username)),
                    failure -> {
                        pass.leave(room);
                        tell(failure instanceof Refusal refusal ? refusal.inRoom(room) : failure, join.ref());
                    });
        } catch (Refusal refusal) {
            throw refusal.ofRequest(join.ref());
        }
    }

    private Membership join(RoomName room, Visitor visitor) {
        var membership = new Membership(room, connection, visitor, this);
        synchronized (this) {
            memberships.put(room, membership);
        }
        return membership;
    }

    private Membership membershipFor(ClientMessage request) {
        try {
            var named = connection.face() == Face.FULL && request.room() != null;
            var room = named ? new RoomName(request.room()) : home;
            synchronized (this) {
                var membership = memberships.get(room);
                if (membership != null) {
                    return membership;
                }
                if (request instanceof ClientMessage.Ping && !memberships.isEmpty()) {
                    return memberships.values().iterator().next();
                }
            }
        } catch (Refusal invalid) {
            throw invalid.ofRequest(request.ref());
        }
        throw new Refusal(ErrorCode.ROOM_NOT_FOUND, "You are not in such a room.", "room").ofRequest(request.ref());
    }

    /** The client goes by a name, in whatever room. */
    void named() {
        pass.named();
    }

    /** A member leaves at its own wish. */
    void depart(Membership membership, String ref) {
        if (leave(membership, Departure.QUIT)) {
            connection.close(CloseCode.NORMAL);
        } else {
            connection.answer(new Outgoing(
                    new ServerMessage.Notice("LEFT", "You have left the room.", membership.room.value(), ref)));
        }
    }

    /** A room could not be entered after all, because the database is away; or may not be stayed in any more. */
    void turnAway(Membership membership, Refusal refusal) {
        membership.end();
        connection.answer(new Outgoing(refusal.answer()));
        // If the database is away it has not left of its own accord: whoever was away for a moment keeps its
        // place until the grace ends.
        var departure = refusal.code().retryable() ? Departure.LOST : Departure.REMOVED;
        if (leave(membership, departure)) {
            closeBehind(CloseCode.after(refusal.code()));
        }
    }

    /** Somebody has put it out of a room. */
    void putOut(Membership membership, ServerMessage.Moderated told) {
        membership.end();
        connection.answer(new Outgoing(told));
        if (leave(membership, Departure.REMOVED)) {
            closeBehind(CloseCode.KICKED);
        }
    }

    // Not at once: a close drops what is still to be sent, and the client is to be told why.
    private void closeBehind(CloseCode code) {
        connection.stopListening();
        connection.answer(new Feed() {
            @Override
            public List<Outgoing> next() {
                connection.close(code);
                return List.of();
            }

            @Override
            public List<Outgoing> failed() {
                connection.close(code);
                return List.of();
            }
        });
    }

    /** @return whether it was the last room */
    private boolean leave(Membership membership, Departure departure) {
        membership.end();
        var last = forget(membership);
        pass.leave(membership.room);
        rooms.leave(membership.room, membership, departure);
        return last;
    }

    private synchronized boolean forget(Membership membership) {
        memberships.remove(membership.room, membership);
        return memberships.isEmpty();
    }

    /** The connection has ended. */
    void end(Departure departure) {
        synchronized (entering) {
            over = true;
        }
        leaveAll(departure);
    }

    private void leaveAll(Departure departure) {
        List<Membership> left;
        synchronized (this) {
            left = new ArrayList<>(memberships.values());
            memberships.clear();
        }
        for (var membership : left) {
            membership.end();
            rooms.leave(membership.room, membership, departure);
            // The place in the room of the path is the connection's as long as there is one.
            if (!membership.room.equals(home)) {
                pass.leave(membership.room);
            }
        }
    }
}
