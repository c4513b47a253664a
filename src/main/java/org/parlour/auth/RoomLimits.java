package org.parlour.auth;

import org.parlour.protocol.ErrorCode;
import org.parlour.protocol.Refusal;

/**
 * What a room's owner bounds: how much people do, for all that are below moderators, and how long it is kept.
 *
 * @param slowMode seconds from one message of a person to its next, 0 for none
 * @param maxMembers how many people may be in the room, 0 for as many as like
 * @param retentionDays how long the log is kept, 0 for as long as the server keeps it
 * @param retentionEvents how many of the newest events are kept, 0 likewise
 */
public record RoomLimits(int slowMode, int maxMembers, int retentionDays, int retentionEvents) {

    /** As in every room that nobody has set otherwise. */
    public static final RoomLimits NONE = new RoomLimits(0, 0, 0, 0);

    /** Six hours, in seconds. */
    public static final int LONGEST_SLOW_MODE = 6 * 3_600;

    static final int MOST_MEMBERS = 1_000_000;

    static final int MOST_DAYS = 36_500;

    static final int MOST_EVENTS = 1_000_000_000;

    /** @param wanted what is null in it is left as it is; @throws Refusal BAD_MESSAGE */
    RoomLimits with(RoomSettings wanted) {
        return new RoomLimits(
                within(LONGEST_SLOW_MODE, wanted.slowMode(), slowMode, "slowMode"),
                within(MOST_MEMBERS, wanted.maxMembers(), maxMembers, "maxMembers"),
                within(MOST_DAYS, wanted.retentionDays(), retentionDays, "retentionDays"),
                within(MOST_EVENTS, wanted.retentionEvents(), retentionEvents, "retentionEvents"));
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
                + (maxMembers == 0 ? "" : ", at most " + maxMembers)
                + (retentionDays == 0 ? "" : ", kept for " + retentionDays + " days")
                + (retentionEvents == 0 ? "" : ", the newest " + retentionEvents + " kept");
    }
}
