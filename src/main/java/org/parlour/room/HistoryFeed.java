package org.parlour.room;

import java.util.List;
import org.parlour.history.StoredEvent;
import org.parlour.protocol.Outgoing;
import org.parlour.protocol.Refusal;
import org.parlour.protocol.ServerMessage;

/**
 * Earlier messages of a room, oldest first: what is in memory from there, and only the rest from the database, in pages, so that a
 * reader that does not read costs one page.
 */
final class HistoryFeed implements Feed {

    /** A page of the longest messages is about as large as a connection's budget. */
    private static final int PAGE = 50;

    private final Room room;
    private final String ref;
    private final int limit;
    private final long before;
    private final boolean recent;

    private boolean started;
    private boolean ended;
    private List<StoredEvent> fromMemory;
    private long nextFromLog;
    private long endOfLog;

    private HistoryFeed(Room room, String ref, int limit, long before, boolean recent) {
        this.room = room;
        this.ref = ref;
        this.limit = limit;
        this.before = before;
        this.recent = recent;
    }

    /** The newest {@code limit} messages below {@code before}, in answer to the request with this {@code ref}. */
    static HistoryFeed of(Room room, String ref, int limit, long before) {
        // What happens from now on reaches the member live, behind this feed.
        return new HistoryFeed(room, ref, limit, Math.min(before, room.memory().newest() + 1), false);
    }

    /** What was said last before {@code before}: as many messages as the room keeps in memory. */
    static HistoryFeed recent(Room room, int capacity, long before) {
        return new HistoryFeed(room, null, capacity, before, true);
    }

    @Override
    public List<Outgoing> next() {
        if (ended) {
            return List.of();
        }
        if (!started) {
            start();
        }
        if (nextFromLog < endOfLog) {
            var page = room.log().spokenBetween(room.name(), nextFromLog, endOfLog, PAGE);
            nextFromLog =
                    page.size() < PAGE ? endOfLog : page.get(page.size() - 1).seq() + 1;
            return List.of(batch(page, true));
        }
        ended = true;
        return List.of(batch(fromMemory, false));
    }

    @Override
    public List<Outgoing> failed() {
        return List.of(new Outgoing(Refusal.storageUnavailable().ofRequest(ref).answer()));
    }

    private void start() {
        var remembered = room.memory().remembered(limit, before);
        if (remembered.isPart(limit) && recent) {
            room.memory().loadRecent();
            remembered = room.memory().remembered(limit, before);
        }
        fromMemory = remembered.messages();
        if (remembered.isPart(limit)) {
            endOfLog = remembered.from();
            nextFromLog = room.log().startOfSpokenBefore(room.name(), endOfLog, limit - fromMemory.size());
        }
        started = true;
    }

    private Outgoing batch(List<StoredEvent> events, boolean hasMore) {
        var messages =
                events.stream().map(event -> Events.toMessage(event, null)).toList();
        var first = events.isEmpty() ? null : events.get(0).seq();
        var last = events.isEmpty() ? null : events.get(events.size() - 1).seq();
        return new Outgoing(
                new ServerMessage.Batch("history", room.name().value(), ref, hasMore, first, last, messages));
    }
}
