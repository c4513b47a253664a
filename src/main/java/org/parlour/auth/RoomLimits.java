package org.parlour.auth;

import org.parlour.protocol.ErrorCode;
import org.parlour.protocol.Refusal;

/**
 * What a room's owner bounds, for all that are below moderators.
 *
 * @param slowMode seconds from one message of a person to its next, 0 for none
 * @param maxMembers how many people may be in the room, 0 for as many as like
 */
public record RoomLimits(int slowMode, int maxMembers) {

    /** As in every room that nobody has set otherwise. */
    public static final RoomLimits NONE = new RoomLimits(0, 0);

    /** Six hours, in seconds. */
    public static final int LONGEST_SLOW_MODE = 6 * 3_600;

    static final int MOST_MEMBERS = 1_000_000;

    /** @param slowMode null to leave it; @param maxMembers likewise; @throws Refusal BAD_MESSAGE */
    RoomLimits with(Integer slowMode, Integer maxMembers) {
        return new RoomLimits(
                within(LONGEST_SLOW_MODE, slowMode, this.slowMode, "slowMode"),
                within(MOST_MEMBERS, maxMembers, this.maxMembers, "maxMembers"));
    }

    private static int within(int most, Integer wanted, int old, String field) {
        if (wanted != null && (wanted < 0 || wanted > most)) {
            throw new Refusal(
                    ErrorCode.BAD_MESSAGE, "\"" + field + "\" is a number from 0 (off) to " + most + ".", field);
        }
        return wanted == null ? old : wanted;
    }

    @Override
    public String toString() {
        return (slowMode == 0 ? "" : ", a message each " + slowMode + " s")
                + (maxMembers == 0 ? "" : ", at most " + maxMembers);
    }
}
