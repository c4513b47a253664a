package org.parlour.room;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.parlour.auth.Identity;
import org.parlour.auth.Visitor;
import org.parlour.protocol.Bundle;
import org.parlour.protocol.CloseCode;
import org.parlour.protocol.Face;
import org.parlour.protocol.Outgoing;
import org.parlour.protocol.Refusal;
import org.parlour.protocol.ServerMessage;

/**
 * A member that remembers what it was told. It keeps the promises of {@link Member}: one order for events, answers and the pages of
 * feeds. Any thread may enter; the monitor guards everything and is not held while a feed runs.
 */
final class FakeMember implements Member {

    private final Identity identity;
    private final Face face;
    private final Executor feeder;

    /** What has not been read yet: {@link Outgoing}s and {@link Feed}s. */
    private final ArrayDeque<Object> waiting = new ArrayDeque<>();

    private final List<Outgoing> read = new ArrayList<>();
    private final List<CloseCode> closes = new ArrayList<>();
    private boolean reading = true;
    private boolean feeding;
    private int budget = Integer.MAX_VALUE;
    private int refused;
    private volatile boolean named;

    /** @param feeder runs the feeds */
    FakeMember(String id, Face face, Executor feeder) {
        this(Identity.guest(id), face, feeder);
    }

    /** Somebody who may have an account. */
    FakeMember(Identity identity, Face face, Executor feeder) {
        this.identity = identity;
        this.face = face;
        this.feeder = feeder;
    }

    /** One whose feeds run at once, on the thread that brings them. */
    FakeMember(String id, Face face) {
        this(id, face, Runnable::run);
    }

    @Override
    public Identity identity() {
        return identity;
    }

    @Override
    public Visitor visitor() {
        return new Visitor(identity, null);
    }

    @Override
    public void judged(Visitor fresh) {
        throw new UnsupportedOperationException("No policy decides here");
    }

    @Override
    public Face face() {
        return face;
    }

    @Override
    public String connection() {
        return "connection of " + id();
    }

    @Override
    public void named() {
        named = true;
    }

    @Override
    public void reachable() {
        // Nobody looks for it.
    }

    @Override
    public void depart(String ref) {
        close(CloseCode.NORMAL);
    }

    @Override
    public void turnAway(Refusal refusal) {
        close(CloseCode.STORAGE_DOWN);
    }

    @Override
    public void putOut(ServerMessage.Moderated told) {
        close(CloseCode.KICKED);
    }

    @Override
    public boolean offer(Bundle events) {
        synchronized (this) {
            if (waiting.size() >= budget) {
                refused++;
                return false;
            }
            waiting.addAll(events.parts());
        }
        readOn();
        return true;
    }

    @Override
    public void answer(Outgoing answer) {
        put(answer);
    }

    @Override
    public void answer(Feed feed) {
        put(feed);
    }

    private void put(Object answer) {
        synchronized (this) {
            waiting.add(answer);
        }
        readOn();
    }

    @Override
    public synchronized void close(CloseCode code) {
        closes.add(code);
    }

    private void readOn() {
        for (var feed = nextFeed(); feed != null; feed = null) {
            var next = feed;
            feeder.execute(() -> turnPage(next));
        }
    }

    private synchronized Feed nextFeed() {
        while (reading && !feeding && !waiting.isEmpty()) {
            if (waiting.peek() instanceof Feed feed) {
                feeding = true;
                return feed;
            }
            read.add((Outgoing) waiting.poll());
        }
        return null;
    }

    private void turnPage(Feed feed) {
        List<Outgoing> page;
        boolean ended;
        try {
            page = feed.next();
            ended = page.isEmpty();
        } catch (RuntimeException failure) {
            page = feed.failed();
            ended = true;
        }
        synchronized (this) {
            read.addAll(page);
            if (ended) {
                waiting.poll();
            }
            feeding = false;
        }
        readOn();
    }

    // What the test wants of it

    /** From now on reads nothing, and takes no more events once so many things wait for it. */
    synchronized FakeMember stopReading(int budget) {
        reading = false;
        this.budget = budget;
        return this;
    }

    /** Reads what waits, and whatever comes. */
    void startReading() {
        synchronized (this) {
            reading = true;
        }
        readOn();
    }

    /** Forgets what it has read. */
    synchronized void forget() {
        read.clear();
    }

    // What the test sees of it

    /** Everything that was read, in order. */
    synchronized List<ServerMessage> heard() {
        return read.stream().map(Outgoing::message).toList();
    }

    /** What of it was of this kind. */
    <T extends ServerMessage> List<T> heard(Class<T> kind) {
        return heard().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** Everything that was read, as the frames that such a client gets. */
    synchronized List<String> frames() {
        return read.stream().flatMap(one -> one.frames(face).stream()).toList();
    }

    synchronized List<CloseCode> closes() {
        return List.copyOf(closes);
    }

    /** Whether it was told that it goes by a name. */
    boolean isNamed() {
        return named;
    }

    /** How many events it has turned down. */
    synchronized int refused() {
        return refused;
    }

    /** Whether everything that was brought has been read. */
    synchronized boolean isUpToDate() {
        return waiting.isEmpty();
    }

    @Override
    public String toString() {
        return id();
    }
}
