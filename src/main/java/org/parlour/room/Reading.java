package org.parlour.room;

import org.parlour.auth.Action;
import org.parlour.config.ChatConfig;
import org.parlour.history.LogWriter;
import org.parlour.protocol.ClientMessage;
import org.parlour.protocol.ErrorCode;
import org.parlour.protocol.Refusal;

/** What a member asks to be told of a room. */
final class Reading {

    static final String NAME_BEFORE_HISTORY = "Please set a username with `/user <name>` before loading history.";

    private final Caller caller;
    private final Room room;
    private final Seat seat;
    private final Member member;
    private final LogWriter writer;
    private final ChatConfig config;

    Reading(Caller caller, LogWriter writer, ChatConfig config) {
        this.caller = caller;
        this.room = caller.room;
        this.seat = caller.seat;
        this.member = caller.member;
        this.writer = writer;
        this.config = config;
    }

    void history(ClientMessage.History request) {
        caller.requireName(NAME_BEFORE_HISTORY);
        caller.require(Action.READ);
        var page = new HistoryPage(caller, request);
        afterOwnWrites(() -> member.answer(page));
    }

    void recall(ClientMessage.Recall request) {
        caller.requireName(NAME_BEFORE_HISTORY);
        caller.require(Action.READ);
        var limit = request.limit() == null ? config.historyLimit() : request.limit();
        var before = request.before() == null ? Long.MAX_VALUE : request.before();
        if (limit < 1 || before < 1) {
            throw new Refusal(ErrorCode.BAD_MESSAGE, "History counts from 1.", limit < 1 ? "limit" : "before");
        }
        var capped = Math.min(limit, config.historyLimit());
        afterOwnWrites(() -> member.answer(HistoryFeed.of(room, request.ref(), capped, before)));
    }

    void topic(ClientMessage.Topic request) {
        caller.require(Action.READ);
        afterOwnWrites(() -> member.answer(new TopicFeed(room, request.ref())));
    }

    void who(ClientMessage.Who request) {
        caller.require(Action.READ);
        caller.answer(room.people().presence(request.ref(), room.name(), config.presenceLimit()));
    }

    /**
     * Runs a task behind all that the member has said: whoever says something and asks for the history at once finds it there, and does
     * not hear it again behind it.
     *
     * @throws Refusal OVERLOADED
     */
    void afterOwnWrites(Runnable task) {
        if (!room.people().isWriting(seat)) {
            room.flow().afterwards(task);
        } else if (!writer.afterwards(room.name(), () -> room.flow().afterwards(task))) {
            throw Caller.overloaded();
        }
    }
}
