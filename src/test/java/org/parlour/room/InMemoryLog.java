package org.parlour.room;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.parlour.history.Draft;
import org.parlour.history.EventKind;
import org.parlour.history.MessageLog;
import org.parlour.history.Outcome;
import org.parlour.history.RoomHead;
import org.parlour.history.StoredEvent;
import org.parlour.protocol.ErrorCode;
import org.parlour.protocol.Refusal;
import org.parlour.protocol.RoomName;

/** A log without a database, which counts the reads and is away when told to. Safe for any thread. */
final class InMemoryLog extends MessageLog {

    private final Map<RoomName, List<StoredEvent>> rooms = new HashMap<>();
    private final Map<RoomName, Long> purged = new HashMap<>();
    private final AtomicInteger reads = new AtomicInteger();
    private volatile boolean away;
    private volatile Runnable whileItReads = () -> {};

    @Override
    public synchronized List<Outcome> append(List<Draft> drafts) {
        requireThere();
        return drafts.stream().map(this::appendOne).toList();
    }

    private Outcome appendOne(Draft draft) {
        var log = eventsOf(draft.room());
        if (draft.kind() == EventKind.DELETED) {
            var deletion = log.stream()
                    .filter(event -> draft.target().equals(event.target()))
                    .findFirst();
            if (deletion.isPresent()) {
                return new Outcome.Stored(deletion.get(), true);
            }
            log.replaceAll(event -> event.seq() == draft.target() ? event.emptied() : event);
        }
        for (var earlier : log) {
            if (draft.nonce() != null
                    && draft.nonce().equals(earlier.nonce())
                    && draft.senderId().equals(earlier.senderId())) {
                return earlier.isDeleted() || Objects.equals(draft.content(), earlier.content())
                        ? new Outcome.Stored(earlier, true)
                        : new Outcome.Refused(new Refusal(ErrorCode.NONCE_CONFLICT, "The nonce is used up."));
            }
        }
        if (draft.refusal() != null) {
            return new Outcome.Refused(draft.refusal());
        }
        var event = new StoredEvent(
                draft.room(),
                1,
                log.size() + 1,
                draft.kind(),
                draft.sender(),
                draft.senderId(),
                draft.content(),
                draft.nonce(),
                null,
                draft.target(),
                Instant.EPOCH);
        log.add(event);
        return new Outcome.Stored(event, false);
    }

    @Override
    public RoomHead head(RoomName room) {
        return read(() -> {
            var log = eventsOf(room);
            var topic = log.stream()
                    .filter(event -> event.kind() == EventKind.TOPIC)
                    .reduce((one, later) -> later);
            return new RoomHead(
                    log.isEmpty() ? null : "epoch",
                    log.size(),
                    topic.map(StoredEvent::content).orElse(""),
                    purged(room));
        });
    }

    @Override
    public List<StoredEvent> spokenBefore(RoomName room, long before, int limit) {
        return read(() -> last(limit, spoken(room, event -> event.seq() < before)));
    }

    @Override
    public long startOfSpokenBefore(RoomName room, long before, int limit) {
        return read(() -> {
            var found = last(limit, spoken(room, event -> event.seq() < before));
            return found.isEmpty() ? before : found.get(0).seq();
        });
    }

    @Override
    public List<StoredEvent> spokenBetween(RoomName room, long from, long before, int limit) {
        return read(() -> spoken(room, event -> event.seq() >= from && event.seq() < before)
                .limit(limit)
                .toList());
    }

    @Override
    public List<StoredEvent> after(RoomName room, long seq, int limit) {
        return read(() -> eventsOf(room).stream()
                .filter(event -> event.seq() > Math.max(seq, purged(room)))
                .limit(limit)
                .toList());
    }

    private Stream<StoredEvent> spoken(RoomName room, Predicate<StoredEvent> which) {
        return eventsOf(room).stream()
                .filter(event -> event.kind().isSpoken() && event.seq() > purged(room))
                .filter(which);
    }

    private static List<StoredEvent> last(int limit, Stream<StoredEvent> events) {
        var all = events.toList();
        return all.subList(Math.max(0, all.size() - limit), all.size());
    }

    private interface Query<T> {
        T run();
    }

    private <T> T read(Query<T> query) {
        reads.incrementAndGet();
        requireThere();
        T found;
        synchronized (this) {
            found = query.run();
        }
        whileItReads.run();
        return found;
    }

    private void requireThere() {
        if (away) {
            throw new IllegalStateException("The database is away, as the test wants");
        }
    }

    private List<StoredEvent> eventsOf(RoomName room) {
        return rooms.computeIfAbsent(room, name -> new ArrayList<>());
    }

    private long purged(RoomName room) {
        return purged.getOrDefault(room, 0L);
    }

    // What the test wants of it

    /** Lets the log of a room begin later. */
    synchronized void purge(RoomName room, long through) {
        purged.put(room, through);
    }

    void away(boolean away) {
        this.away = away;
    }

    /** Runs between a read and its return, without any lock. */
    void whileItReads(Runnable task) {
        whileItReads = task;
    }

    /** Puts messages into the log that were said before anybody came: {@code 1}, {@code 2} ... */
    void saidLongAgo(RoomName room, int messages) {
        for (int i = 1; i <= messages; i++) {
            append(List.of(new Draft(room, EventKind.MESSAGE, "ghost", "of the past", Integer.toString(i))));
        }
    }

    // What the test sees of it

    int reads() {
        return reads.get();
    }

    synchronized List<StoredEvent> events(RoomName room) {
        return List.copyOf(eventsOf(room));
    }

    /** The room's events in short: {@code JOINED ann}, {@code MESSAGE ann hello}. */
    List<String> lines(RoomName room) {
        return events(room).stream()
                .map(event ->
                        event.kind() + " " + event.sender() + (event.content() == null ? "" : " " + event.content()))
                .toList();
    }
}
