package org.parlour.auth;

/**
 * How a room is set.
 *
 * @param passwordHash of a protected room; null if it takes an account instead of a password
 * @param archived whether it is closed: it can be read and not entered
 */
public record RoomRules(RoomKind kind, String passwordHash, boolean archived, RoomLimits limits) {

    /** As every room is that nobody has set otherwise. */
    public static final RoomRules OPEN = new RoomRules(RoomKind.OPEN, null, false);

    public RoomRules {
        if (passwordHash != null && kind != RoomKind.PROTECTED) {
            throw new IllegalArgumentException("Only a protected room has a password");
        }
    }

    /** One without limits. */
    public RoomRules(RoomKind kind, String passwordHash, boolean archived) {
        this(kind, passwordHash, archived, RoomLimits.NONE);
    }

    RoomRules closed() {
        return new RoomRules(kind, passwordHash, true, limits);
    }

    /** Without the hash. */
    @Override
    public String toString() {
        return kind + (passwordHash == null ? "" : " by password") + (archived ? ", archived" : "") + limits;
    }
}
