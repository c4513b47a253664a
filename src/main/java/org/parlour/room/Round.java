package org.parlour.room;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.parlour.history.StoredEvent;
import org.parlour.protocol.Bundle;
import org.parlour.protocol.Outgoing;
import org.parlour.protocol.ServerMessage;

/**
 * What happened since the members were last told something, dealt out to them. Most get one and the same {@link Bundle}; who has
 * said something gets acks in the place of its own events, and who joined in between gets only what is new to it.
 */
final class Round {

    private static final long NONE = 0;

    private final List<Happening> happenings;
    private final boolean hole;
    private final Bundle everything;
    private final Set<String> persons = new HashSet<>();
    private final long first;
    private final long last;
    private final List<Deal> deals = new ArrayList<>();

    /** @param before the newest seq that the member had before */
    private record Deal(Seat seat, Bundle bundle, long before) {}

    /** @param hole whether something was missed before: then all who are live have to be fed from the log */
    Round(List<Happening> happenings, boolean hole) {
        this.happenings = happenings;
        this.hole = hole;
        this.everything = bundle(happenings.stream().map(Happening::message).toList());
        happenings.forEach(happening -> persons.add(happening.person()));
        var seqs = happenings.stream()
                .map(Happening::event)
                .filter(Objects::nonNull)
                .mapToLong(StoredEvent::seq)
                .summaryStatistics();
        this.first = seqs.getCount() == 0 ? NONE : seqs.getMin();
        this.last = seqs.getCount() == 0 ? NONE : seqs.getMax();
    }

    private Bundle bundle(List<Outgoing> parts) {
        return happenings.stream().allMatch(happening -> happening.event() == null)
                ? Bundle.ephemeral(parts)
                : Bundle.of(parts);
    }

    /** Decides what a member gets. Under the room's lock. */
    void deal(Seat seat) {
        var concerned = persons.contains(seat.member.id());
        if (concerned) {
            answerLate(seat);
        }
        if (!seat.live) {
            return;
        }
        if (last == NONE) {
            deals.add(new Deal(seat, concerned ? bundle(partsFor(seat)) : everything, seat.delivered));
            return;
        }
        if (seat.delivered == Seat.ANYWHERE) {
            seat.delivered = first - 1;
        }
        var before = seat.delivered;
        if (hole || before < first - 1) {
            deals.add(new Deal(seat, null, before));
        } else if (before < last) {
            var whole = before == first - 1 && !concerned;
            deals.add(new Deal(seat, whole ? everything : bundle(partsFor(seat)), before));
            seat.delivered = last;
        }
    }

    // Acks of a member that has been fed beyond them, or has not been fed up to them.
    private void answerLate(Seat seat) {
        for (var happening : happenings) {
            var ack = happening.ack();
            if (ack == null || happening.asker() != seat.member) {
                continue;
            }
            if (ack.seq() <= seat.delivered) {
                seat.member.answer(new Outgoing(ack));
            } else if (!seat.live) {
                seat.park(ack);
            }
        }
    }

    private List<Outgoing> partsFor(Seat seat) {
        var parts = new ArrayList<Outgoing>(happenings.size());
        for (var happening : happenings) {
            if (happening.event() != null && happening.event().seq() <= seat.delivered) {
                continue;
            }
            if (happening.asker() == seat.member) {
                if (happening.ack() != null) {
                    parts.add(new Outgoing(happening.ack()));
                }
            } else {
                parts.add(happening.messageFor(seat.person.id));
            }
        }
        return parts;
    }

    /** Hands over what was dealt. Who cannot take it is fed from the log. @return how many times an event was taken */
    long handOver(Flow flow) {
        long taken = 0;
        for (var deal : deals) {
            if (deal.bundle == null) {
                flow.setBehind(deal.seat, deal.before, acksFor(deal));
            } else if (deal.bundle.parts().isEmpty() || deal.seat.member.offer(deal.bundle)) {
                taken += deal.bundle.parts().size();
            } else if (last != NONE) {
                flow.setBehind(deal.seat, deal.before, acksFor(deal));
            }
        }
        return taken;
    }

    private List<ServerMessage.Ack> acksFor(Deal deal) {
        return happenings.stream()
                .filter(happening -> happening.ack() != null && happening.asker() == deal.seat.member)
                .map(Happening::ack)
                .filter(ack -> ack.seq() > deal.before)
                .toList();
    }
}
