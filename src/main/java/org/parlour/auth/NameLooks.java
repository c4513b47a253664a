package org.parlour.auth;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;
import org.parlour.protocol.Username;

/** The looks of a name as keys of the database. Hashed, for a look may be many times as long as its name. */
final class NameLooks {

    private NameLooks() {}

    static Set<String> of(Username name) {
        return name.looks().stream()
                .map(look -> Secrets.hash(look.getBytes(StandardCharsets.UTF_8)))
                .collect(Collectors.toUnmodifiableSet());
    }
}
