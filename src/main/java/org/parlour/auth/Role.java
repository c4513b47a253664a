package org.parlour.auth;

/** What an account is in a room; each may do what those before it may. The names stand in the database. */
public enum Role {
    READER,
    MEMBER,
    MODERATOR,
    OWNER;

    boolean isAtLeast(Role other) {
        return compareTo(other) >= 0;
    }
}
