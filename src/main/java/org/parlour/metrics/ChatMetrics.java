package org.parlour.metrics;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.LongAdder;

/** Counters and gauges; each may be raised by any thread. */
@ApplicationScoped
public class ChatMetrics implements ChatMXBean {

    private final LongAdder connections = new LongAdder();
    private final LongAdder rooms = new LongAdder();
    private final LongAdder eventsStored = new LongAdder();
    private final LongAdder commits = new LongAdder();
    private final LongAdder storageFailures = new LongAdder();
    private final LongAdder historyReads = new LongAdder();
    private final LongAdder refusals = new LongAdder();
    private final LongAdder rateLimited = new LongAdder();
    private final LongAdder turnedAway = new LongAdder();
    private final LongAdder floodsEnded = new LongAdder();
    private final LongAdder sendFailures = new LongAdder();
    private final LongAdder readersBehind = new LongAdder();
    private final LongAdder slowConsumersClosed = new LongAdder();

    public void connectionOpened() {
        connections.increment();
    }

    public void connectionClosed() {
        connections.decrement();
    }

    public void roomOpened() {
        rooms.increment();
    }

    public void roomClosed() {
        rooms.decrement();
    }

    public void committed(int events) {
        commits.increment();
        eventsStored.add(events);
    }

    public void storageFailed() {
        storageFailures.increment();
    }

    public void historyRead() {
        historyReads.increment();
    }

    public void refused() {
        refusals.increment();
    }

    public void rateLimited() {
        rateLimited.increment();
    }

    public void turnedAway() {
        turnedAway.increment();
    }

    public void floodEnded() {
        floodsEnded.increment();
    }

    public void sendFailed() {
        sendFailures.increment();
    }

    public void readerFellBehind() {
        readersBehind.increment();
    }

    public void slowConsumerClosed() {
        slowConsumersClosed.increment();
    }

    @Override
    public long getConnections() {
        return connections.sum();
    }

    @Override
    public long getRooms() {
        return rooms.sum();
    }

    @Override
    public long getEventsStored() {
        return eventsStored.sum();
    }

    @Override
    public long getCommits() {
        return commits.sum();
    }

    @Override
    public long getStorageFailures() {
        return storageFailures.sum();
    }

    @Override
    public long getHistoryReads() {
        return historyReads.sum();
    }

    @Override
    public long getRefusals() {
        return refusals.sum();
    }

    @Override
    public long getRateLimited() {
        return rateLimited.sum();
    }

    @Override
    public long getTurnedAway() {
        return turnedAway.sum();
    }

    @Override
    public long getFloodsEnded() {
        return floodsEnded.sum();
    }

    @Override
    public long getSendFailures() {
        return sendFailures.sum();
    }

    @Override
    public long getReadersBehind() {
        return readersBehind.sum();
    }

    @Override
    public long getSlowConsumersClosed() {
        return slowConsumersClosed.sum();
    }
}
