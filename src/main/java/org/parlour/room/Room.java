package org.parlour.room;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.parlour.history.MessageLog;
import org.parlour.history.StoredEvent;
import org.parlour.protocol.ErrorCode;
import org.parlour.protocol.Outgoing;
import org.parlour.protocol.Refusal;
import org.parlour.protocol.RoomName;
import org.parlour.protocol.ServerMessage;
import org.parlour.protocol.Username;

/**
 * Who is here and what was just said. Any thread may enter; the monitor guards everything and is held for memory work only.
 * {@link #deliver} is called by one thread at a time, the lane's, so all members get all events in one order.
 */
final class Room {

    /** About 1 MiB: the text of the requests that wait for a name, with what each of them costs besides. */
    private static final int MAX_WAITING_LENGTH = 512 * 1024;

    private static final int LENGTH_OF_A_REQUEST = 128;

    private final RoomName name;
    private final MessageLog log;
    private final RecentMessages recent;
    private final Map<Member, Seat> seats = new LinkedHashMap<>();
    private final TakenNames names = new TakenNames();

    /** The newest seq that was delivered since the room opened, 0 = none. */
    private long newest;

    /** The one read that fills {@link #recent}, while it runs. */
    private CompletableFuture<Void> loading;

    Room(RoomName name, MessageLog log, int recentMessages) {
        this.name = name;
        this.log = log;
        this.recent = new RecentMessages(recentMessages);
    }

    RoomName name() {
        return name;
    }

    MessageLog log() {
        return log;
    }

    // Who is here

    /** @param live whether events are handed over from now on, or only after {@link #admit} */
    synchronized void seat(Member member, Instant now, boolean live) {
        seats.put(member, new Seat(member, now, live));
    }

    /**
     * From now on hands over the events above the answer.
     *
     * @param head where the log stood when it was read
     */
    synchronized long admit(Member member, long head) {
        var reached = Math.max(head, newest);
        var seat = seats.get(member);
        if (seat != null) {
            seat.delivered = reached;
            seat.live = true;
        }
        return reached;
    }

    /**
     * Lets a member go after what it has asked for, if that waits for its name; until then it gets no more events.
     *
     * @return false if nothing waits: it may go now
     */
    synchronized boolean goesLater(Member member, Runnable going) {
        var seat = seats.get(member);
        if (seat == null || !seat.busy) {
            return false;
        }
        seat.live = false;
        seat.waiting.add(going);
        return true;
    }

    /** @return the name that the member goes by */
    synchronized Optional<Username> unseat(Member member) {
        var seat = seats.remove(member);
        if (seat == null || seat.name == null) {
            return Optional.empty();
        }
        names.release(seat.name, null);
        return Optional.of(seat.name);
    }

    synchronized boolean isEmpty() {
        return seats.isEmpty();
    }

    synchronized int size() {
        return seats.size();
    }

    synchronized Optional<Username> nameOf(Member member) {
        return Optional.ofNullable(seats.get(member)).map(seat -> seat.name);
    }

    synchronized List<ServerMessage.Present> present() {
        return seats.values().stream()
                .filter(seat -> seat.name != null)
                .map(seat -> new ServerMessage.Present(seat.name.value(), Events.time(seat.since)))
                .toList();
    }

    // Names

    /**
     * Reserves a name until {@link #settle}; requests of this member wait for that.
     *
     * @return the name that the member has so far
     * @throws Refusal USERNAME_TAKEN
     */
    synchronized Optional<Username> claim(Member member, Username wanted) {
        var seat = seats.get(member);
        if (seat == null) {
            throw new Refusal(ErrorCode.INTERNAL, "You have left this room.");
        }
        names.take(wanted, seat);
        seat.wanted = wanted;
        seat.busy = true;
        return Optional.ofNullable(seat.name);
    }

    /** Ends a claim: the member has the name now, or still the one it had. */
    synchronized void settle(Member member, Username wanted, boolean stored) {
        var seat = seats.get(member);
        var released = stored ? seat.name : wanted;
        if (stored) {
            seat.name = wanted;
        }
        seat.wanted = null;
        if (released != null) {
            names.release(released, seat.name);
        }
    }

    /**
     * Runs a request now, or after the name that is being written; each member's in the order in which they came.
     *
     * @param length how many UTF-16 units it carries
     * @throws Refusal OVERLOADED
     */
    void inTurn(Member member, int length, Runnable request) {
        synchronized (this) {
            var seat = seats.get(member);
            if (seat == null) {
                return;
            }
            if (seat.busy) {
                seat.waitingLength += LENGTH_OF_A_REQUEST + length;
                if (seat.waitingLength > MAX_WAITING_LENGTH) {
                    throw new Refusal(
                            ErrorCode.OVERLOADED, "Too many requests while a name is being set. Please try again.");
                }
                seat.waiting.add(request);
                return;
            }
        }
        request.run();
    }

    /** Runs the requests that waited for a name, up to the next one that sets a name. */
    void resume(Member member) {
        while (true) {
            Runnable request;
            synchronized (this) {
                var seat = seats.get(member);
                if (seat == null || seat.wanted != null) {
                    return;
                }
                request = seat.waiting.poll();
                if (request == null) {
                    seat.busy = false;
                    seat.waitingLength = 0;
                    return;
                }
            }
            request.run();
        }
    }

    // What is being written

    synchronized void writes(Member member, int more) {
        var seat = seats.get(member);
        if (seat != null) {
            seat.writing += more;
        }
    }

    /** Whether something of this member is on its way to the log. */
    synchronized boolean isWriting(Member member) {
        var seat = seats.get(member);
        return seat != null && seat.writing > 0;
    }

    // What happens

    /** Remembers a stored event and hands it to all members that are live, but not back to its sender. */
    void deliver(StoredEvent event) {
        var receivers = new ArrayList<Seat>();
        int count;
        synchronized (this) {
            recent.add(event);
            newest = event.seq();
            count = 0;
            for (var seat : seats.values()) {
                count += seat.name == null ? 0 : 1;
                if (seat.live && event.seq() > seat.delivered) {
                    seat.delivered = event.seq();
                    if (!seat.member.id().equals(event.senderId())) {
                        receivers.add(seat);
                    }
                }
            }
        }
        // Outside the lock: one slow member must not hold the room.
        var outgoing = new Outgoing(Events.toMessage(event, count));
        for (var seat : receivers) {
            if (!seat.member.offer(outgoing)) {
                setBehind(seat, event.seq() - 1);
            }
        }
    }

    private void setBehind(Seat seat, long delivered) {
        synchronized (this) {
            seat.live = false;
            seat.delivered = delivered;
        }
        seat.member.answer(new CatchUp(this, seat));
    }

    /** After which seq a member that is behind goes on reading; nothing if it has caught up and is live again. */
    synchronized OptionalLong catchUpAfter(Seat seat) {
        if (seat.delivered >= newest) {
            seat.live = true;
            return OptionalLong.empty();
        }
        return OptionalLong.of(seat.delivered);
    }

    synchronized void caughtUp(Seat seat, long seq) {
        seat.delivered = seq;
    }

    // What was said

    synchronized long newest() {
        return newest;
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

    synchronized Remembered remembered(int limit, long before) {
        return new Remembered(recent.newest(limit, before), Math.min(before, recent.floor()));
    }

    /**
     * Fills the recent messages from the log, which happens once in the life of a room: when somebody first needs them. Whoever
     * needs them meanwhile waits for the same read. Blocks on the database.
     */
    void loadRecent() {
        CompletableFuture<Void> read;
        long below;
        int wanted;
        synchronized (this) {
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
            synchronized (this) {
                recent.prepend(older, older.size() < wanted);
            }
            endLoading(null);
        } catch (RuntimeException failure) {
            endLoading(failure);
            throw failure;
        }
    }

    private void endLoading(RuntimeException failure) {
        CompletableFuture<Void> read;
        synchronized (this) {
            read = loading;
            loading = null;
        }
        if (failure == null) {
            read.complete(null);
        } else {
            read.completeExceptionally(failure);
        }
    }
}
