package org.parlour.socket;

import org.parlour.auth.Identity;
import org.parlour.protocol.Bundle;
import org.parlour.protocol.CloseCode;
import org.parlour.protocol.Face;
import org.parlour.protocol.Outgoing;
import org.parlour.protocol.Refusal;
import org.parlour.protocol.RoomName;
import org.parlour.room.Feed;
import org.parlour.room.Member;

/** A connection as a member of one room. Safe for any thread. */
final class Membership implements Member {

    final RoomName room;
    private final Connection connection;
    private final Conversation conversation;

    /** Replaced by a fresh one of the same account. */
    private volatile Identity identity;

    Membership(RoomName room, Connection connection, Identity identity, Conversation conversation) {
        this.room = room;
        this.connection = connection;
        this.identity = identity;
        this.conversation = conversation;
    }

    @Override
    public Identity identity() {
        return identity;
    }

    void identified(Identity fresh) {
        identity = fresh;
    }

    @Override
    public String connection() {
        return connection.id();
    }

    @Override
    public Face face() {
        return connection.face();
    }

    @Override
    public boolean offer(Bundle events) {
        return connection.offer(events);
    }

    @Override
    public void answer(Outgoing answer) {
        connection.answer(answer);
    }

    @Override
    public void answer(Feed feed) {
        connection.answer(feed);
    }

    @Override
    public void named() {
        conversation.named();
    }

    @Override
    public void depart(String ref) {
        conversation.depart(this, ref);
    }

    @Override
    public void turnAway(Refusal refusal) {
        conversation.turnAway(this, refusal);
    }

    @Override
    public void close(CloseCode code) {
        connection.close(code);
    }
}
