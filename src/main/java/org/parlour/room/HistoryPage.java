package org.parlour.room;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.parlour.history.StoredEvent;
import org.parlour.protocol.ClientMessage;
import org.parlour.protocol.ErrorCode;
import org.parlour.protocol.Outgoing;
import org.parlour.protocol.Refusal;
import org.parlour.protocol.ServerMessage;

/**
 * One page of earlier messages, as the answer to one request: from memory if it is there, else from the log. A page of very long
 * messages ends early and says that there is more.
 */
final class HistoryPage implements Feed {

    static final int MAX_LIMIT = 200;
    private static final int USUAL_LIMIT = 50;

    /** In UTF-16 units: about half of a connection's budget. */
    private static final int MAX_LENGTH = 256 * 1024;

    private final Room room;
    private final Seat seat;
    private final ClientMessage.History request;
    private final int limit;
    private boolean told;

    /** @throws Refusal BAD_MESSAGE */
    HistoryPage(Room room, Seat seat, ClientMessage.History request) {
        this.room = room;
        this.seat = seat;
        this.request = request;
        requireFromOne("before", request.before());
        requireFromOne("after", request.after() == null ? null : request.after() + 1);
        requireFromOne("around", request.around());
        requireFromOne("limit", request.limit() == null ? null : (long) request.limit());
        if (Stream.of(request.before(), request.after(), request.around())
                        .filter(Objects::nonNull)
                        .count()
                > 1) {
            throw new Refusal(ErrorCode.BAD_MESSAGE, "Only one of \"before\", \"after\" and \"around\" is possible.");
        }
        this.limit = request.limit() == null ? USUAL_LIMIT : Math.min(request.limit(), MAX_LIMIT);
    }

    private static void requireFromOne(String field, Long value) {
        if (value != null && value < 1) {
            throw new Refusal(ErrorCode.BAD_MESSAGE, "History counts from 1.", field);
        }
    }

    @Override
    public List<Outgoing> next() {
        if (told) {
            return List.of();
        }
        told = true;
        if (request.after() != null) {
            return after(request.after(), limit).batch(this, true);
        }
        if (request.around() != null) {
            return around(request.around());
        }
        return before(request.before() == null ? Long.MAX_VALUE : request.before(), limit)
                .batch(this, false);
    }

    private List<Outgoing> around(long seq) {
        var older = before(seq, limit / 2);
        var newer = after(seq - 1, limit - older.events().size());
        // Each half is shortened at its far end, so that the message asked for stays.
        var page = shortened(older.events(), false, MAX_LENGTH / 2);
        var more = older.more() || page.size() < older.events().size();
        page.addAll(shortened(newer.events(), true, MAX_LENGTH / 2));
        return batch(page, more);
    }

    /** @param more whether there may be more in the direction of reading */
    private record Found(List<StoredEvent> events, boolean more) {

        /** @param one more than wanted, if there are so many */
        static Found of(List<StoredEvent> one, int wanted, boolean forward) {
            var more = one.size() > wanted;
            return new Found(more ? forward ? one.subList(0, wanted) : one.subList(1, one.size()) : one, more);
        }

        List<Outgoing> batch(HistoryPage page, boolean forward) {
            var kept = shortened(events, forward, MAX_LENGTH);
            return page.batch(kept, more || kept.size() < events.size());
        }
    }

    private Found before(long seq, int wanted) {
        if (wanted < 1) {
            return new Found(List.of(), seq > 1);
        }
        // What happens from now on reaches the member live, behind this page.
        var before = Math.min(seq, room.memory().newest() + 1);
        var remembered = room.memory().remembered(wanted, before);
        if (remembered.isPart(wanted)) {
            return Found.of(room.log().spokenBefore(room.name(), before, wanted + 1), wanted, false);
        }
        // What lies before may be joins and leaves only; to know it would cost a query.
        var messages = remembered.messages();
        return new Found(
                messages,
                !messages.isEmpty()
                        && messages.size() == wanted
                        && messages.get(0).seq() > 1);
    }

    private Found after(long seq, int wanted) {
        return wanted < 1
                ? new Found(List.of(), true)
                : Found.of(
                        room.log()
                                .spokenBetween(
                                        room.name(), seq + 1, room.memory().newest() + 1, wanted + 1),
                        wanted,
                        true);
    }

    private static List<StoredEvent> shortened(List<StoredEvent> page, boolean forward, int maxLength) {
        var kept = new ArrayList<StoredEvent>();
        int length = 0;
        for (int i = 0; i < page.size(); i++) {
            var event = page.get(forward ? i : page.size() - 1 - i);
            length += event.isDeleted() ? 0 : event.content().length();
            if (length > maxLength && !kept.isEmpty()) {
                break;
            }
            kept.add(event);
        }
        if (!forward) {
            Collections.reverse(kept);
        }
        return kept;
    }

    private List<Outgoing> batch(List<StoredEvent> events, boolean more) {
        var told = events.stream()
                .map(event -> Events.toMessageFor(seat.person.id, event))
                .toList();
        var first = events.isEmpty() ? null : events.get(0).seq();
        var last = events.isEmpty() ? null : events.get(events.size() - 1).seq();
        return List.of(new Outgoing(
                new ServerMessage.Batch("history", room.name().value(), request.ref(), more, first, last, told)));
    }

    @Override
    public List<Outgoing> failed() {
        return List.of(new Outgoing(
                Refusal.storageUnavailable().ofRequest(request.ref()).answer()));
    }
}
