package org.parlour.room;

import java.time.Instant;
import java.util.function.Consumer;
import org.parlour.auth.Action;
import org.parlour.auth.Invitation;
import org.parlour.auth.Invitations;
import org.parlour.protocol.ClientMessage;
import org.parlour.protocol.Refusal;
import org.parlour.protocol.ServerMessage;
import org.parlour.protocol.Username;

/** What one member asks by its office: to rule over others, to let somebody in, or nobody any more. Its further requests wait for it. */
final class Office {

    private final Caller caller;
    private final Room room;
    private final Seat seat;
    private final Member member;
    private final Moderation moderation;

    Office(Caller caller, Moderation moderation) {
        this.caller = caller;
        this.room = caller.room;
        this.seat = caller.seat;
        this.member = caller.member;
        this.moderation = moderation;
    }

    void moderate(ClientMessage.Moderate request) {
        var by = caller.requireName();
        var ruling = Ruling.of(request, Instant.now());
        caller.require(ruling.verb().action);
        aside(() -> moderation.rule(room, member.visitor(), ruling, refusal -> {
            if (refusal == null) {
                ruled(ruling, by);
            } else {
                caller.refuse(refusal, request.ref());
            }
            seat.turns.goOn();
        }));
    }

    private void ruled(Ruling ruling, Username by) {
        var told = ruling.told(room, by, null);
        room.flow().passing(told, member);
        caller.answer(ruling.told(room, by, ruling.ref()));
        if (ruling.verb() == Ruling.Verb.KICK) {
            room.people().called(ruling.whom()).forEach(one -> one.putOut(told));
        }
    }

    void invite(ClientMessage.Invite request) {
        var wanted = Invitation.of(request.uses(), request.seconds(), "seconds", null);
        caller.require(Action.INVITE);
        aside(() -> moderation.invite(
                room, member.visitor(), wanted, made -> tell(made, request.ref()), refusing(request.ref())));
    }

    private void tell(Invitations.Made made, String ref) {
        caller.answer(new ServerMessage.Invitation(
                ref,
                room.name().value(),
                made.id(),
                made.secret(),
                made.role().word(),
                made.uses(),
                Events.time(made.expiresAt())));
        seat.turns.goOn();
    }

    void slow(ClientMessage.Slow request) {
        var by = caller.requireName();
        caller.require(Action.CONFIGURE);
        aside(() -> moderation.slow(
                room,
                member.visitor(),
                request.seconds(),
                rules -> {
                    room.flow().passing(slowed(by, request.seconds(), null), member);
                    caller.answer(slowed(by, request.seconds(), request.ref()));
                    seat.turns.goOn();
                },
                refusing(request.ref())));
    }

    private ServerMessage slowed(Username by, int seconds, String ref) {
        var what = seconds == 0
                ? " lets everybody speak as often as they like."
                : " lets everybody speak once in " + seconds + " s.";
        return new ServerMessage.Notice(
                "SLOW_MODE", by.value() + what, room.name().value(), ref);
    }

    /** Whoever asks is put out with all the others, and told why. */
    void archive(ClientMessage.Archive request) {
        caller.require(Action.CONFIGURE);
        aside(() -> moderation.archive(room, member.visitor(), done -> seat.turns.goOn(), refusing(request.ref())));
    }

    private void aside(Runnable start) {
        seat.turns.hold();
        try {
            start.run();
        } catch (Refusal stopping) {
            seat.turns.goOn();
            throw stopping;
        }
    }

    private Consumer<Refusal> refusing(String ref) {
        return refusal -> {
            caller.refuse(refusal, ref);
            seat.turns.goOn();
        };
    }
}
