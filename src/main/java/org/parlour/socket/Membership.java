package org.parlour.socket;

import java.util.List;
import org.parlour.auth.Identity;
import org.parlour.auth.Visitor;
import org.parlour.protocol.Bundle;
import org.parlour.protocol.CloseCode;
import org.parlour.protocol.Face;
import org.parlour.protocol.Outgoing;
import org.parlour.protocol.Refusal;
import org.parlour.protocol.RoomName;
import org.parlour.protocol.ServerMessage;
import org.parlour.room.Feed;
import org.parlour.room.Member;

/** A connection as a member of one room. Safe for any thread. */
final class Membership implements Member {

    final RoomName room;
    private final Connection connection;
    private final Memberships memberships;

    /** Replaced when there is a fresh proof of the same account. */
    private volatile Visitor visitor;

    private volatile boolean over;

    Membership(RoomName room, Connection connection, Visitor visitor, Memberships memberships) {
        this.room = room;
        this.connection = connection;
        this.visitor = visitor;
        this.memberships = memberships;
    }

    @Override
    public Identity identity() {
        return visitor.identity();
    }

    @Override
    public Visitor visitor() {
        return visitor;
    }

    void identified(Identity fresh) {
        visitor = visitor.identified(fresh);
    }

    @Override
    public void judged(Visitor fresh) {
        visitor = fresh;
    }

    /** It has left, or been put out: what is still to be read for it is not read any more. */
    void end() {
        over = true;
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
        connection.answer(new Feed() {
            @Override
            public List<Outgoing> next() {
                return over ? List.of() : feed.next();
            }

            @Override
            public List<Outgoing> failed() {
                return over ? List.of() : feed.failed();
            }
        });
    }

    @Override
    public void reachable() {
        memberships.reachable(this);
    }

    @Override
    public void named() {
        memberships.named();
    }

    @Override
    public void depart(String ref) {
        memberships.depart(this, ref);
    }

    @Override
    public void turnAway(Refusal refusal) {
        memberships.turnAway(this, refusal);
    }

    @Override
    public void putOut(ServerMessage.Moderated told) {
        memberships.putOut(this, told);
    }

    @Override
    public void close(CloseCode code) {
        connection.close(code);
    }
}
