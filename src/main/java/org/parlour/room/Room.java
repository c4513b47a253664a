package org.parlour.room;

import org.parlour.config.ChatConfig;
import org.parlour.history.MessageLog;
import org.parlour.protocol.RoomName;

/** A live room: who is here, what it remembers, what is on its way to the members. All three share one lock. */
final class Room {

    private final RoomName name;
    private final MessageLog log;
    private final People people;
    private final Memory memory;
    private final Flow flow;

    Room(RoomName name, MessageLog log, Pause pause, ChatConfig config) {
        var lock = new Object();
        this.name = name;
        this.log = log;
        this.people = new People(lock);
        this.memory = new Memory(lock, name, log, config.recentMessages());
        this.flow = new Flow(lock, name, people, memory, pause, config.tick());
    }

    RoomName name() {
        return name;
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
}
