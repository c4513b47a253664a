package org.parlour.it;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the members of one room were told, written down by whoever hears it first; all others are held against it. */
final class RoomBook {

    private final Map<Long, String> events = new HashMap<>();
    private long newest;

    final List<String> complaints = new ArrayList<>();

    /** Somebody was told this under this seq. */
    void hold(String who, long seq, String event) {
        newest = Math.max(newest, seq);
        var told = events.putIfAbsent(seq, event);
        if (told != null && !told.equals(event)) {
            complaints.add(who + " was told as " + seq + " " + event + ", somebody else " + told);
        }
    }

    long newest() {
        return newest;
    }

    long count(String kind) {
        return events.values().stream()
                .filter(event -> event.startsWith(kind + " "))
                .count();
    }
}
