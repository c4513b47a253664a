package org.parlour.room;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import org.parlour.auth.Action;
import org.parlour.auth.Role;
import org.parlour.protocol.ClientMessage;
import org.parlour.protocol.ErrorCode;
import org.parlour.protocol.Refusal;
import org.parlour.protocol.ServerMessage;
import org.parlour.protocol.Username;

/**
 * What somebody wants done to somebody, as it was asked for.
 *
 * @param role what it is to be, in the words of the protocol, or null
 * @param until when it ends, or null; @param reason or null
 * @param address whether a ban is for the addresses, too
 */
record Ruling(String ref, Verb verb, Username whom, String role, Instant until, String reason, boolean address) {

    private static final String NO_ROLE = "none";
    private static final int MAX_REASON_LENGTH = 250;
    private static final Duration LONGEST = Duration.ofDays(3_650);

    /** What may be done, and what it takes to be allowed to. */
    enum Verb {
        KICK(Action.KICK, false),
        BAN(Action.BAN, true),
        UNBAN(Action.BAN, false),
        MUTE(Action.MUTE, true),
        UNMUTE(Action.MUTE, false),
        /** Everybody may give up a role; for more, {@link org.parlour.auth.Rooms#grant} looks at both. */
        ROLE(Action.READ, false);

        final Action action;
        private final boolean lasts;

        Verb(Action action, boolean lasts) {
            this.action = action;
            this.lasts = lasts;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @throws Refusal BAD_MESSAGE, USERNAME_INVALID */
    static Ruling of(ClientMessage.Moderate request, Instant now) {
        var verb = Arrays.stream(Verb.values())
                .filter(one -> one.word().equals(request.action()))
                .findFirst()
                .orElseThrow(() -> bad("There is no such action.", "action"));
        if (request.username() == null) {
            throw bad("\"username\" is missing.", "username");
        }
        var seconds = request.seconds();
        if (seconds != null && (!verb.lasts || seconds < 1 || seconds > LONGEST.toSeconds())) {
            throw bad("Only a ban or a mute lasts, from a second to ten years.", "seconds");
        }
        if (request.address() != null && verb != Verb.BAN) {
            throw bad("Only a ban is for addresses.", "address");
        }
        if ((request.role() != null) != (verb == Verb.ROLE)) {
            throw bad("A role goes with the action \"role\", and with no other.", "role");
        }
        requireRole(request.role());
        return new Ruling(
                request.ref(),
                verb,
                new Username(request.username()),
                request.role(),
                seconds == null ? null : now.plusSeconds(seconds).truncatedTo(ChronoUnit.MILLIS),
                reason(request.reason()),
                Boolean.TRUE.equals(request.address()));
    }

    private static void requireRole(String word) {
        if (word != null && !word.equals(NO_ROLE) && Role.called(word).isEmpty()) {
            throw bad("\"role\" is owner, moderator, member, reader or none.", "role");
        }
    }

    /** The role that somebody is to have; null for none. */
    Role granted() {
        return Role.called(role).orElse(null);
    }

    /** What everybody is told; null if nothing was said. @throws Refusal BAD_MESSAGE */
    static String reason(String reason) {
        if (reason == null || reason.isBlank()) {
            return null;
        }
        if (reason.codePointCount(0, reason.length()) > MAX_REASON_LENGTH) {
            throw bad("A reason has at most " + MAX_REASON_LENGTH + " characters.", "reason");
        }
        return reason.strip();
    }

    private static Refusal bad(String message, String field) {
        return new Refusal(ErrorCode.BAD_MESSAGE, message, field);
    }

    /** @param by who did it; @param ref for whoever asked for it, null for the others */
    ServerMessage.Moderated told(Room room, Username by, String ref) {
        return new ServerMessage.Moderated(
                ref,
                room.name().value(),
                verb.word(),
                whom.value(),
                role,
                by.value(),
                until == null ? null : Events.time(until),
                reason);
    }
}
