package org.parlour.room;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.parlour.protocol.ErrorCode;
import org.parlour.protocol.Refusal;
import org.parlour.protocol.Username;

/** Which names of a room are taken, and by whom; no two that look alike. Guarded by the room's lock. */
final class TakenNames {

    private final Map<String, Person> byLook = new HashMap<>();

    /**
     * Takes a name for somebody, who may hold names that look like it.
     *
     * @throws Refusal USERNAME_TAKEN
     */
    void take(Username name, Person person) {
        for (var look : name.looks()) {
            var holder = byLook.get(look);
            if (holder != null && holder != person) {
                throw new Refusal(
                        ErrorCode.USERNAME_TAKEN, "This username, or one that looks like it, is taken.", "username");
            }
        }
        name.looks().forEach(look -> byLook.put(look, person));
    }

    /** Who has a name that looks like this one. */
    Set<Person> holders(Username name) {
        return name.looks().stream().map(byLook::get).filter(Objects::nonNull).collect(Collectors.toSet());
    }

    /** Sets a name free, but for what it has in common with the one that is kept. */
    void release(Username name, Username kept) {
        Collection<String> staying = kept == null ? Set.of() : kept.looks();
        name.looks().stream().filter(look -> !staying.contains(look)).forEach(byLook::remove);
    }
}
