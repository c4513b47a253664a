package org.parlour.room;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.parlour.auth.GuestTokensForTests;
import org.parlour.auth.RoomBook;
import org.parlour.config.ChatConfig;
import org.parlour.history.LogWriters;
import org.parlour.metrics.ChatMetrics;
import org.parlour.protocol.ClientMessage;
import org.parlour.protocol.Face;
import org.parlour.protocol.RoomName;
import org.parlour.protocol.TextFrame;
import org.parlour.testing.HeldTasks;

/** A {@link RoomManager} on a log in memory, with the locks that the container puts around it. */
final class FakeServer {

    static final RoomName LOBBY = new RoomName("lobby");

    final InMemoryLog log = new InMemoryLog();
    final ChatMetrics metrics = new ChatMetrics();
    final RoomManager rooms;

    /** By which everybody enters from now on. */
    RoomBook book = RoomBook.open(0);

    private final AtomicInteger visits = new AtomicInteger();

    /** The ends of graces. */
    final HeldTasks graces = new HeldTasks();

    /** What the lanes put off until the database is back. */
    final HeldTasks later = new HeldTasks();

    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final Map<FakeMember, RoomName> whereabouts = new ConcurrentHashMap<>();

    /** @param writer runs the lanes; @param settings other than the defaults */
    FakeServer(Executor writer, Map<String, String> settings) {
        var config = ChatConfig.from(settings::get);
        this.rooms = new RoomManager(
                LogWriters.on(log::append, writer, later, config, metrics),
                log,
                GuestTokensForTests.of(config),
                (nanos, task) -> task.run(),
                (nanos, task) -> graces.execute(task),
                config,
                metrics);
    }

    /** What is offered is stored before the offer returns. */
    FakeServer() {
        this(Runnable::run);
    }

    FakeServer(Executor writer) {
        this(writer, Map.of());
    }

    FakeMember enter(RoomName room, FakeMember member) {
        return enter(room, member, new Greeting(null, null, null, null, null));
    }

    FakeMember enter(RoomName room, FakeMember member, Greeting greeting) {
        whereabouts.put(member, room);
        lock.writeLock().lock();
        try {
            if (member.face() == Face.FULL) {
                rooms.enter(room, book, member, greeting);
            } else {
                rooms.enter(room, book, member);
            }
        } finally {
            lock.writeLock().unlock();
        }
        return member;
    }

    FakeMember enter(RoomName room, String id, Face face) {
        return enter(room, new FakeMember(id, face));
    }

    /** An anonymous member of the lobby that reads lines. */
    FakeMember enter(String id) {
        return enter(LOBBY, id, Face.TEXT);
    }

    /** A member of the lobby that goes by this name: somebody new, also if somebody else was called so. */
    FakeMember enterNamed(String name) {
        var member = enter(LOBBY, new FakeMember(name + "#" + visits.incrementAndGet(), Face.TEXT));
        type(member, "/user " + name);
        return member;
    }

    void leave(FakeMember member) {
        leave(member, Departure.QUIT);
    }

    void leave(FakeMember member, Departure departure) {
        lock.writeLock().lock();
        try {
            rooms.leave(whereabouts.get(member), member, departure);
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Sends what a person at a terminal would type. */
    void type(FakeMember member, String line) {
        send(member, TextFrame.read(line).orElseThrow());
    }

    void send(FakeMember member, ClientMessage request) {
        lock.readLock().lock();
        try {
            rooms.handle(whereabouts.get(member), member, request);
        } finally {
            lock.readLock().unlock();
        }
    }
}
