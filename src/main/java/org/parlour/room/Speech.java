package org.parlour.room;

import java.util.function.Consumer;
import org.parlour.auth.RoomBook;
import org.parlour.auth.Visitor;
import org.parlour.history.Draft;
import org.parlour.history.LogWriter;
import org.parlour.history.Outcome;
import org.parlour.protocol.Refusal;

/** Offers to the log what people say, as often as the room lets them, by whatever door they come. Any thread may enter, and none waits. */
final class Speech {

    private final LogWriter writer;
    private final SlowMode slowMode;

    Speech(LogWriter writer, SlowMode slowMode) {
        this.writer = writer;
        this.slowMode = slowMode;
    }

    /**
     * Says something. Whether somebody may speak at all is not asked here.
     *
     * @param outcome is told once, on the lane's thread
     * @throws Refusal RATE_LIMITED in slow mode; OVERLOADED: nothing was queued
     */
    void offer(Draft draft, RoomBook book, Visitor who, Consumer<Outcome> outcome) {
        var slot = slowMode.take(draft.room(), book, who);
        var offered = draft.afterSilence(slot.silence());
        if (slot.refusal() != null) {
            if (draft.nonce() == null) {
                throw slot.refusal();
            }
            // It may have been said before, and is only sent again.
            offered = draft.refusedBy(slot.refusal());
        }
        var queued = writer.offer(offered, result -> {
            if (!(result instanceof Outcome.Stored stored) || stored.duplicate()) {
                slot.giveBack();
            }
            outcome.accept(result);
        });
        if (!queued) {
            slot.giveBack();
            throw Caller.overloaded();
        }
    }
}
