package org.parlour.metrics;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Counters, gauges and distributions; each may be raised by any thread. */
@ApplicationScoped
public class ChatMetrics implements ChatMXBean {

    private final LongAdder connections = new LongAdder();
    private final LongAdder rooms = new LongAdder();
    private final LongAdder eventsStored = new LongAdder();
    private final LongAdder commits = new LongAdder();
    private final LongAdder deliveries = new LongAdder();
    private final LongAdder resumes = new LongAdder();
    private final LongAdder resumesRefused = new LongAdder();
    private final LongAdder storageFailures = new LongAdder();
    private final LongAdder historyReads = new LongAdder();
    private final LongAdder purged = new LongAdder();
    private final LongAdder refusals = new LongAdder();
    private final LongAdder rateLimited = new LongAdder();
    private final LongAdder turnedAway = new LongAdder();
    private final LongAdder floodsEnded = new LongAdder();
    private final LongAdder sendFailures = new LongAdder();
    private final LongAdder readersBehind = new LongAdder();
    private final LongAdder slowConsumersClosed = new LongAdder();
    private volatile boolean databaseAvailable;
    private volatile Supplier<int[]> laneDepths = () -> new int[0];
    private volatile int laneCapacity;
    private volatile Supplier<Stream<RoomFigures>> allRooms = Stream::empty;

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Distributions distributions = new Distributions(registry);
    private final Exposition exposition = new Exposition(registry, this);

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

    /**
     * @param events that were new @param commitNanos how long the transaction took
     * @param writeNanos how long the one waited that waited longest, until it was stored
     */
    public void committed(int events, long commitNanos, long writeNanos) {
        commits.increment();
        eventsStored.add(events);
        distributions.committed(events, commitNanos, writeNanos);
    }

    /**
     * What happened in a room has been handed to its members.
     *
     * @param events how many @param taken how many times one was handed to a connection
     * @param nanos how long the first of them waited for it
     */
    public void handedOver(int events, long taken, long nanos) {
        deliveries.add(taken);
        distributions.handedOver(events, nanos);
    }

    public void databaseIs(boolean available) {
        databaseAvailable = available;
    }

    /** Says where to read how much waits. */
    public void lanes(Supplier<int[]> depths, int capacity) {
        laneDepths = depths;
        laneCapacity = capacity;
    }

    /** Says where to look at the rooms that are in memory. */
    public void rooms(Supplier<Stream<RoomFigures>> all) {
        allRooms = all;
    }

    /** Somebody came back who said what it had. @param recovered whether it goes on there */
    public void resumed(boolean recovered) {
        (recovered ? resumes : resumesRefused).increment();
        distributions.resumed(recovered);
    }

    /** Parlour has closed a connection. @param code the name of a close code */
    public void closed(String code) {
        distributions.closed(code);
    }

    public void storageFailed() {
        storageFailures.increment();
    }

    public void historyRead() {
        historyReads.increment();
    }

    public void purged(long events) {
        purged.add(events);
    }

    /** @param code why, of a bounded number of words */
    public void refused(String code) {
        refusals.increment();
        distributions.refused(code);
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
    public long getDeliveries() {
        return deliveries.sum();
    }

    @Override
    public long getLaneDepth() {
        return IntStream.of(laneDepths()).asLongStream().sum();
    }

    /** One for each lane. */
    int[] laneDepths() {
        return laneDepths.get();
    }

    @Override
    public long getLaneCapacity() {
        return laneCapacity;
    }

    @Override
    public boolean isDatabaseAvailable() {
        return databaseAvailable;
    }

    @Override
    public long getResumes() {
        return resumes.sum();
    }

    @Override
    public long getResumesRefused() {
        return resumesRefused.sum();
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
    public long getPurged() {
        return purged.sum();
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

    @Override
    public RoomFigures room(String name) {
        return allRooms.get()
                .filter(one -> one.getName().equals(name))
                .findFirst()
                .orElse(null);
    }

    @Override
    public List<RoomFigures> fullestRooms(int most) {
        return allRooms.get()
                .sorted(Comparator.comparingInt(RoomFigures::getConnections).reversed())
                .limit(Math.max(0, most))
                .toList();
    }

    /** Writes all figures in Prometheus' text format, version 0.0.4, in UTF-8. */
    public void write(OutputStream out) throws IOException {
        exposition.write(out);
    }
}
