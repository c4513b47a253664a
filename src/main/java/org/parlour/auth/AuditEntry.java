package org.parlour.auth;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Something that an administrator may ask about later. Never what was said, and no token or password. Texts are cut to what the
 * database takes, and what could begin a new line is escaped.
 *
 * @param actorId whose doing it was; null if nobody could be told
 * @param target who or what it was done to, or null
 * @param room where, or null
 * @param detail what else there is to know, or null
 * @param address where the actor came from, or null
 */
public record AuditEntry(
        Instant at,
        String actorId,
        String actorName,
        Action action,
        String target,
        String room,
        String detail,
        String address) {

    /** What was done. */
    public enum Action {
        REGISTERED,
        ACCOUNT_SEEN,
        LOGIN,
        LOGIN_REFUSED,
        LOGOUT,
        TOKEN_REUSED,
        ADMINISTRATOR_MADE,
        ACCOUNT_DISABLED,
        ACCOUNT_ENABLED,
        LOGINS_ENDED,
        PASSWORD_CHANGED,
        ROOM_MADE,
        ROOM_CHANGED,
        ROOM_PASSWORD_REFUSED,
        ROLE_CHANGED,
        INVITED,
        INVITATION_REVOKED,
        INVITATION_REDEEMED,
        INVITATION_REFUSED,
        KICKED,
        BANNED,
        UNBANNED,
        MUTED,
        UNMUTED,
        MESSAGE_DELETED
    }

    private static final int NAME = 64;
    private static final int TARGET = 255;
    private static final int ROOM = 128;
    private static final int DETAIL = 1_000;

    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\x{80}-\\x{9F}\\x{2028}\\x{2029}\\\\]");

    public AuditEntry {
        at = at.truncatedTo(ChronoUnit.MILLIS);
        actorId = harmless(actorId, NAME);
        actorName = harmless(actorName, NAME);
        target = harmless(target, TARGET);
        room = harmless(room, ROOM);
        detail = harmless(detail, DETAIL);
        address = harmless(address, NAME);
    }

    /** By somebody who is known. */
    public static AuditEntry by(Identity actor, Action action, String target, String address) {
        var name = actor.name() == null ? null : actor.name().value();
        return new AuditEntry(Instant.now(), actor.id(), name, action, target, null, null, address);
    }

    /** By somebody who is known, in a room. */
    public static AuditEntry inRoom(
            Identity actor, Action action, String target, String room, String detail, String address) {
        var name = actor.name() == null ? null : actor.name().value();
        return new AuditEntry(Instant.now(), actor.id(), name, action, target, room, detail, address);
    }

    /** By somebody who is not. @param target whom he claimed to be, or null */
    public static AuditEntry byNobody(Action action, String target, String address) {
        return new AuditEntry(Instant.now(), null, null, action, target, null, null, address);
    }

    private static String harmless(String text, int max) {
        if (text == null) {
            return null;
        }
        var escaped = CONTROL.matcher(text).replaceAll(found -> {
            var character = found.group().charAt(0);
            return Matcher.quoteReplacement(character == '\\' ? "\\\\" : String.format("\\u%04X", (int) character));
        });
        return cut(escaped, max);
    }

    private static String cut(String text, int max) {
        if (text.length() <= max) {
            return text;
        }
        var end = Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max;
        return text.substring(0, end);
    }
}
