package org.parlour.room;

import java.time.Instant;
import java.util.Optional;
import org.parlour.auth.Action;
import org.parlour.auth.RoomAccess;
import org.parlour.history.Draft;
import org.parlour.history.EventKind;
import org.parlour.history.Outcome;
import org.parlour.metrics.ChatMetrics;
import org.parlour.protocol.ErrorCode;
import org.parlour.protocol.Outgoing;
import org.parlour.protocol.Refusal;
import org.parlour.protocol.ServerMessage;
import org.parlour.protocol.Username;

/** The member that asks for something, in the room that it asks: what it may do, and how it is answered. */
final class Caller {

    private static final String NAME_BEFORE_SENDING =
            "Please set a username with `/user <name>` before sending messages.";

    final Room room;
    final Seat seat;
    final Member member;
    private final ChatMetrics metrics;

    Caller(Room room, Seat seat, ChatMetrics metrics) {
        this.room = room;
        this.seat = seat;
        this.member = seat.member;
        this.metrics = metrics;
    }

    /**
     * Now, and not when the member came: much may have been decided since.
     *
     * @throws Refusal see {@link RoomAccess#require}
     */
    void require(Action action) {
        RoomAccess.require(action, room.book(), member.visitor(), Instant.now());
    }

    Optional<Username> name() {
        return room.people().nameOf(seat);
    }

    /** @throws Refusal USERNAME_REQUIRED */
    Username requireName() {
        return requireName(NAME_BEFORE_SENDING);
    }

    /** @throws Refusal USERNAME_REQUIRED, with this sentence */
    Username requireName(String sentence) {
        return name().orElseThrow(() -> new Refusal(ErrorCode.USERNAME_REQUIRED, sentence));
    }

    Draft draft(EventKind kind, Username sender, String content) {
        return new Draft(room.name(), kind, sender.value(), member.id(), content);
    }

    void answer(ServerMessage message) {
        member.answer(new Outgoing(message));
    }

    void refuse(Refusal refusal, String ref) {
        member.answer(refused(refusal, ref));
    }

    /** Takes note of a refusal, and says it. */
    Outgoing refused(Refusal refusal, String ref) {
        noteRefusal(refusal);
        return new Outgoing(refusal.ofRequest(ref).answer());
    }

    /** For whoever is answered in another way. */
    void noteRefusal(Refusal refusal) {
        metrics.refused(refusal.code().name());
    }

    /** @return null if it was stored */
    static Refusal refusalIn(Outcome outcome) {
        return outcome instanceof Outcome.Refused refused ? refused.refusal() : null;
    }

    static Refusal overloaded() {
        return new Refusal(ErrorCode.OVERLOADED, "Too much is waiting to be stored. Please try again.");
    }
}
