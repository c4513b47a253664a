package org.parlour.room;

import org.parlour.auth.Action;
import org.parlour.history.Draft;
import org.parlour.history.LogWriter;
import org.parlour.history.Outcome;
import org.parlour.protocol.ClientMessage;
import org.parlour.protocol.ErrorCode;
import org.parlour.protocol.Refusal;

/**
 * A member's wish that a message be deleted. Whether it may is found out aside, behind what it said itself, and its further requests
 * wait for that; then the deletion goes to the log as a message does.
 */
final class Deleting {

    private final Caller caller;
    private final Room room;
    private final Seat seat;
    private final LogWriter writer;
    private final Moderation moderation;
    private final Delivery delivery;

    Deleting(Caller caller, LogWriter writer, Moderation moderation, Delivery delivery) {
        this.caller = caller;
        this.room = caller.room;
        this.seat = caller.seat;
        this.writer = writer;
        this.moderation = moderation;
        this.delivery = delivery;
    }

    void delete(ClientMessage.Delete request) {
        var name = caller.requireName();
        if (request.seq() == null) {
            throw new Refusal(ErrorCode.BAD_MESSAGE, "\"seq\" is missing.", "seq");
        }
        var reason = Ruling.reason(request.reason());
        caller.require(Action.READ);
        var wanted = new Deletions.Wanted(room.name(), request.seq(), reason, caller.member.visitor(), name);
        seat.turns.hold();
        if (!room.people().isWriting(seat)) {
            ask(wanted, request.ref());
        } else if (!writer.afterwards(room.name(), () -> ask(wanted, request.ref()))) {
            seat.turns.goOn();
            throw Caller.overloaded();
        }
    }

    private void ask(Deletions.Wanted wanted, String ref) {
        try {
            moderation.delete(room, wanted, permitted -> write(permitted, ref), refusal -> refuse(refusal, ref));
        } catch (Refusal stopping) {
            refuse(stopping, ref);
        }
    }

    private void refuse(Refusal refusal, String ref) {
        caller.refuse(refusal, ref);
        seat.turns.goOn();
    }

    private void write(Draft deletion, String ref) {
        room.people().writes(seat, 1);
        if (writer.offer(deletion, outcome -> written(outcome, ref))) {
            seat.turns.goOn();
        } else {
            room.people().writes(seat, -1);
            refuse(Caller.overloaded(), ref);
        }
    }

    private void written(Outcome outcome, String ref) {
        room.people().writes(seat, -1);
        if (outcome instanceof Outcome.Stored stored) {
            delivery.happened(stored.event(), caller.member, Events.toAck(stored, ref));
        } else {
            caller.refuse(Caller.refusalIn(outcome), ref);
        }
    }
}
