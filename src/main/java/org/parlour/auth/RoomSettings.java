package org.parlour.auth;

/**
 * How somebody wants a room to be; what is null stays as it is.
 *
 * @param password empty for none: then a protected room takes an account
 * @param slowMode see {@link RoomLimits}; @param maxMembers likewise
 */
public record RoomSettings(RoomKind kind, String password, Boolean archived, Integer slowMode, Integer maxMembers) {

    /** Without the password. */
    @Override
    public String toString() {
        return "RoomSettings " + kind;
    }
}
