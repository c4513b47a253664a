package org.parlour.socket;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A network that notes the frames and completes them at once, or when the test says so. Safe for any thread. */
final class FakeSender implements Outbox.Sender {

    private final boolean atOnce;
    private final List<String> sent = new ArrayList<>();
    private Consumer<Throwable> inFlight;
    private int most;
    private int now;

    private FakeSender(boolean atOnce) {
        this.atOnce = atOnce;
    }

    /** Each send calls back before it returns. */
    static FakeSender atOnce() {
        return new FakeSender(true);
    }

    /** Each send is in flight until {@link #complete}. */
    static FakeSender held() {
        return new FakeSender(false);
    }

    @Override
    public void send(String frame, Consumer<Throwable> done) {
        synchronized (this) {
            sent.add(frame);
            most = Math.max(most, ++now);
            inFlight = done;
        }
        if (atOnce) {
            complete();
        }
    }

    void complete() {
        landed().accept(null);
    }

    void fail() {
        landed().accept(new IOException("The peer is gone, as the test wants"));
    }

    private synchronized Consumer<Throwable> landed() {
        var done = inFlight;
        inFlight = null;
        now--;
        return done;
    }

    void completeAll() {
        while (isInFlight()) {
            complete();
        }
    }

    synchronized boolean isInFlight() {
        return inFlight != null;
    }

    synchronized List<String> sent() {
        return List.copyOf(sent);
    }

    /** How many sends were in flight at the same time, at most. */
    synchronized int mostInFlight() {
        return most;
    }
}
