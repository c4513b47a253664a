package org.parlour.auth;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What an account is in a room; each may do what those before it may. The names stand in the database. */
public enum Role {
    READER,
    MEMBER,
    MODERATOR,
    OWNER;

    /** The role of this name in the protocol; nothing if there is none. */
    public static Optional<Role> called(String word) {
        return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
    }

    /** Its name in the protocol: in small letters. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean isAtLeast(Role other) {
        return compareTo(other) >= 0;
    }
}
