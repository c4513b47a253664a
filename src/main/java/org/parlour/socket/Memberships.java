package org.parlour.socket;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.parlour.auth.Identity;
import org.parlour.auth.Visitor;
import org.parlour.protocol.ClientMessage;
import org.parlour.protocol.CloseCode;
import org.parlour.protocol.ErrorCode;
import org.parlour.protocol.Face;
import org.parlour.protocol.Outgoing;
import org.parlour.protocol.Refusal;
import org.parlour.protocol.RoomName;
import org.parlour.protocol.ServerMessage;
import org.parlour.room.Departure;
import org.parlour.room.RoomManager;
import org.parlour.room.Whereabouts;

/**
 * The rooms that a connection is in, and the ways out of them. Any thread may enter. The monitor guards the memberships and is not
 * held while a room is called. As long as there is one, what others say to this person alone is told on this connection.
 */
final class Memberships {

    private final Connection connection;
    private final RoomName home;
    private final RoomManager rooms;
    private final Whereabouts whereabouts;
    private final Pass pass;
    private final Map<RoomName, Membership> memberships = new LinkedHashMap<>(2);

    /** @param home the room of the path, whose place is the connection's as long as there is one */
    Memberships(Connection connection, RoomName home, RoomManager rooms, Whereabouts whereabouts, Pass pass) {
        this.connection = connection;
        this.home = home;
        this.rooms = rooms;
        this.whereabouts = whereabouts;
        this.pass = pass;
    }

    /** Notes a membership; the room is still to be entered, and if it cannot be, the membership to be {@link #forget forgotten}. */
    Membership add(RoomName room, Visitor visitor) {
        var membership = new Membership(room, connection, visitor, this);
        synchronized (this) {
            memberships.put(room, membership);
        }
        return membership;
    }

    /** @return whether no room is left */
    synchronized boolean forget(Membership membership) {
        if (memberships.remove(membership.room, membership) && memberships.isEmpty()) {
            whereabouts.remove(membership.id(), connection);
        }
        return memberships.isEmpty();
    }

    /** A member may be told what others say to it alone, wherever it is; unless it has left meanwhile. */
    synchronized void reachable(Membership membership) {
        if (memberships.get(membership.room) == membership) {
            whereabouts.add(membership.id(), connection);
        }
    }

    synchronized boolean isEmpty() {
        return memberships.isEmpty();
    }

    /** @throws Refusal BAD_MESSAGE if the client is in this room */
    synchronized void requireOutside(RoomName room) {
        if (memberships.containsKey(room)) {
            throw new Refusal(ErrorCode.BAD_MESSAGE, "You are in this room already.", "room");
        }
    }

    /** @throws Refusal ROOM_NOT_FOUND if the client is not in the room to which it speaks, or what is wrong with the name of that */
    Membership of(ClientMessage request) {
        try {
            var named = connection.face() == Face.FULL && request.room() != null;
            var room = named ? new RoomName(request.room()) : home;
            synchronized (this) {
                var membership = memberships.get(room);
                if (membership != null) {
                    return membership;
                }
                if (request instanceof ClientMessage.Ping && !memberships.isEmpty()) {
                    return memberships.values().iterator().next();
                }
            }
        } catch (Refusal invalid) {
            throw invalid.ofRequest(request.ref());
        }
        throw new Refusal(ErrorCode.ROOM_NOT_FOUND, "You are not in such a room.", "room").ofRequest(request.ref());
    }

    /** There is a fresh proof of who it is, in every room. */
    synchronized void identified(Identity fresh) {
        memberships.values().forEach(membership -> membership.identified(fresh));
    }

    /** The client goes by a name, in whatever room. */
    void named() {
        pass.named();
    }

    /** A member leaves at its own wish. */
    void depart(Membership membership, String ref) {
        if (leave(membership, Departure.QUIT)) {
            connection.close(CloseCode.NORMAL);
        } else {
            connection.answer(new Outgoing(
                    new ServerMessage.Notice("LEFT", "You have left the room.", membership.room.value(), ref)));
        }
    }

    /** A room could not be entered after all, because the database is away; or may not be stayed in any more. */
    void turnAway(Membership membership, Refusal refusal) {
        membership.end();
        connection.answer(new Outgoing(refusal.answer()));
        // If the database is away it has not left of its own accord: whoever was away for a moment keeps its
        // place until the grace ends.
        var departure = refusal.code().retryable() ? Departure.LOST : Departure.REMOVED;
        if (leave(membership, departure)) {
            connection.closeBehind(CloseCode.after(refusal.code()));
        }
    }

    /** Somebody has put it out of a room. */
    void putOut(Membership membership, ServerMessage.Moderated told) {
        membership.end();
        connection.answer(new Outgoing(told));
        if (leave(membership, Departure.REMOVED)) {
            connection.closeBehind(CloseCode.KICKED);
        }
    }

    /** @return whether it was the last room */
    private boolean leave(Membership membership, Departure departure) {
        membership.end();
        var last = forget(membership);
        pass.leave(membership.room);
        rooms.leave(membership.room, membership, departure);
        return last;
    }

    void leaveAll(Departure departure) {
        List<Membership> left;
        synchronized (this) {
            left = new ArrayList<>(memberships.values());
            memberships.clear();
            // All are the same person's: whoever becomes another leaves first.
            left.forEach(membership -> whereabouts.remove(membership.id(), connection));
        }
        for (var membership : left) {
            membership.end();
            rooms.leave(membership.room, membership, departure);
            // The place in the room of the path is the connection's as long as there is one.
            if (!membership.room.equals(home)) {
                pass.leave(membership.room);
            }
        }
    }
}
