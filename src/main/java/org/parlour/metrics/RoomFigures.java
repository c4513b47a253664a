package org.parlour.metrics;

/**
 * How a room stands at one moment; nothing of what is said in it, or by whom. An interface, because JMX makes its own of the getters, and
 * of a record it cannot (before Java 21).
 */
public interface RoomFigures {

    String getName();

    /** Connections that are in the room. */
    int getConnections();

    /** Persons with a name, those among them that are away for a moment. */
    int getNamed();

    /** The newest seq that is known, 0 if none is. */
    long getHead();

    /** Messages that are in memory. */
    int getRecentMessages();

    /** Events that have been stored and are still to be handed to the members. */
    int getPending();
}
