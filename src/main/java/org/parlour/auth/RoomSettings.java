package org.parlour.auth;

/**
 * How somebody wants a room to be; what is null stays as it is.
 *
 * @param password empty for none: then a protected room takes an account
 * @param slowMode see {@link RoomLimits}, and so for the rest
 */
public record RoomSettings(
        RoomKind kind,
        String password,
        Boolean archived,
        Integer slowMode,
        Integer maxMembers,
        Integer retentionDays,
        Integer retentionEvents) {

    /** As it is, but for this. */
    public static RoomSettings slow(int seconds) {
        return new RoomSettings(null, null, null, seconds, null, null, null);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "RoomSettings " + kind;
    }
}
