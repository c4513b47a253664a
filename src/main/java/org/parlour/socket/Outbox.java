package org.parlour.socket;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.parlour.protocol.Bundle;
import org.parlour.protocol.Face;
import org.parlour.protocol.Outgoing;
import org.parlour.room.Feed;

/**
 * What waits to be sent on one connection, in order. At most one send is in flight, whatever the server would allow: its own queue
 * has no bound. What piles up meanwhile leaves, in the full face, as one frame. Any thread may offer and nobody waits; the monitor
 * is held for memory work only.
 */
final class Outbox {

    /** Longest frame that is joined from several bundles, in UTF-16 units. */
    private static final int MAX_JOINED_LENGTH = 128 * 1024;

    /** Sends one text frame and then calls back, with the failure or null, on any thread, possibly before it returns. */
    interface Sender {
        void send(String frame, Consumer<Throwable> done);
    }

    private final Sender sender;
    private final Feeder feeder;
    private final int maxEvents;
    private final int maxChars;
    private final Runnable broken;

    /** Frames ({@link String}), {@link Bundle}s of the full face and {@link Feed}s, in order. */
    private final ArrayDeque<Object> queue = new ArrayDeque<>(0);

    /** The frames of the page that the feed at the head of the queue gave last. */
    private final ArrayDeque<String> page = new ArrayDeque<>(0);

    private Face face;
    private int events;
    private long chars;
    private boolean busy;
    private boolean closed;

    /** When the frame in flight was handed to the server; meaningless if none is. */
    private long sendingSince;

    private boolean sending;

    private final AtomicInteger pumps = new AtomicInteger();

    /**
     * @param maxEvents how many events may wait
     * @param maxBytes how many bytes of UTF-16 they may have together
     * @param broken called once, when nothing can be sent any more and nobody has closed it
     */
    Outbox(Sender sender, Feeder feeder, Face face, int maxEvents, int maxBytes, Runnable broken) {
        this.sender = sender;
        this.feeder = feeder;
        this.face = face;
        this.maxEvents = maxEvents;
        this.maxChars = maxBytes / Character.BYTES;
        this.broken = broken;
    }

    Face face() {
        synchronized (queue) {
            return face;
        }
    }

    /** From now on speaks with this face; what waits is said as it would have been. */
    void speak(Face other) {
        synchronized (queue) {
            face = other;
        }
    }

    /** @return false if the budget is used up: nothing was queued */
    boolean offer(Bundle bundle) {
        return put(bundle, 1);
    }

    /**
     * Queues an answer. Answers may use up the budget twice over, for they cannot be fed from history; a client that asks and asks
     * and reads nothing breaks its connection.
     */
    void answer(Outgoing message) {
        if (!put(message, 2)) {
            breakOff();
        }
    }

    private boolean put(Object message, int budgets) {
        synchronized (queue) {
            if (closed) {
                return true;
            }
            if (message instanceof Bundle bundle && face == Face.FULL) {
                if (!makeRoom(bundle.parts().size(), bundle.length(), budgets)) {
                    return false;
                }
                queue.add(bundle);
            } else if (!putFrames(framesOf(message), budgets)) {
                return false;
            }
        }
        pump();
        return true;
    }

    private List<String> framesOf(Object message) {
        if (message instanceof Outgoing one) {
            return one.frames(face);
        }
        var frames = new ArrayList<String>();
        ((Bundle) message).parts().forEach(part -> frames.addAll(part.frames(face)));
        return frames;
    }

    private boolean putFrames(List<String> frames, int budgets) {
        long length = 0;
        for (var frame : frames) {
            length += frame.length();
        }
        if (!makeRoom(frames.size(), length, budgets)) {
            return false;
        }
        queue.addAll(frames);
        return true;
    }

    /** Books so many events, at the cost of ephemeral ones if need be. */
    private boolean makeRoom(int moreEvents, long moreChars, int budgets) {
        if (!fits(moreEvents, moreChars, budgets)) {
            queue.removeIf(this::isDroppedBeforeOthers);
            if (!fits(moreEvents, moreChars, budgets)) {
                return false;
            }
        }
        events += moreEvents;
        chars += moreChars;
        return true;
    }

    private boolean fits(int moreEvents, long moreChars, int budgets) {
        return events + moreEvents <= budgets * maxEvents && chars + moreChars <= (long) budgets * maxChars;
    }

    private boolean isDroppedBeforeOthers(Object waiting) {
        if (waiting instanceof Bundle bundle && bundle.isEphemeral()) {
            unbook(bundle);
            return true;
        }
        return false;
    }

    private void unbook(Bundle bundle) {
        events -= bundle.parts().size();
        chars -= bundle.length();
    }

    /** Queues a feed; its pages are fetched one at a time, when everything before it has been sent. */
    void answer(Feed feed) {
        boolean full;
        synchronized (queue) {
            if (closed) {
                return;
            }
            full = events >= 2 * maxEvents;
            if (!full) {
                queue.add(feed);
                events++;
            }
        }
        if (full) {
            breakOff();
        } else {
            pump();
        }
    }

    /** Forgets what waits and takes nothing more. */
    void close() {
        shut();
    }

    // Whoever closed it, or found it broken first, knows; the frame in flight may still fail after that.
    private void breakOff() {
        if (shut()) {
            broken.run();
        }
    }

    /** @return false if it was closed before */
    private boolean shut() {
        synchronized (queue) {
            var first = !closed;
            closed = true;
            queue.clear();
            page.clear();
            events = 0;
            chars = 0;
            return first;
        }
    }

    /** How long the frame in flight has been waiting for its reader, in nanoseconds; 0 if none is. */
    long stalledNanos() {
        synchronized (queue) {
            return sending ? System.nanoTime() - sendingSince : 0;
        }
    }

    /** Whether everything has been sent. */
    boolean isEmpty() {
        synchronized (queue) {
            return !busy && queue.isEmpty() && page.isEmpty();
        }
    }

    // Only one thread is in the loop. A send that completes within its own call adds a turn instead of a stack frame.
    private void pump() {
        if (pumps.getAndIncrement() != 0) {
            return;
        }
        int turns = 1;
        while (turns != 0) {
            startNext();
            turns = pumps.addAndGet(-turns);
        }
    }

    private void startNext() {
        Object next;
        synchronized (queue) {
            if (busy || closed) {
                return;
            }
            next = next();
            if (next == null) {
                return;
            }
            busy = true;
            sending = !(next instanceof Feed);
            sendingSince = System.nanoTime();
        }
        if (next instanceof Feed feed) {
            fetch(feed);
        } else {
            sender.send(next instanceof Bundle bundle ? bundle.frame() : (String) next, this::sent);
        }
    }

    private Object next() {
        var fetched = page.poll();
        if (fetched != null) {
            return fetched;
        }
        var head = queue.peek();
        if (head == null || head instanceof Feed) {
            return head;
        }
        queue.poll();
        if (head instanceof String frame) {
            events--;
            chars -= frame.length();
            return frame;
        }
        return joinedWithNext((Bundle) head);
    }

    private Bundle joinedWithNext(Bundle first) {
        unbook(first);
        if (!(queue.peek() instanceof Bundle)) {
            return first;
        }
        var bundles = new ArrayList<Bundle>();
        bundles.add(first);
        int length = first.length();
        while (queue.peek() instanceof Bundle bundle && length + bundle.length() <= MAX_JOINED_LENGTH) {
            queue.poll();
            unbook(bundle);
            bundles.add(bundle);
            length += bundle.length();
        }
        return Bundle.joined(bundles);
    }

    private void sent(Throwable failure) {
        if (failure != null) {
            breakOff();
            return;
        }
        idle();
    }

    private void idle() {
        synchronized (queue) {
            busy = false;
            sending = false;
        }
        pump();
    }

    private void fetch(Feed feed) {
        try {
            feeder.fetch(feed, this::fetched);
        } catch (RejectedExecutionException stopping) {
            breakOff();
        }
    }

    private void fetched(Feeder.Page fetched) {
        synchronized (queue) {
            if (!closed) {
                fetched.messages().forEach(message -> page.addAll(message.frames(face)));
                if (fetched.isLast()) {
                    queue.poll();
                    events--;
                }
            }
        }
        idle();
    }
}
