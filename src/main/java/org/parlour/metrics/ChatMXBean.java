package org.parlour.metrics;

import java.util.List;

/** What an operator sees of Parlour over JMX. Counts are since start; gauges are now. */
public interface ChatMXBean {

    /** Open WebSocket connections. */
    long getConnections();

    /** Rooms with at least one member. */
    long getRooms();

    /** Events stored: messages, joins, leaves, renames, topics. */
    long getEventsStored();

    /** Transactions that stored them. */
    long getCommits();

    /** Events handed to connections; each counts once for every connection. */
    long getDeliveries();

    /** Events that wait to be stored, in all lanes. */
    long getLaneDepth();

    /** How many may wait in one lane. */
    long getLaneCapacity();

    /** Whether the last transaction succeeded. */
    boolean isDatabaseAvailable();

    /** Transactions that the database refused or did not answer. */
    long getStorageFailures();

    /** Queries that read history from the database. */
    long getHistoryReads();

    /** Events deleted because they are kept no longer. */
    long getPurged();

    /** Requests answered with an error. */
    long getRefusals();

    /** Requests refused because of an admission limit; among the refusals. */
    long getRateLimited();

    /** Connections not let in because of an admission limit. */
    long getTurnedAway();

    /** Connections closed for going on against the limits. */
    long getFloodsEnded();

    /** Frames that could not be handed to a connection. */
    long getSendFailures();

    /** Times a reader fell so far behind that it is fed from history. */
    long getReadersBehind();

    /** Clients that came back to a room and went on where they had been. */
    long getResumes();

    /** Clients that came back and could not: what they had missed is kept no longer, or the log is another one. */
    long getResumesRefused();

    /** Connections closed because their reader took nothing for too long. */
    long getSlowConsumersClosed();

    /** One room; null if nobody is in it. */
    RoomFigures room(String name);

    /** The rooms with the most connections, the fullest first. @param most how many */
    List<RoomFigures> fullestRooms(int most);
}
