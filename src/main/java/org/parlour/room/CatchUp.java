package org.parlour.room;

import java.util.List;
import org.parlour.protocol.CloseCode;
import org.parlour.protocol.Face;
import org.parlour.protocol.Outgoing;
import org.parlour.protocol.ServerMessage;

/** Feeds a member that fell behind, or was away, until it has caught up and is live again. */
final class CatchUp implements Feed {

    /** A page of the longest messages is about as large as a connection's budget. */
    private static final int PAGE = 50;

    private final Flow flow;
    private final Seat seat;

    CatchUp(Flow flow, Seat seat) {
        this.flow = flow;
        this.seat = seat;
    }

    @Override
    public List<Outgoing> next() {
        for (var after = flow.catchUpAfter(seat); after.isPresent(); after = flow.catchUpAfter(seat)) {
            var told = flow.read(seat, after.getAsLong(), PAGE);
            if (!told.isEmpty()) {
                return page(told);
            }
        }
        return List.of();
    }

    private List<Outgoing> page(List<ServerMessage> told) {
        if (seat.member.face() != Face.FULL) {
            return told.stream().map(Outgoing::new).toList();
        }
        var room = flow.room().value();
        return List.of(
                new Outgoing(new ServerMessage.Batch("resume", room, null, flow.isBehind(seat), null, null, told)));
    }

    /** It cannot be told what it missed. When it comes back it asks for it. */
    @Override
    public List<Outgoing> failed() {
        seat.member.close(CloseCode.STORAGE_DOWN);
        return List.of();
    }
}
