package org.parlour.socket;

import io.github.bucket4j.TimeMeter;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.parlour.config.AdmissionConfig.Scope;
import org.parlour.limits.Allowance;
import org.parlour.protocol.RoomName;

/** What a user, an address or the whole server has used of its limits, with all its connections. Safe for any thread. */
final class Quota {

    private final Scope limits;
    private final Allowance messages;
    private final Allowance joins;
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger unnamed = new AtomicInteger();

    /** How many connections are in each room; null as long as nobody asked. Guarded by this. */
    private Map<RoomName, Integer> rooms;

    Quota(Scope limits, TimeMeter clock) {
        this.limits = limits;
        this.messages = new Allowance(limits.messages(), clock);
        this.joins = new Allowance(limits.joins(), clock);
    }

    Allowance messages() {
        return messages;
    }

    Allowance joins() {
        return joins;
    }

    /** @return false if it has as many connections as it may: nothing was counted */
    boolean connect() {
        return increase(connections, limits.connections());
    }

    void disconnect() {
        connections.decrementAndGet();
    }

    /** @return false if as many of its connections as may are without a name: nothing was counted */
    boolean connectUnnamed() {
        return increase(unnamed, limits.unnamed());
    }

    void oneUnnamedLess() {
        unnamed.decrementAndGet();
    }

    private static boolean increase(AtomicInteger count, int limit) {
        return count.getAndUpdate(now -> now < limit ? now + 1 : now) < limit;
    }

    int connections() {
        return connections.get();
    }

    /** @return false if it is in as many rooms as it may, and this is another one: nothing was counted */
    synchronized boolean enter(RoomName room) {
        if (rooms == null) {
            rooms = new HashMap<>();
        }
        if (!rooms.containsKey(room) && rooms.size() >= limits.rooms()) {
            return false;
        }
        rooms.merge(room, 1, Integer::sum);
        return true;
    }

    synchronized void leave(RoomName room) {
        rooms.computeIfPresent(room, (name, members) -> members == 1 ? null : members - 1);
    }

    /** Whether nobody is connected and everything is as if nobody had ever been. */
    boolean isRested() {
        return connections.get() == 0 && messages.isFull() && joins.isFull();
    }
}
