package org.parlour.socket;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.parlour.auth.GuestTokens;
import org.parlour.auth.Identity;
import org.parlour.protocol.ClientMessage;
import org.parlour.protocol.CloseCode;
import org.parlour.protocol.ErrorCode;
import org.parlour.protocol.Face;
import org.parlour.protocol.Outgoing;
import org.parlour.protocol.Refusal;
import org.parlour.protocol.RoomName;
import org.parlour.protocol.ServerMessage;
import org.parlour.room.Departure;
import org.parlour.room.Greeting;
import org.parlour.room.RoomManager;

/**
 * What one client says: who it is, and to which of its rooms it speaks. Requests come on one thread at a time, the container's;
 * the first greeting, and leaving, on others. The monitor guards the memberships and is not held while a room is called.
 */
final class Conversation {

    private static final ClientMessage.Hello NO_HELLO = new ClientMessage.Hello(null, null, null, null, null, null);

    private final Connection connection;
    private final RoomName home;
    private final RoomManager rooms;
    private final GuestTokens tokens;
    private final Pass pass;
    private final Map<RoomName, Membership> memberships = new LinkedHashMap<>(2);

    /** Held while a room is entered, so that nobody is left in a room when the connection begins anew, or has ended meanwhile. */
    private final Object entering = new Object();

    /** Who speaks. */
    private Identity identity;

    /** The name that was last asked for. */
    private String username;

    /** Whether the client has been greeted, or is about to be. Guarded by {@link #entering}, and so is what follows. */
    private boolean greeted;

    private boolean over;

    Conversation(Connection connection, RoomName home, RoomManager rooms, GuestTokens tokens, Pass pass) {
        this.connection = connection;
        this.home = home;
        this.rooms = rooms;
        this.tokens = tokens;
        this.pass = pass;
        this.identity = Identity.guest(tokens.newGuest());
    }

    /** Seats a client of a simple face, which need not say Hello. */
    void begin() {
        synchronized (entering) {
            greeted = true;
            rooms.enter(home, join(home));
        }
    }

    /** Greets a client that has not said Hello, unless it has been greeted. */
    void greet() {
        synchronized (entering) {
            if (!greeted && !over) {
                greeted = true;
                enter(home, Greeting.of(NO_HELLO));
            }
        }
    }

    /** @throws Refusal if it is not even handed to a room */
    void handle(ClientMessage request) {
        if (request instanceof ClientMessage.Hello hello) {
            hello(hello);
            return;
        }
        greet();
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
        if (request instanceof ClientMessage.SetUsername named) {
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
        synchronized (entering) {
            // Also if the token is refused: the client knows how to greet and tries again.
            greeted = true;
            if (over) {
                return;
            }
            if (hello.token() != null) {
                show(hello);
            }
            // What came before counts no more: there is one beginning.
            leaveAll(Departure.GONE);
            connection.speak(Face.FULL);
            enter(home, Greeting.of(hello));
            username = hello.username();
        }
    }

    private void show(ClientMessage.Hello hello) {
        try {
            identify(Identity.guest(tokens.guestOf(hello.token())));
        } catch (Refusal refusal) {
            synchronized (this) {
                greeted = !memberships.isEmpty();
            }
            throw refusal.ofRequest(hello.ref());
        }
    }

    private void identify(Identity proven) {
        try {
            pass.identified(proven.id());
            identity = proven;
        } catch (NoEntry refused) {
            connection.close(refused.code());
            throw refused.refusal();
        }
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
            synchronized (entering) {
                if (!over) {
                    enter(room, Greeting.of(join, username));
                }
            }
        } catch (Refusal refusal) {
            throw refusal.ofRequest(join.ref());
        }
    }

    private void enter(RoomName room, Greeting greeting) {
        var membership = join(room);
        try {
            rooms.enter(room, membership, greeting);
        } catch (RuntimeException failure) {
            // It has no seat there: what it asks of that room would never be answered.
            greeted = !forget(membership);
            if (!room.equals(home)) {
                pass.leave(room);
            }
            throw failure;
        }
    }

    private Membership join(RoomName room) {
        var membership = new Membership(room, connection, identity, this);
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

    /** A room could not be entered after all, because the database is away. */
    void turnAway(Membership membership, Refusal refusal) {
        // It has not left of its own accord: whoever was away for a moment keeps its place until the grace ends.
        if (leave(membership, Departure.LOST)) {
            connection.close(CloseCode.STORAGE_DOWN);
        } else {
            connection.answer(new Outgoing(refusal.answer()));
        }
    }

    /** @return whether it was the last room */
    private boolean leave(Membership membership, Departure departure) {
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
            rooms.leave(membership.room, membership, departure);
            // The place in the room of the path is the connection's as long as there is one.
            if (!membership.room.equals(home)) {
                pass.leave(membership.room);
            }
        }
    }
}
