package org.parlour.room;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.parlour.protocol.ServerMessage;

/** One member's place in a room. Guarded by the room's lock. */
final class Seat {

    /** Nothing has been handed over yet, and the member does not ask from where on it hears the room. */
    static final long ANYWHERE = -1;

    final Member member;
    final Person person;
    final Turns turns;

    /** How many of this member's messages are being written to the log. */
    int writing;

    /** Whether events are handed over as they happen. */
    boolean live;

    /** The newest seq that was handed over, or lay before this member's time. */
    long delivered = ANYWHERE;

    /** Whether the member was told everything since it was last here: it needs no replay. */
    boolean recovered;

    /** When the member last said that it is typing, in {@link System#nanoTime}. */
    long typedAt;

    boolean typing;

    /** Acks that have to wait until the member has been fed up to them, by their seq. */
    private Map<Long, ServerMessage.Ack> parked = Map.of();

    Seat(Member member, Person person, Object lock) {
        this.member = member;
        this.person = person;
        this.turns = new Turns(lock);
    }

    void park(ServerMessage.Ack ack) {
        if (parked.isEmpty()) {
            parked = new HashMap<>();
        }
        parked.put(ack.seq(), ack);
    }

    List<ServerMessage.Ack> unparkAll() {
        var acks = parked.values().stream()
                .sorted(Comparator.comparingLong(ServerMessage.Ack::seq))
                .toList();
        parked = Map.of();
        return acks;
    }

    /** @return the ack that waits for this seq, or null; it waits no longer */
    ServerMessage.Ack unpark(long seq) {
        return parked.isEmpty() ? null : parked.remove(seq);
    }
}
