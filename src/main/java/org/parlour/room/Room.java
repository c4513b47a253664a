package org.parlour.room;

import org.parlour.auth.RoomBook;
import org.parlour.config.ChatConfig;
import org.parlour.history.MessageLog;
import org.parlour.metrics.ChatMetrics;
import org.parlour.metrics.RoomFigures;
import org.parlour.protocol.RoomName;

/** A live room: who is here, what it remembers, what is on its way to the members. All three share one lock. */
final class Room {

    private final RoomName name;
    private final MessageLog log;
    private final People people;
    private final Memory memory;
    private final Flow flow;

    /** Read for everything that is asked for; replaced under the monitor. */
    private volatile RoomBook book;

    Room(RoomName name, RoomBook book, MessageLog log, Pause pause, ChatConfig config, ChatMetrics metrics) {
        var lock = new Object();
        this.name = name;
        this.log = log;
        this.book = book;
        this.people = new People(lock);
        this.memory = new Memory(lock, name, log, config.recentMessages());
        this.flow = new Flow(lock, name, people, memory, pause, config.tick(), metrics);
    }

    RoomName name() {
        return name;
    }

    /** Who may do what here, as far as it is known now. */
    RoomBook book() {
        return book;
    }

    /** Takes what was read of who may do what, unless something newer is known. */
    synchronized void setBook(RoomBook read) {
        if (read.version() >= book.version()) {
            book = read;
        }
    }

    MessageLog log() {
        return log;
    }

    People people() {
        return people;
    }

    Memory memory() {
        return memory;
    }

    Flow flow() {
        return flow;
    }

    RoomFigures figures() {
        return new Figures(
                name.value(), people.size(), people.named(), memory.newest(), memory.messages(), flow.pending());
    }

    /** All fields as they were when it was made, one after the other. */
    private record Figures(
            String getName, int getConnections, int getNamed, long getHead, int getRecentMessages, int getPending)
            implements RoomFigures {}
}
