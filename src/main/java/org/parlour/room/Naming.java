package org.parlour.room;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.parlour.auth.Action;
import org.parlour.config.ChatConfig;
import org.parlour.history.Draft;
import org.parlour.history.EventKind;
import org.parlour.history.LogWriter;
import org.parlour.history.Outcome;
import org.parlour.protocol.ClientMessage;
import org.parlour.protocol.ErrorCode;
import org.parlour.protocol.Outgoing;
import org.parlour.protocol.Refusal;
import org.parlour.protocol.ServerMessage;
import org.parlour.protocol.Username;

/** How a member gets its name in a room. A name is reserved at once, and the member's further requests wait until it is stored. */
final class Naming {

    private final Caller caller;
    private final Room room;
    private final Seat seat;
    private final Member member;
    private final LogWriter writer;
    private final Delivery delivery;
    private final ChatConfig config;

    Naming(Caller caller, LogWriter writer, Delivery delivery, ChatConfig config) {
        this.caller = caller;
        this.room = caller.room;
        this.seat = caller.seat;
        this.member = caller.member;
        this.writer = writer;
        this.delivery = delivery;
        this.config = config;
    }

    /**
     * Lets a member in that has asked for a name, or for none.
     *
     * @param arrival makes its first words, given why it does not have the name that it asked for, or null
     */
    void enter(String username, Function<Refusal, Feed> arrival) {
        if (username == null || room.people().nameOf(seat).isPresent()) {
            member.answer(arrival.apply(null));
            return;
        }
        try {
            var name = new Username(username);
            if (waitsFor(name, refused -> member.answer(arrival.apply(refused)))) {
                return;
            }
            claim(name, outcome -> {
                if (outcome instanceof Outcome.Stored stored) {
                    delivery.happened(stored.event(), null, null);
                }
                member.answer(arrival.apply(Caller.refusalIn(outcome)));
            });
        } catch (Refusal refusal) {
            caller.noteRefusal(refusal);
            member.answer(arrival.apply(refusal));
        }
    }

    /**
     * Another connection of the same account may just be setting the name: then what this one asks for waits for that.
     *
     * @param then is told why it has not got the name after all, or null
     * @return whether it waits, and {@code then} will be called
     */
    boolean waitsFor(Username name, Consumer<Refusal> then) {
        if (member.identity().isGuest()) {
            return false;
        }
        seat.turns.hold();
        var waits = room.people().afterClaim(seat, name, () -> {
            then.accept(room.people().nameOf(seat).isPresent() ? null : Caller.overloaded());
            seat.turns.goOn();
        });
        if (!waits) {
            seat.turns.goOn();
        }
        return waits;
    }

    /** Whether the member has a name in the room. */
    boolean isNamed() {
        return caller.name().isPresent();
    }

    void setUsername(ClientMessage.SetUsername request) {
        if (request.username() == null) {
            throw new Refusal(ErrorCode.BAD_MESSAGE, "\"username\" is missing.", "username");
        }
        var wanted = new Username(request.username());
        caller.require(Action.ENTER);
        if (!member.identity().isGuest() && !member.identity().name().equals(wanted)) {
            throw new Refusal(ErrorCode.FORBIDDEN, "Your name is that of your account.", "username");
        }
        if (room.people().nameOf(seat).equals(Optional.of(wanted))) {
            caller.answer(new ServerMessage.Notice(
                    "USERNAME_UNCHANGED", "You are already called " + wanted + ".", null, request.ref()));
            return;
        }
        claim(wanted, outcome -> named(request.ref(), outcome));
    }

    // The member's further requests wait for the outcome.
    private void claim(Username wanted, Consumer<Outcome> then) {
        if (!member.identity().isGuest()) {
            room.people().evict(seat, wanted).forEach(this::tellEvicted);
        }
        var previous = room.people().claim(seat, wanted);
        seat.turns.hold();
        var draft = previous.map(old -> caller.draft(EventKind.RENAMED, old, wanted.value()))
                .orElseGet(() -> caller.draft(EventKind.JOINED, wanted, null));
        var offered = writer.offer(draft, outcome -> {
            var waiting = room.people().settle(seat, outcome instanceof Outcome.Stored);
            if (outcome instanceof Outcome.Stored) {
                member.named();
            }
            then.accept(outcome);
            seat.turns.goOn();
            waiting.forEach(Runnable::run);
        });
        if (!offered) {
            var waiting = room.people().settle(seat, false);
            seat.turns.goOn();
            waiting.forEach(Runnable::run);
            throw Caller.overloaded();
        }
    }

    // A guest took the name before it belonged to somebody. Nobody is to take the one for the other.
    private void tellEvicted(People.Evicted guest) {
        var draft = new Draft(room.name(), EventKind.LEFT, guest.name().value(), guest.person(), "quit");
        writer.offer(draft, outcome -> {
            if (outcome instanceof Outcome.Stored stored) {
                delivery.happened(stored.event(), null, null);
            }
        });
        var refusal = new Refusal(
                ErrorCode.USERNAME_TAKEN, "This username belongs to an account now. Please take another.", "username");
        guest.members()
                .forEach(one ->
                        one.answer(new Outgoing(refusal.inRoom(room.name()).answer())));
    }

    private void named(String ref, Outcome outcome) {
        if (outcome instanceof Outcome.Stored stored) {
            if (stored.event().kind() == EventKind.JOINED && !seat.recovered) {
                member.answer(HistoryFeed.recent(
                        room, config.recentMessages(), stored.event().seq()));
            }
            delivery.happened(stored.event(), member, Events.toAck(stored, ref));
        } else {
            caller.refuse(Caller.refusalIn(outcome), ref);
        }
    }
}
