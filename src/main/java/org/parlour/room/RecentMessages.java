package org.parlour.room;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.parlour.history.StoredEvent;

/**
 * The newest messages of a room, the part of its history that needs no database. Not safe for threads: guarded by the room's
 * lock.
 */
final class RecentMessages {

    private final int capacity;
    private final ArrayDeque<StoredEvent> messages = new ArrayDeque<>();
    // Every message from this seq on is here. Before the first event it is unknown where that is.
    private long floor = Long.MAX_VALUE;

    RecentMessages(int capacity) {
        this.capacity = capacity;
    }

    /** Takes note of the room's next event; only spoken ones are kept. */
    void add(StoredEvent event) {
        floor = Math.min(floor, event.seq());
        // A read of the log may have brought it already.
        if (event.kind().isSpoken() && (messages.isEmpty() || messages.getLast().seq() < event.seq())) {
            messages.add(event);
            dropOldest();
        }
    }

    /** Forgets what was said at this seq; the place stays. */
    void empty(long seq) {
        empty(messages, seq);
    }

    static void empty(ArrayDeque<StoredEvent> events, long seq) {
        if (events.stream().noneMatch(event -> event.seq() == seq)) {
            return;
        }
        for (int i = events.size(); i > 0; i--) {
            var event = events.poll();
            events.add(event.seq() == seq ? event.emptied() : event);
        }
    }

    /**
     * Puts older messages, read from the log, before the ones that are here.
     *
     * @param older everything spoken below {@link #floor()}, or the newest of it, oldest first
     * @param all whether there is nothing older still
     */
    void prepend(List<StoredEvent> older, boolean all) {
        // Nothing older fits; and if messages fell out since the read began, the ones that were read do not join on.
        if (room() == 0) {
            return;
        }
        for (int i = older.size() - 1; i >= 0; i--) {
            if (older.get(i).seq() < floor) {
                floor = older.get(i).seq();
                messages.addFirst(older.get(i));
            }
        }
        if (all) {
            floor = Math.min(floor, 1);
        }
        dropOldest();
    }

    /** Forgets all up to this seq. */
    void purge(long through) {
        while (!messages.isEmpty() && messages.getFirst().seq() <= through) {
            messages.poll();
        }
    }

    private void dropOldest() {
        while (messages.size() > capacity) {
            floor = messages.poll().seq() + 1;
        }
    }

    /** All messages from this seq on are here; {@link Long#MAX_VALUE} in a room in which nothing has happened yet. */
    long floor() {
        return floor;
    }

    int size() {
        return messages.size();
    }

    /** How many more messages fit. */
    int room() {
        return capacity - messages.size();
    }

    /** The newest {@code limit} of the messages here that are below {@code before}, oldest first. */
    List<StoredEvent> newest(int limit, long before) {
        var found = new ArrayList<StoredEvent>();
        for (var message : messages) {
            if (message.seq() < before) {
                found.add(message);
            }
        }
        return found.size() > limit
                ? List.copyOf(found.subList(found.size() - limit, found.size()))
                : List.copyOf(found);
    }
}
