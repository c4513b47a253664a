package org.parlour.socket;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.parlour.protocol.Face;
import org.parlour.protocol.Outgoing;
import org.parlour.room.Feed;

/**
 * What waits to be sent on one connection, in order. At most one send is in flight, whatever the server would allow: its own queue
 * has no bound. Any thread may offer and nobody waits; the monitor is held for memory work only.
 */
final class Outbox {

    private static final Logger LOG = System.getLogger(Outbox.class.getName());

    /** Sends one text frame and then calls back, with the failure or null, on any thread, possibly before it returns. */
    interface Sender {
        void send(String frame, Consumer<Throwable> done);
    }

    private final Sender sender;
    private final Executor feeder;
    private final Face face;
    private final int maxFrames;
    private final int maxChars;
    private final Runnable broken;

    /** Frames ({@link String}) and {@link Feed}s, in order. */
    private final ArrayDeque<Object> queue = new ArrayDeque<>();

    /** The frames of the page that the feed at the head of the queue gave last. */
    private final ArrayDeque<String> page = new ArrayDeque<>();

    private int frames;
    private long chars;
    private boolean busy;
    private boolean closed;

    /** When the frame in flight was handed to the server; meaningless if none is. */
    private long sendingSince;

    private boolean sending;

    private final AtomicInteger pumps = new AtomicInteger();

    /**
     * @param feeder runs feeds, which may block
     * @param maxFrames how many frames may wait
     * @param maxBytes how many bytes of UTF-16 they may have together
     * @param broken called once, when nothing can be sent any more and nobody has closed it
     */
    Outbox(Sender sender, Executor feeder, Face face, int maxFrames, int maxBytes, Runnable broken) {
        this.sender = sender;
        this.feeder = feeder;
        this.face = face;
        this.maxFrames = maxFrames;
        this.maxChars = maxBytes / Character.BYTES;
        this.broken = broken;
    }

    /** @return false if the budget is used up: nothing was queued */
    boolean offer(Outgoing message) {
        return put(message, maxFrames, maxChars);
    }

    /**
     * Queues an answer. Answers may use up the budget twice over, for they cannot be fed from history; a client that asks and asks
     * and reads nothing breaks its connection.
     */
    void answer(Outgoing message) {
        if (!put(message, 2 * maxFrames, 2 * maxChars)) {
            breakOff();
        }
    }

    private boolean put(Outgoing message, int frameLimit, long charLimit) {
        var rendered = message.frames(face);
        if (rendered.isEmpty()) {
            return true;
        }
        long length = 0;
        for (var frame : rendered) {
            length += frame.length();
        }
        synchronized (queue) {
            if (closed) {
                return true;
            }
            if (frames + rendered.size() > frameLimit || chars + length > charLimit) {
                return false;
            }
            queue.addAll(rendered);
            frames += rendered.size();
            chars += length;
        }
        pump();
        return true;
    }

    /** Queues a feed; its pages are fetched one at a time, when everything before it has been sent. */
    void answer(Feed feed) {
        boolean full;
        synchronized (queue) {
            if (closed) {
                return;
            }
            full = frames >= 2 * maxFrames;
            if (!full) {
                queue.add(feed);
                frames++;
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
            frames = 0;
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
        String frame;
        Feed feed = null;
        synchronized (queue) {
            if (busy || closed) {
                return;
            }
            frame = page.poll();
            if (frame == null) {
                var head = queue.peek();
                if (head == null) {
                    return;
                }
                if (head instanceof Feed next) {
                    feed = next;
                } else {
                    frame = (String) queue.poll();
                    frames--;
                    chars -= frame.length();
                }
            }
            busy = true;
            sending = feed == null;
            sendingSince = System.nanoTime();
        }
        if (feed != null) {
            fetch(feed);
        } else {
            sender.send(frame, this::sent);
        }
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
            feeder.execute(() -> {
                try {
                    take(feed);
                } finally {
                    idle();
                }
            });
        } catch (RejectedExecutionException stopping) {
            breakOff();
        }
    }

    private void take(Feed feed) {
        List<Outgoing> messages;
        boolean ended;
        try {
            messages = feed.next();
            ended = messages.isEmpty();
        } catch (RuntimeException failure) {
            // The stack is for whoever looks for it; for the operator the lane tells when the database goes and comes.
            LOG.log(Level.WARNING, "What a member asked for cannot be read", failure);
            messages = feed.failed(failure);
            ended = true;
        }
        synchronized (queue) {
            if (closed) {
                return;
            }
            messages.forEach(message -> page.addAll(message.frames(face)));
            if (ended) {
                queue.poll();
                frames--;
            }
        }
    }
}
