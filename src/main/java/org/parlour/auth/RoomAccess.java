package org.parlour.auth;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.parlour.protocol.ErrorCode;
import org.parlour.protocol.Looks;
import org.parlour.protocol.Refusal;
import org.parlour.protocol.RoomName;

/**
 * Who may do what in which room: asked for everything that is done there, whatever the door it comes through, at the moment when it is
 * done. Knows nothing but what it is given.
 */
public final class RoomAccess {

    /**
     * Names that no room gets by being entered. So a stranger cannot tell a private room that is called so from one that does not exist.
     */
    public static final String RESERVED = "private:";

    /** What the names of conversations of two begin with, which no door but their own leads to. */
    private static final String DIRECT = "direct:";

    private static final Set<String> LOOKS_OF_RESERVED = Stream.of(RESERVED, DIRECT)
            .flatMap(start -> Looks.of(start).stream())
            .collect(Collectors.toUnmodifiableSet());

    private RoomAccess() {}

    /** Whether this is the name of a conversation of two: whoever asks for it as for a room is told that there is none. */
    public static boolean isDirect(RoomName name) {
        return name.value().startsWith(DIRECT);
    }

    /** The name of the conversation of two people, whose ids are given in their order. */
    public static RoomName direct(String one, String other) {
        return new RoomName(DIRECT + one + ":" + other);
    }

    /** Whether entering a room that does not exist may make it: not if it could be taken for a private one. */
    public static boolean isMadeByEntering(RoomName name) {
        var start = name.value().substring(0, name.value().indexOf(':') + 1);
        return Collections.disjoint(Looks.of(start), LOOKS_OF_RESERVED);
    }

    /** Whether somebody may know that there is this room. */
    static boolean isKnown(RoomBook room, Visitor who) {
        return who.verdict() == null && isPublic(room.rules().kind()) || roleOf(room, who) != null;
    }

    /** Whether everybody may know of rooms of this kind. */
    private static boolean isPublic(RoomKind kind) {
        return kind == RoomKind.OPEN || kind == RoomKind.PROTECTED;
    }

    /** The answer to whoever may not know whether there is such a room. */
    public static Refusal notFound() {
        return new Refusal(ErrorCode.ROOM_NOT_FOUND, "There is no such room, or it is not for you.", "room");
    }

    /**
     * @throws Refusal ROOM_NOT_FOUND if it is not to be known that the room exists; PASSWORD_REQUIRED, NOT_AUTHENTICATED, BANNED,
     *     ROOM_ARCHIVED, MUTED or FORBIDDEN
     */
    public static void require(Action action, RoomBook room, Visitor who, Instant now) {
        var role = roleOf(room, who);
        if (role == null) {
            throw who.verdict() == null ? strangersRefusal(room.rules()) : notFound();
        }
        if (room.rules().kind() == RoomKind.DIRECT && !action.isPartOfTalk()) {
            throw forbidden();
        }
        requireFree(action, room, who, role, now);
        if (room.rules().archived() && !action.isForTheArchive()) {
            throw archived();
        }
        if (!role.isAtLeast(action.least)) {
            throw forbidden();
        }
    }

    /**
     * What somebody does to somebody else, who has to be below.
     *
     * @param whom the id of a guest or an account; @param office whether that {@link #hasOffice}
     * @throws Refusal as {@link #require}
     */
    public static void requireOver(
            Action action, RoomBook room, Visitor who, String whom, boolean office, Instant now) {
        require(action, room, who, now);
        var its = room.roles().get(whom);
        var isAbove = who.identity().administrator() || !office && (its == null || !its.isAtLeast(roleOf(room, who)));
        if (!isAbove) {
            throw forbidden();
        }
    }

    /**
     * Somebody who wants to delete a message: an own one, which it may as long as it may read it, for that says nothing; or that of
     * somebody below.
     *
     * @param author as {@code whom} in {@link #requireOver}, and so {@code office}
     * @param why whether it says why: that is told to everybody, so the muted may not say it of their own words
     * @throws Refusal as {@link #require}
     */
    public static void requireDelete(
            RoomBook room, Visitor who, String author, boolean office, boolean why, Instant now) {
        if (!who.identity().id().equals(author)) {
            requireOver(Action.DELETE, room, who, author, office, now);
            return;
        }
        require(Action.READ, room, who, now);
        if (why) {
            require(Action.SPEAK, room, who, now);
        }
    }

    /**
     * Somebody who wants to give out a way in.
     *
     * @param role that others are to get by it: below the own one
     * @throws Refusal as {@link #require}; FORBIDDEN where somebody else says who may enter, for roles mean nothing there
     */
    static void requireInvite(RoomBook room, Visitor who, Role role, Instant now) {
        require(Action.INVITE, room, who, now);
        if (who.verdict() != null || role.isAtLeast(roleOf(room, who))) {
            throw forbidden();
        }
    }

    /** Whether somebody could give out that way in now, were the room not closed. */
    static boolean mayHaveInvited(RoomBook room, Visitor who, Role role, Instant now) {
        var its = roleOf(room, who);
        return who.verdict() == null
                && its != null
                && its.isAtLeast(Action.INVITE.least)
                && !role.isAtLeast(its)
                && (its == Role.OWNER
                        || room.restriction(Restriction.Kind.BAN, who, now).isEmpty());
    }

    /** Somebody who has been invited. @throws Refusal BANNED or ROOM_ARCHIVED */
    static void requireWelcome(RoomBook room, Visitor who, Instant now) {
        requireFree(Action.ENTER, room, who, roleOf(room, who), now);
        if (room.rules().archived()) {
            throw archived();
        }
    }

    static boolean may(Action action, RoomBook room, Visitor who, Instant now) {
        try {
            require(action, room, who, now);
            return true;
        } catch (Refusal refusal) {
            return false;
        }
    }

    /** Whether a room's limits are for somebody: moderators are above them. */
    public static boolean isLimited(RoomBook room, Visitor who) {
        var role = roleOf(room, who);
        return role == null || !role.isAtLeast(Role.MODERATOR);
    }

    /** Whether somebody has an office that is not written in a room's book: an administrator's, or a moderator's by a policy. */
    public static boolean hasOffice(Visitor who) {
        var verdict = who.verdict();
        return who.identity().administrator()
                || verdict != null && verdict.role() != null && verdict.role().isAtLeast(Role.MODERATOR);
    }

    /** What somebody counts as, by a policy, by what was given to it, or by the kind of the room; null for a stranger. */
    private static Role roleOf(RoomBook room, Visitor who) {
        var rules = room.rules();
        if (rules.kind() == RoomKind.DIRECT) {
            return room.given(who.identity()).orElse(null);
        }
        if (who.identity().administrator()) {
            return Role.OWNER;
        }
        if (who.verdict() != null) {
            return who.verdict().role();
        }
        return room.given(who.identity()).orElseGet(() -> letsIn(rules, who) ? Role.MEMBER : null);
    }

    private static boolean letsIn(RoomRules rules, Visitor who) {
        return switch (rules.kind()) {
            case OPEN -> true;
            case PROTECTED ->
                rules.passwordHash() == null
                        ? !who.identity().isGuest()
                        : rules.passwordHash().equals(who.fitting());
            case PRIVATE, DIRECT -> false;
        };
    }

    private static Refusal strangersRefusal(RoomRules rules) {
        if (!isPublic(rules.kind())) {
            return notFound();
        }
        return rules.passwordHash() == null
                ? new Refusal(ErrorCode.NOT_AUTHENTICATED, "This room is for people with an account. Please log in.")
                : new Refusal(ErrorCode.PASSWORD_REQUIRED, "This room takes a password.", "password");
    }

    // Owners too: else one could be locked out of one's own room.
    private static void requireFree(Action action, RoomBook room, Visitor who, Role role, Instant now) {
        if (role == Role.OWNER) {
            return;
        }
        room.restriction(Restriction.Kind.BAN, who, now).ifPresent(ban -> {
            throw new Refusal(ErrorCode.BANNED, "You have been banned from this room" + end(ban), "room");
        });
        if (action.isSpeech()) {
            room.restriction(Restriction.Kind.MUTE, who, now).ifPresent(mute -> {
                throw new Refusal(ErrorCode.MUTED, "You may not speak in this room" + end(mute));
            });
        }
    }

    private static String end(Restriction restriction) {
        return restriction.until() == null
                ? "."
                : " until " + restriction.until().truncatedTo(ChronoUnit.SECONDS) + ".";
    }

    private static Refusal archived() {
        return new Refusal(ErrorCode.ROOM_ARCHIVED, "This room has been closed.", "room");
    }

    private static Refusal forbidden() {
        return new Refusal(ErrorCode.FORBIDDEN, "You may not do that in this room.");
    }
}
