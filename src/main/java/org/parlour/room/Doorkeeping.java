package org.parlour.room;

import java.time.Instant;
import java.util.Locale;
import java.util.function.Consumer;
import org.parlour.auth.Action;
import org.parlour.auth.Invitation;
import org.parlour.auth.Invitations;
import org.parlour.auth.RoomAccess;
import org.parlour.metrics.ChatMetrics;
import org.parlour.protocol.ClientMessage;
import org.parlour.protocol.Outgoing;
import org.parlour.protocol.Refusal;
import org.parlour.protocol.ServerMessage;

/** What one member asks about the door of a room: to let others in, or nobody any more. The member's further requests wait for it. */
final class Doorkeeping {

    private final Room room;
    private final Seat seat;
    private final Moderation moderation;
    private final ChatMetrics metrics;

    Doorkeeping(Room room, Seat seat, Moderation moderation, ChatMetrics metrics) {
        this.room = room;
        this.seat = seat;
        this.moderation = moderation;
        this.metrics = metrics;
    }

    void invite(ClientMessage.Invite request) {
        var wanted = Invitation.of(request.uses(), request.seconds(), "seconds", null);
        require(Action.INVITE);
        aside(() -> moderation.invite(
                room, seat.member.visitor(), wanted, made -> tell(made, request.ref()), refusing(request.ref())));
    }

    private void tell(Invitations.Made made, String ref) {
        seat.member.answer(new Outgoing(new ServerMessage.Invitation(
                ref,
                room.name().value(),
                made.id(),
                made.secret(),
                made.role().name().toLowerCase(Locale.ROOT),
                made.uses(),
                Events.time(made.expiresAt()))));
        seat.turns.goOn();
    }

    /** Whoever asks is put out with all the others, and told why. */
    void archive(ClientMessage.Archive request) {
        require(Action.CONFIGURE);
        aside(() ->
                moderation.archive(room, seat.member.visitor(), done -> seat.turns.goOn(), refusing(request.ref())));
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
            metrics.refused();
            seat.member.answer(new Outgoing(refusal.ofRequest(ref).answer()));
            seat.turns.goOn();
        };
    }

    private void require(Action action) {
        RoomAccess.require(action, room.book(), seat.member.visitor(), Instant.now());
    }
}
