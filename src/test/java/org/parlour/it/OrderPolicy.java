package org.parlour.it;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.parlour.auth.Identity;
import org.parlour.auth.RoomChanged;
import org.parlour.auth.RoomPolicy;
import org.parlour.protocol.RoomName;

/** A bean of a host application that knows who may see which order. */
@ApplicationScoped
public class OrderPolicy implements RoomPolicy {

    /** What each order says of each user, by their names: {@code see}, {@code talk} or {@code rule}. */
    private final Map<String, Map<String, String>> orders = new ConcurrentHashMap<>();

    @Inject
    private Event<RoomChanged> changes;

    public void set(String room, String username, String right) {
        orders.computeIfAbsent(room, absent -> new ConcurrentHashMap<>()).put(username, right);
        changes.fire(new RoomChanged(new RoomName(room)));
    }

    @Override
    public boolean decides(String room) {
        return room.startsWith("order:");
    }

    @Override
    public boolean mayEnter(Identity who, String room) {
        return !right(who, room).equals("none");
    }

    @Override
    public boolean maySpeak(Identity who, String room) {
        return right(who, room).equals("talk");
    }

    @Override
    public boolean mayModerate(Identity who, String room) {
        return right(who, room).equals("rule");
    }

    private String right(Identity who, String room) {
        return who.isGuest()
                ? "none"
                : orders.getOrDefault(room, Map.of()).getOrDefault(who.name().value(), "none");
    }
}
