package org.parlour.room;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The connections by who they are, whatever rooms they are in. Any thread may enter. */
@ApplicationScoped
public class Whereabouts {

    private final Map<String, Set<Receiver>> receivers = new ConcurrentHashMap<>();

    /** From now on this connection is that person's; also if it was already. */
    public void add(String person, Receiver receiver) {
        receivers.compute(person, (id, known) -> {
            var all = new LinkedHashSet<Receiver>();
            if (known != null) {
                all.addAll(known);
            }
            all.add(receiver);
            return Set.copyOf(all);
        });
    }

    public void remove(String person, Receiver receiver) {
        receivers.computeIfPresent(person, (id, known) -> {
            var rest = new LinkedHashSet<>(known);
            rest.remove(receiver);
            return rest.isEmpty() ? null : Set.copyOf(rest);
        });
    }

    /** The connections of somebody now. */
    Set<Receiver> of(String person) {
        return receivers.getOrDefault(person, Set.of());
    }

    /** How many people there are. */
    int people() {
        return receivers.size();
    }
}
