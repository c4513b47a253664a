package org.parlour.auth;

import java.time.Duration;
import org.parlour.protocol.ErrorCode;
import org.parlour.protocol.Refusal;

/**
 * What somebody wants to invite to.
 *
 * @param uses how many people may come by it; @param seconds how long it is good for
 * @param role what they become; never an owner
 */
public record Invitation(int uses, long seconds, Role role) {

    static final int MOST_USES = 1_000;

    private static final int USUAL_USES = 1;
    private static final Duration USUAL = Duration.ofDays(1);
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(30);

    /**
     * @param uses null for one; @param seconds null for a day; @param secondsField what the request calls that
     * @param role null for a member
     * @throws Refusal BAD_MESSAGE
     */
    public static Invitation of(Integer uses, Long seconds, String secondsField, Role role) {
        if (uses != null && (uses < 1 || uses > MOST_USES)) {
            throw bad("An invitation is for 1 to " + MOST_USES + " people.", "uses");
        }
        if (seconds != null && (seconds < SHORTEST.toSeconds() || seconds > LONGEST.toSeconds())) {
            throw bad("An invitation is good for a second to 30 days.", secondsField);
        }
        if (role == Role.OWNER) {
            throw bad("Nobody becomes an owner by an invitation.", "role");
        }
        return new Invitation(
                uses == null ? USUAL_USES : uses,
                seconds == null ? USUAL.toSeconds() : seconds,
                role == null ? Role.MEMBER : role);
    }

    private static Refusal bad(String message, String field) {
        return new Refusal(ErrorCode.BAD_MESSAGE, message, field);
    }
}
