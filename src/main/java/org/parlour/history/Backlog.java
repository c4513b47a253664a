package org.parlour.history;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.parlour.protocol.RoomName;

/**
 * What waits to be written: each room's in its own order, the rooms in the order in which they began to wait. It is taken by whole
 * rooms, because what a room writes together is told together: a hundred busy rooms then cost a few writes for each member instead of
 * one for each message. Not safe for threads.
 */
final class Backlog<T> {

    private final Map<RoomName, ArrayDeque<T>> rooms = new LinkedHashMap<>();
    private int size;

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    void add(RoomName room, T one) {
        rooms.computeIfAbsent(room, first -> new ArrayDeque<>(2)).add(one);
        size++;
    }

    /** The rooms of which something waits. */
    List<RoomName> rooms() {
        return List.copyOf(rooms.keySet());
    }

    /** Takes as many whole rooms as fit; of a room that does not fit alone, as much as fits, and its rest waits behind the others. */
    List<T> take(int limit) {
        var taken = new ArrayList<T>(Math.min(size, limit));
        while (!rooms.isEmpty()) {
            var first = rooms.entrySet().iterator().next();
            var waiting = first.getValue();
            if (!taken.isEmpty() && taken.size() + waiting.size() > limit) {
                break;
            }
            rooms.remove(first.getKey());
            while (!waiting.isEmpty() && taken.size() < limit) {
                taken.add(waiting.poll());
            }
            if (!waiting.isEmpty()) {
                rooms.put(first.getKey(), waiting);
            }
        }
        size -= taken.size();
        return taken;
    }

    /** Takes all of this kind, in the order of their rooms. */
    List<T> takeAll(Predicate<T> kind) {
        var taken = new ArrayList<T>();
        rooms.values()
                .forEach(waiting -> waiting.removeIf(one -> {
                    var fits = kind.test(one);
                    if (fits) {
                        taken.add(one);
                    }
                    return fits;
                }));
        rooms.values().removeIf(ArrayDeque::isEmpty);
        size -= taken.size();
        return taken;
    }
}
