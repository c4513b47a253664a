package org.parlour.room;

import java.util.ArrayDeque;
import org.parlour.protocol.ErrorCode;
import org.parlour.protocol.Refusal;

/**
 * Requests of one client, one after the other: while one of them, such as a name, is on its way to the log, the further ones wait. A
 * lock guards the queue; requests run outside it.
 */
public final class Turns {

    /** About 1 MiB: the text of the requests that wait, with what each of them costs besides. */
    private static final int MAX_WAITING_LENGTH = 512 * 1024;

    private static final int LENGTH_OF_A_REQUEST = 128;

    private final Object lock;
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>(0);
    private int waitingLength;

    /** Whether requests have to queue. */
    private boolean busy;

    /** How many things there are that the first of the queue has to wait for. */
    private int holds;

    /** @param lock guards the queue, and may guard other things that need memory work only */
    public Turns(Object lock) {
        this.lock = lock;
    }

    /**
     * Runs a request now, or when those before it are done.
     *
     * @param length how many UTF-16 units it carries
     * @throws Refusal OVERLOADED
     */
    public void run(int length, Runnable request) {
        synchronized (lock) {
            if (busy) {
                waitingLength += LENGTH_OF_A_REQUEST + length;
                if (waitingLength > MAX_WAITING_LENGTH) {
                    throw new Refusal(ErrorCode.OVERLOADED, "Too many requests are waiting. Please try again.");
                }
                waiting.add(request);
                return;
            }
        }
        request.run();
    }

    /**
     * Runs the member's last request after those that wait, however many they are.
     *
     * @return false if none waits: it may run now
     */
    boolean runLast(Runnable request) {
        synchronized (lock) {
            if (busy) {
                waiting.add(request);
            }
            return busy;
        }
    }

    /** From now on requests wait, until {@link #goOn} has been called as often as this. */
    public void hold() {
        synchronized (lock) {
            busy = true;
            holds++;
        }
    }

    /**
     * Puts off the request that runs now, if something has to be waited for.
     *
     * @return false if there is nothing: it goes on now
     */
    public boolean postpone(Runnable request) {
        synchronized (lock) {
            if (holds > 0) {
                waiting.addFirst(request);
            }
            return holds > 0;
        }
    }

    /** Runs the requests that waited, up to the next one that {@link #hold}s. */
    public void goOn() {
        synchronized (lock) {
            holds--;
        }
        for (var next = next(); next != null; next = next()) {
            next.run();
        }
    }

    private Runnable next() {
        synchronized (lock) {
            if (holds > 0) {
                return null;
            }
            var next = waiting.poll();
            if (next == null) {
                busy = false;
                waitingLength = 0;
            }
            return next;
        }
    }
}
