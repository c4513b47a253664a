package org.parlour.room;

import java.util.List;
import org.parlour.protocol.CloseCode;
import org.parlour.protocol.Outgoing;

/** Feeds a member that fell behind from the log, until it has caught up and is live again. */
final class CatchUp implements Feed {

    private static final int PAGE = 50;

    private final Room room;
    private final Seat seat;

    CatchUp(Room room, Seat seat) {
        this.room = room;
        this.seat = seat;
    }

    @Override
    public List<Outgoing> next() {
        for (var after = room.catchUpAfter(seat); after.isPresent(); after = room.catchUpAfter(seat)) {
            var events = room.log().after(room.name(), after.getAsLong(), PAGE);
            if (events.isEmpty()) {
                throw new IllegalStateException("The log ends at " + after.getAsLong() + ", but more was delivered");
            }
            room.caughtUp(seat, events.get(events.size() - 1).seq());
            var others = events.stream()
                    .filter(event -> !event.senderId().equals(seat.member.id()))
                    .map(event -> new Outgoing(Events.toMessage(event, null)))
                    .toList();
            if (!others.isEmpty()) {
                return others;
            }
        }
        return List.of();
    }

    /** It cannot be told what it missed. When it comes back it asks for it. */
    @Override
    public List<Outgoing> failed(RuntimeException failure) {
        seat.member.close(CloseCode.STORAGE_DOWN);
        return List.of();
    }
}
