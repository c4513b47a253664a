package org.parlour.room;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.parlour.history.EventKind;
import org.parlour.history.MessageLog;
import org.parlour.history.RoomHead;
import org.parlour.history.StoredEvent;
import org.parlour.protocol.RoomName;

/**
 * What an open room knows of its log without asking the database: where it ends, its last events, its last messages. Any thread may
 * enter; the room's lock guards everything and is not held while the database is asked.
 */
final class Memory {

    /** Enough for whoever was away for a moment. */
    private static final int TAIL = 256;

    private static final long UNKNOWN = Seat.ANYWHERE;

    private final Object lock;
    private final RoomName name;
    private final MessageLog log;
    private final int capacity;
    private RecentMessages recent;

    /** The newest events of all kinds, without a hole. */
    private final ArrayDeque<StoredEvent> tail = new ArrayDeque<>(0);

    /** The newest event that was noted. */
    private long newest = UNKNOWN;

    // Apart from the newest: an event that is committed and not noted yet has still to be told to the others.
    private RoomHead head;

    /** The newest seq that is kept no longer, as far as is known. */
    private long purged;

    /** The one read that fills {@link #recent}, while it runs. */
    private CompletableFuture<Void> loading;

    /** What was deleted while it runs: it may have read the log before. */
    private final Set<Long> deletedMeanwhile = new HashSet<>(0);

    Memory(Object lock, RoomName name, MessageLog log, int recentMessages) {
        this.lock = lock;
        this.name = name;
        this.log = log;
        this.capacity = recentMessages;
        this.recent = new RecentMessages(recentMessages);
    }

    /** How an event fits what is known. */
    enum Fit {
        /** It is the next one. */
        NEXT,
        /** It is known already. */
        STALE,
        /** Something between was missed: it is in the log, but nobody was told. */
        AFTER_A_HOLE
    }

    /** Takes note of a stored event. */
    Fit note(StoredEvent event) {
        synchronized (lock) {
            if (event.seq() <= newest) {
                return Fit.STALE;
            }
            var fit = newest == UNKNOWN || event.seq() == newest + 1 ? Fit.NEXT : Fit.AFTER_A_HOLE;
            if (fit == Fit.AFTER_A_HOLE) {
                tail.clear();
                recent = new RecentMessages(capacity);
            }
            newest = event.seq();
            if (event.kind() == EventKind.DELETED) {
                empty(event.target());
            }
            recent.add(event);
            tail.add(event);
            if (tail.size() > TAIL) {
                tail.poll();
            }
            return fit;
        }
    }

    private void empty(long seq) {
        recent.empty(seq);
        RecentMessages.empty(tail, seq);
        if (loading != null) {
            deletedMeanwhile.add(seq);
        }
    }

    /** The newest seq that was noted, or {@link Seat#ANYWHERE}. */
    long last() {
        synchronized (lock) {
            return newest;
        }
    }

    /** The newest seq that is kept no longer, as far as is known; 0 if all is kept. */
    long purged() {
        synchronized (lock) {
            return purged;
        }
    }

    /** The same, as the log says it now. Blocks on the database. */
    long purgedNow() {
        purge(log.head(name).purged());
        return purged();
    }

    /** Forgets what is kept no longer. */
    void purge(long through) {
        synchronized (lock) {
            purged = Math.max(purged, through);
            tail.removeIf(event -> event.seq() <= through);
            recent.purge(through);
        }
    }

    /** How many messages are remembered. */
    int messages() {
        synchronized (lock) {
            return recent.size();
        }
    }

    /** The newest seq that is known, 0 = none. */
    long newest() {
        synchronized (lock) {
            return Math.max(newest, head == null ? 0 : head.lastSeq());
        }
    }

    /** Where the log stands. Blocks on the database when asked for the first time. The topic is not among what is known. */
    RoomHead head() {
        synchronized (lock) {
            if (head != null && head.epoch() != null) {
                return new RoomHead(head.epoch(), newest(), "", purged);
            }
        }
        var read = log.head(name);
        synchronized (lock) {
            head = read;
            purged = Math.max(purged, read.purged());
            return new RoomHead(read.epoch(), newest(), read.topic(), purged);
        }
    }

    /** The first {@code limit} events above a seq, from memory if they are there, else from the log. May block on the database. */
    List<StoredEvent> after(long seq, int limit) {
        synchronized (lock) {
            if (!tail.isEmpty() && tail.getFirst().seq() <= seq + 1) {
                return tail.stream()
                        .filter(event -> event.seq() > seq)
                        .limit(limit)
                        .toList();
            }
        }
        return log.after(name, seq, limit);
    }

    /**
     * What is in memory of the newest {@code limit} messages below {@code before}.
     *
     * @param from all messages from this seq on, up to {@code before}, were looked at
     */
    record Remembered(List<StoredEvent> messages, long from) {

        /** Whether the log may have more of them. */
        boolean isPart(int limit) {
            return messages.size() < limit && from > 1;
        }
    }

    Remembered remembered(int limit, long before) {
        synchronized (lock) {
            // Before what is kept there is nothing more in the log, either.
            var floor = recent.floor() <= purged + 1 ? 1 : recent.floor();
            return new Remembered(recent.newest(limit, before), Math.min(before, floor));
        }
    }

    /**
     * Fills the recent messages from the log, which happens once in the life of a room: when somebody first needs them. Whoever
     * needs them meanwhile waits for the same read. Blocks on the database.
     */
    void loadRecent() {
        CompletableFuture<Void> read;
        RecentMessages filled;
        long below;
        int wanted;
        synchronized (lock) {
            filled = recent;
            below = recent.floor();
            wanted = recent.room();
            if (below <= 1 || wanted == 0) {
                return;
            }
            read = loading;
            if (read == null) {
                loading = new CompletableFuture<>();
            }
        }
        if (read != null) {
            read.join();
            return;
        }
        try {
            var older = log.spokenBefore(name, below, wanted);
            synchronized (lock) {
                // After a hole there are others, to which these do not join on.
                if (recent == filled) {
                    recent.prepend(older, older.size() < wanted);
                    deletedMeanwhile.forEach(recent::empty);
                    recent.purge(purged);
                }
            }
            endLoading(null);
        } catch (Exception failure) {
            endLoading(failure);
            throw failure;
        }
    }

    private void endLoading(Exception failure) {
        CompletableFuture<Void> read;
        synchronized (lock) {
            read = loading;
            loading = null;
            deletedMeanwhile.clear();
        }
        if (failure == null) {
            read.complete(null);
        } else {
            read.completeExceptionally(failure);
        }
    }
}
