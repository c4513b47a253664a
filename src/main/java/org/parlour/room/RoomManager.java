package org.parlour.room;

import jakarta.annotation.Resource;
import jakarta.ejb.AccessTimeout;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Lock;
import jakarta.ejb.LockType;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.parlour.config.ChatConfig;
import org.parlour.history.LogWriter;
import org.parlour.history.MessageLog;
import org.parlour.history.StoredEvent;
import org.parlour.metrics.ChatMetrics;
import org.parlour.protocol.ClientMessage;
import org.parlour.protocol.Face;
import org.parlour.protocol.RoomName;

/**
 * All live rooms of this server. A room exists from its first member's entering to its last one's leaving; its log goes on
 * existing. The container's locks: WRITE where a room may open or close, READ for everything inside a room, which has a lock of
 * its own. Nothing here waits for the database: answers come to the {@link Member} later, on a lane's thread or a feed's.
 */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.CONTAINER)
@Lock(LockType.READ)
@AccessTimeout(value = 5, unit = TimeUnit.SECONDS)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class RoomManager {

    // Concurrent, because lanes look rooms up without the container's lock.
    private final Map<RoomName, Room> rooms = new ConcurrentHashMap<>();

    @Resource
    private SessionContext context;

    @Inject
    private LogWriter writer;

    @Inject
    private MessageLog log;

    @Inject
    private ChatConfig config;

    @Inject
    private ChatMetrics metrics;

    /** For the container. */
    protected RoomManager() {}

    RoomManager(LogWriter writer, MessageLog log, ChatConfig config, ChatMetrics metrics) {
        this.writer = writer;
        this.log = log;
        this.config = config;
        this.metrics = metrics;
    }

    /**
     * Seats a member, anonymous so far. It gets every event from now on; with the full face, from the {@code head} of the
     * {@code Welcome} on that it gets first.
     */
    @Lock(LockType.WRITE)
    public void enter(RoomName name, Member member) {
        var room = rooms.get(name);
        if (room == null) {
            room = new Room(name, log, config.recentMessages());
            rooms.put(name, room);
            metrics.roomOpened();
        }
        var greeted = member.face() == Face.FULL;
        room.seat(member, Instant.now(), !greeted);
        if (greeted) {
            member.answer(new WelcomeFeed(room, member, config));
        }
    }

    /**
     * Takes a member out once what it has asked for is done, and the room out of memory with the last one. The others learn of it
     * once it is stored.
     *
     * @param reason {@code quit} or {@code timeout}
     */
    // Longer than for anything else: nobody would try again, and the seat would stay taken.
    @Lock(LockType.WRITE)
    @AccessTimeout(value = 1, unit = TimeUnit.MINUTES)
    public void leave(RoomName name, Member member, String reason) {
        var room = rooms.get(name);
        if (room != null && !room.goesLater(member, () -> self().leaveNow(name, member, reason))) {
            leaveNow(name, member, reason);
        }
    }

    /** The end of {@link #leave}; for this class alone, public because the container has to lock it. */
    @Lock(LockType.WRITE)
    @AccessTimeout(value = 1, unit = TimeUnit.MINUTES)
    public void leaveNow(RoomName name, Member member, String reason) {
        var room = rooms.get(name);
        if (room == null) {
            return;
        }
        room.unseat(member).ifPresent(username -> requests(room, member).left(username, reason));
        if (room.isEmpty()) {
            rooms.remove(name);
            metrics.roomClosed();
        }
    }

    // On a lane's thread, which does not hold the container's lock.
    private RoomManager self() {
        return context == null ? this : context.getBusinessObject(RoomManager.class);
    }

    /** Does what a member of the room asks for, or tells it why not. A member's requests are handled one after the other. */
    public void handle(RoomName name, Member member, ClientMessage request) {
        var room = rooms.get(name);
        if (room != null) {
            requests(room, member).handle(request);
        }
    }

    /** The rooms that are in memory now. */
    public Set<RoomName> rooms() {
        return Set.copyOf(rooms.keySet());
    }

    /** How many members the room has now, named or not. */
    public int members(RoomName name) {
        var room = rooms.get(name);
        return room == null ? 0 : room.size();
    }

    private Requests requests(Room room, Member member) {
        return new Requests(room, member, writer, this::deliver, config, metrics);
    }

    // By name and not by object: the room may have closed and opened again while the event was being written.
    private void deliver(StoredEvent event) {
        var room = rooms.get(event.room());
        if (room != null) {
            room.deliver(event);
        }
    }
}
