package org.parlour.room;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import org.parlour.history.StoredEvent;
import org.parlour.metrics.ChatMetrics;
import org.parlour.protocol.CloseCode;
import org.parlour.protocol.Face;
import org.parlour.protocol.Outgoing;
import org.parlour.protocol.RoomName;
import org.parlour.protocol.ServerMessage;

/**
 * What happens in a room, on its way to the members. What happens together is handed over together, for the price is per write and
 * not per message: a room that has just told its members something waits for the rest of the tick (docs/adr/0013).
 *
 * <p>The room's lock guards everything and is held for memory work only; one thread at a time hands over, so that all members get
 * everything in one order.
 */
final class Flow {

    /** So much may gather; then whoever adds to it hands over itself. */
    private static final int MOST_PENDING = 512;

    /** A write costs some ten microseconds: so a room of up to 250 takes a tenth of a processor at most. */
    private static final Duration TICK_PER_MEMBER = Duration.ofNanos(100_000);

    /** Nobody waits longer than this, however large the room, unless the tick is set to more. */
    private static final Duration LONGEST_TICK = Duration.ofMillis(25);

    private final Object lock;
    private final RoomName room;
    private final People people;
    private final Memory memory;
    private final Pause pause;
    private final long tick;
    private final ChatMetrics metrics;
    private final ReentrantLock handingOver = new ReentrantLock();

    private List<Happening> pending = new ArrayList<>(0);
    private List<Runnable> afterwards = new ArrayList<>(0);

    /** Whether something was missed before what is pending. */
    private boolean hole;

    private boolean scheduled;

    /** When the first of what is pending was noted, in {@link System#nanoTime}. */
    private long pendingSince;

    /** When members were last told something, in {@link System#nanoTime}. */
    private long handedOverAt;

    Flow(Object lock, RoomName room, People people, Memory memory, Pause pause, Duration tick, ChatMetrics metrics) {
        this.lock = lock;
        this.room = room;
        this.people = people;
        this.memory = memory;
        this.pause = pause;
        this.tick = tick.toNanos();
        this.metrics = metrics;
        this.handedOverAt = System.nanoTime() - Math.max(this.tick, LONGEST_TICK.toNanos());
    }

    RoomName room() {
        return room;
    }

    /**
     * Takes note of a stored event. Called by one thread at a time, in the log's order; the members learn of it after {@link #due}.
     *
     * @param asker the member whose request it was, null if nobody waits for an ack
     * @param ack what the asker is told instead of the event, or null
     * @return whether nothing was pending before: then {@link #due} has to be called
     */
    boolean happened(StoredEvent event, Member asker, ServerMessage.Ack ack) {
        int size = 0;
        Memory.Fit fit;
        synchronized (lock) {
            fit = memory.note(event);
            if (fit != Memory.Fit.STALE) {
                hole |= fit == Memory.Fit.AFTER_A_HOLE;
                add(Happening.stored(event, people.named(), asker, ack));
                size = pending.size();
            }
        }
        if (fit == Memory.Fit.STALE && ack != null) {
            asker.answer(new Outgoing(ack));
        }
        if (size >= MOST_PENDING) {
            handOver();
        }
        return size == 1;
    }

    /** Takes note of something that is not stored; all but the member that says it are told, if they keep up. */
    void passing(ServerMessage message, Member sayer) {
        synchronized (lock) {
            add(Happening.passing(message, sayer));
        }
        due();
    }

    private void add(Happening happening) {
        if (pending.isEmpty()) {
            pendingSince = System.nanoTime();
        }
        pending.add(happening);
    }

    /** Runs a task once everything that has happened so far is handed over. */
    void afterwards(Runnable task) {
        synchronized (lock) {
            if (!pending.isEmpty()) {
                afterwards.add(task);
                task = null;
            }
        }
        if (task == null) {
            due();
        } else {
            task.run();
        }
    }

    /** Hands over what is pending as soon as it may be. Returns at once. */
    void due() {
        long wait;
        synchronized (lock) {
            if (scheduled || pending.isEmpty()) {
                return;
            }
            scheduled = true;
            wait = restOfTick();
        }
        pause.thenRun(wait, this::handOver);
    }

    // The log keeps the same tick, so that what was just committed has waited already: only a remarkable rest
    // is worth a timer.
    private long restOfTick() {
        var length = length();
        var rest = handedOverAt + length - System.nanoTime();
        return tick == 0 || rest < length / 4 ? 0 : rest;
    }

    private long length() {
        return Math.max(tick, Math.min(people.size() * TICK_PER_MEMBER.toNanos(), LONGEST_TICK.toNanos()));
    }

    private void handOver() {
        List<Runnable> tasks;
        handingOver.lock();
        try {
            Round round;
            int events;
            long since;
            synchronized (lock) {
                scheduled = false;
                handedOverAt = System.nanoTime();
                events = pending.size();
                since = pendingSince;
                round = new Round(pending, hole);
                tasks = afterwards;
                pending = new ArrayList<>();
                afterwards = new ArrayList<>(0);
                hole = false;
                people.seats().forEach(round::deal);
            }
            // Outside the lock: one slow member must not hold the room.
            var taken = round.handOver(this);
            if (events > 0) {
                metrics.handedOver(events, taken, System.nanoTime() - since);
            }
        } finally {
            handingOver.unlock();
        }
        tasks.forEach(Runnable::run);
    }

    /** Whether nothing is pending. */
    boolean isCalm() {
        return pending() == 0;
    }

    /** How much has happened that is still to be handed over. */
    int pending() {
        synchronized (lock) {
            return pending.size();
        }
    }

    /** Has a member fed from the log. @param delivered the newest seq that it has; @param acks what it is owed above that */
    void setBehind(Seat seat, long delivered, List<ServerMessage.Ack> acks) {
        synchronized (lock) {
            seat.live = false;
            seat.delivered = delivered;
            acks.forEach(seat::park);
        }
        seat.member.answer(new CatchUp(this, seat));
    }

    // Members that are not live

    /** Lets a member hear everything from now on, wherever the log stands. */
    void listen(Seat seat) {
        synchronized (lock) {
            seat.delivered = memory.last();
            seat.live = true;
        }
    }

    /** Tells a member nothing more. */
    void turnAway(Seat seat) {
        synchronized (lock) {
            seat.live = false;
        }
    }

    /** @param head the newest seq that the member is not told any more; @param acks that it is owed for what lies before that */
    record Admitted(long head, List<ServerMessage.Ack> acks) {}

    /** Lets a member hear everything from now on. */
    Admitted admit(Seat seat) {
        synchronized (lock) {
            // Noted here: whatever happens next moves what was delivered.
            var head = memory.newest();
            seat.delivered = head;
            seat.live = true;
            return new Admitted(head, seat.unparkAll());
        }
    }

    /** Has a member be fed with everything above a seq, by {@link CatchUp}, before it hears the rest. */
    void admitAfter(Seat seat, long seq) {
        synchronized (lock) {
            seat.delivered = seq;
            seat.recovered = true;
        }
    }

    /** After which seq a member that is behind goes on reading; nothing if it has caught up and is live again. */
    OptionalLong catchUpAfter(Seat seat) {
        synchronized (lock) {
            if (seat.delivered >= memory.newest()) {
                seat.live = true;
                return OptionalLong.empty();
            }
            return OptionalLong.of(seat.delivered);
        }
    }

    /** Whether there is more to read for a member that is behind. */
    boolean isBehind(Seat seat) {
        synchronized (lock) {
            return seat.delivered < memory.newest();
        }
    }

    /**
     * The next events for a member that is behind, as it is to be told of them: its own acks stand in their places. May block on the
     * database.
     */
    List<ServerMessage> read(Seat seat, long after, int limit) {
        var events = memory.after(after, limit);
        if (events.isEmpty() || events.get(0).seq() > after + 1 && after >= 0) {
            // It is purged in the log first, and the room is told right after.
            if (memory.purged() <= after && memory.purgedNow() <= after) {
                throw new IllegalStateException("The log has nothing at " + (after + 1) + ", but more was delivered");
            }
            return skip(seat, events);
        }
        return told(seat, events);
    }

    // What comes next is kept no longer. A client that counts is told by having to come back: it then hears from where
    // on it can read.
    private List<ServerMessage> skip(Seat seat, List<StoredEvent> rest) {
        if (seat.member.face() != Face.FULL && !rest.isEmpty()) {
            return told(seat, rest);
        }
        synchronized (lock) {
            seat.delivered = memory.newest();
        }
        if (seat.member.face() == Face.FULL) {
            seat.member.close(CloseCode.RESYNC);
        }
        return List.of();
    }

    private List<ServerMessage> told(Seat seat, List<StoredEvent> events) {
        var told = new ArrayList<ServerMessage>(events.size());
        synchronized (lock) {
            for (var event : events) {
                var ack = seat.unpark(event.seq());
                if (ack != null) {
                    told.add(ack);
                } else if (seat.member.face() == Face.FULL || !event.senderId().equals(seat.person.id)) {
                    told.add(Events.toMessageFor(seat.person.id, event));
                }
            }
            seat.delivered = events.get(events.size() - 1).seq();
        }
        return told;
    }
}
