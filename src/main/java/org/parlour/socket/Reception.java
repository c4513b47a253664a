package org.parlour.socket;

import org.parlour.auth.Identity;
import org.parlour.auth.RoomBook;
import org.parlour.auth.Visitor;
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

/**
 * How a client comes in: it says Hello or is greeted without, enters the room of its path, or learns why it may not. Hellos come in the
 * client's turns; the first greeting, and the end, on other threads.
 */
final class Reception {

    private static final ClientMessage.Hello NO_HELLO =
            new ClientMessage.Hello(null, null, null, null, null, null, null);

    private static final Refusal HELLO_AGAIN =
            new Refusal(ErrorCode.NOT_AUTHENTICATED, "Say Hello again, with another token or without.");

    private final Connection connection;
    private final RoomName home;
    private final RoomManager rooms;
    private final Entrance entrance;
    private final Speaker speaker;
    private final Memberships memberships;
    private final Turns turns;
    private final Failures failures;

    /** Held while a room is entered, so that nobody is left in a room when the connection begins anew, or has ended meanwhile. */
    private final Object entering = new Object();

    /** Whether the client has been greeted, or is about to be. Guarded by {@link #entering}, and so is what follows. */
    private boolean greeted;

    /**
     * Why the client is not in the room of its path, or null. It has shown a token that is not good, and is not to be taken for a guest;
     * or the room takes a password; or, if it speaks a simple face, the database is away, and it may just try again.
     */
    private Refusal refused;

    private boolean over;

    /**
     * Which beginning counts. Who says Hello just when it is greeted without has begun anew before the greeting has a seat for it, and
     * must not get two.
     */
    private int beginning;

    Reception(
            Connection connection,
            RoomName home,
            RoomManager rooms,
            Entrance entrance,
            Speaker speaker,
            Memberships memberships,
            Turns turns,
            Failures failures) {
        this.connection = connection;
        this.home = home;
        this.rooms = rooms;
        this.entrance = entrance;
        this.speaker = speaker;
        this.memberships = memberships;
        this.turns = turns;
        this.failures = failures;
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
        int mine;
        synchronized (entering) {
            mine = beginning;
        }
        entrance.enter(
                home,
                speaker.visitor(),
                password,
                turns,
                (book, visitor) -> seatAtHome(mine, book, visitor, greeting),
                failure -> keepOut(mine, failure, greeting, asked));
    }

    private Membership seatAtHome(int mine, RoomBook book, Visitor visitor, Greeting greeting) {
        synchronized (entering) {
            return mine == beginning ? seat(home, book, visitor, greeting) : null;
        }
    }

    /** @return null if the connection has ended meanwhile */
    Membership seat(RoomName room, RoomBook book, Visitor visitor, Greeting greeting) {
        synchronized (entering) {
            if (over) {
                return null;
            }
            if (room.equals(home)) {
                refused = null;
            }
            var membership = memberships.add(room, visitor);
            try {
                var refusal = greeting == null
                        ? rooms.enter(room, book, membership)
                        : rooms.enter(room, book, membership, greeting);
                if (refusal.isPresent()) {
                    throw refusal.get();
                }
            } catch (RuntimeException failure) {
                // It has no seat there: what it asks of that room would never be answered.
                memberships.forget(membership);
                throw failure;
            }
            return membership;
        }
    }

    // Whoever may come in later asks again, who knows no better may say Hello again, and the others have to go.
    private void keepOut(int mine, RuntimeException failure, Greeting greeting, boolean asked) {
        var ref = greeting == null ? null : greeting.ref();
        var told = Failures.told(failure);
        if (!(told instanceof Refusal refusal)) {
            failures.tell(told, ref);
            return;
        }
        var isLater = mayAskAgain(refusal.code());
        var isPassword = refusal.code() == ErrorCode.PASSWORD_REQUIRED && connection.face() != Face.TEXT;
        var stays = isLater || isPassword;
        boolean isNews;
        synchronized (entering) {
            if (mine != beginning) {
                return;
            }
            isNews = refused == null;
            greeted = !isLater;
            refused = stays ? refusal : null;
        }
        if (stays) {
            // Another Hello may follow, which it may not once a name was asked for.
            speaker.asksFor(null);
        }
        // A request that had to wait for this gets an answer of its own.
        if (asked || isNews || !stays) {
            failures.tell(refusal.inRoom(home), ref);
        }
        if (!stays) {
            connection.closeBehind(CloseCode.after(refusal.code()));
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
            if (!speaker.mayEnter()) {
                speaker.dismiss(CloseCode.NOT_AUTHENTICATED);
                return;
            }
            greeted = true;
            enterHome(connection.face() == Face.FULL ? Greeting.of(NO_HELLO) : null, null, false);
        }
    }

    /** @throws Refusal why the client is not in the room of its path, if it is to be told so again */
    void requireNotRefused(ClientMessage request) {
        synchronized (entering) {
            if (refused != null) {
                throw refused.ofRequest(request.ref());
            }
        }
    }

    void hello(ClientMessage.Hello hello) {
        if (connection.face() == Face.TEXT) {
            throw new Refusal(ErrorCode.BAD_MESSAGE, "Lines need no Hello.").ofRequest(hello.ref());
        }
        if (speaker.username() != null) {
            throw new Refusal(ErrorCode.BAD_MESSAGE, "A Hello comes before a name.").ofRequest(hello.ref());
        }
        if (hello.token() == null) {
            Speaker.requireOwnName(speaker.identity(), hello);
            beginAnew(hello);
        } else {
            synchronized (entering) {
                // Not to be greeted as a stranger while it is found out who it is.
                greeted = true;
            }
            speaker.prove(
                    hello.token(),
                    proven -> {
                        Speaker.requireOwnName(proven, hello);
                        identify(proven);
                        beginAnew(hello);
                    },
                    failure -> refuse(failure, hello.ref()));
        }
    }

    private void identify(Identity proven) {
        synchronized (entering) {
            speaker.become(proven);
        }
        speaker.dismissIfEnded();
    }

    // Whoever is in a room already stays there as who it was.
    private void refuse(RuntimeException failure, String ref) {
        // Before the connection may be ended for it.
        failures.tell(failure, ref);
        synchronized (entering) {
            refused = memberships.isEmpty() ? HELLO_AGAIN : null;
        }
        if (!speaker.mayEnter()) {
            speaker.dismiss(CloseCode.NOT_AUTHENTICATED);
        }
    }

    private void beginAnew(ClientMessage.Hello hello) {
        synchronized (entering) {
            if (over) {
                return;
            }
            if (!speaker.mayEnter()) {
                speaker.dismiss(CloseCode.NOT_AUTHENTICATED);
                return;
            }
            greeted = true;
            refused = null;
            beginning++;
            // What came before counts no more: there is one beginning.
            memberships.leaveAll(Departure.GONE);
            connection.speak(Face.FULL);
            speaker.asksFor(speaker.identity().isGuest() ? hello.username() : null);
        }
        enterHome(Greeting.of(hello), hello.password(), true);
    }

    /** From now on nobody comes in: the connection has ended. */
    void end() {
        synchronized (entering) {
            over = true;
        }
    }
}
