package org.parlour.history;

import java.time.Duration;
import org.parlour.auth.AuditEntry;
import org.parlour.auth.Identity;
import org.parlour.protocol.Refusal;
import org.parlour.protocol.RoomName;
import org.parlour.protocol.Username;

/**
 * Something that is to become an event.
 *
 * @param senderId who, beyond the name; nonces are unique per room and sender id
 * @param content see {@link EventKind}, or null
 * @param nonce the client's own id for it, or null
 * @param replyTo the seq of the message that it answers, or null
 * @param target the seq of the message that it deletes, or null
 * @param to the other one, in a conversation of two; else null
 * @param silence how long its sender has to have said nothing in the room, for it to be stored; null if that does not matter
 * @param audit what the audit log is told with the same commit, if it is stored; or null
 * @param refusal with what it is refused unless it was stored before, with the same nonce; null to store it
 */
public record Draft(
        RoomName room,
        EventKind kind,
        String sender,
        String senderId,
        String content,
        String nonce,
        Long replyTo,
        Long target,
        Addressee to,
        Duration silence,
        AuditEntry audit,
        Refusal refusal) {

    /** @throws Refusal BAD_MESSAGE if it answers what there cannot be */
    public Draft {
        if (replyTo != null && replyTo < 1) {
            throw Refusal.nothingToReplyTo();
        }
    }

    /** One that answers no other and has no nonce. */
    public Draft(RoomName room, EventKind kind, String sender, String senderId, String content) {
        this(room, kind, sender, senderId, content, null, null, null, null, null, null, null);
    }

    /** One that deletes nothing. */
    public Draft(
            RoomName room, EventKind kind, String sender, String senderId, String content, String nonce, Long replyTo) {
        this(room, kind, sender, senderId, content, nonce, replyTo, null, null, null, null, null);
    }

    /** Deletes a message, whoever may do so. @param reason or null; @param audit see {@link Draft} */
    public static Draft deletion(
            RoomName room, String sender, String senderId, long target, String reason, AuditEntry audit) {
        return new Draft(
                room, EventKind.DELETED, sender, senderId, reason, null, null, target, null, null, audit, null);
    }

    /** The same, which may not be stored now; if it was before, it is answered all the same. */
    public Draft refusedBy(Refusal why) {
        return new Draft(room, kind, sender, senderId, content, nonce, replyTo, target, to, silence, audit, why);
    }

    /** The same, which is stored only if its sender has been silent in the room for so long. @param rest or null */
    public Draft afterSilence(Duration rest) {
        return rest == null
                ? this
                : new Draft(room, kind, sender, senderId, content, nonce, replyTo, target, to, rest, audit, refusal);
    }

    /** The name that a guest takes with this; null if it takes none, or is no guest. */
    Username nameOfGuest() {
        if (Identity.isAccount(senderId)) {
            return null;
        }
        return kind == EventKind.JOINED
                ? new Username(sender)
                : kind == EventKind.RENAMED ? new Username(content) : null;
    }

    /**
     * Whether it does no harm if it is stored though its sender was told that nobody knows: a resend with its nonce is the same, and so is
     * a second deletion.
     */
    boolean mayBeStoredUnheard() {
        return kind.isSpoken() || kind == EventKind.TOPIC || kind == EventKind.DELETED;
    }

    /**
     * Whether it has to be stored in the end, however long the database is away. Nobody is there any more to send a leave again.
     */
    boolean mustBeStored() {
        return kind == EventKind.LEFT;
    }
}
