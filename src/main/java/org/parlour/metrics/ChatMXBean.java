package org.parlour.metrics;

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

    /** Transactions that the database refused or did not answer. */
    long getStorageFailures();

    /** Queries that read history from the database. */
    long getHistoryReads();

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

    /** Connections closed because their reader took nothing for too long. */
    long getSlowConsumersClosed();
}
