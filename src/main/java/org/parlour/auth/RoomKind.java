package org.parlour.auth;

/** Who may enter a room that gives them no {@link Role}. */
public enum RoomKind {
    /** Everybody. Made by whoever enters it first. */
    OPEN,
    /** Whoever knows its password; or, if it has none, whoever has an account. */
    PROTECTED,
    /** Nobody, and nobody learns that it exists. */
    PRIVATE,
    /** The two people whose conversation it is, and not even administrators. */
    DIRECT
}
