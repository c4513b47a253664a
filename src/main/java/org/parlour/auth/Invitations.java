package org.parlour.auth;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.parlour.protocol.ErrorCode;
import org.parlour.protocol.Refusal;
import org.parlour.protocol.RoomName;

/**
 * Ways into a room that its moderators give out: a secret that makes whoever shows it a member, so many times, until some moment. It
 * comes from its inviter, and is good only as long as that may invite. Every method blocks on the database.
 */
@ApplicationScoped
public class Invitations {

    private static final int ID_BYTES = 12;
    private static final int SECRET_BYTES = 32;

    @Inject
    private Rooms rooms;

    @Inject
    private RoomPolicies policies;

    @Inject
    private InvitationRows rows;

    @Inject
    private Accounts accounts;

    @Inject
    private Audit audit;

    /** One that has just been made. @param secret shown this once, and kept nowhere; @param expiresAt the first moment when it is not good */
    public record Made(String id, String secret, Role role, int uses, Instant expiresAt) {

        /** Without the secret, which must not get into a log. */
        @Override
        public String toString() {
            return "Invitation " + id;
        }
    }

    /**
     * Makes one.
     *
     * @throws Refusal FORBIDDEN, also if the role is above what this person may give; see {@link RoomAccess#require}
     */
    public Made make(RoomName name, Invitation wanted, Visitor by) {
        var now = now();
        var room = rooms.existing(name, by);
        RoomAccess.requireInvite(room, by, wanted.role(), now);
        var id = Secrets.random(ID_BYTES);
        var secret = Secrets.random(SECRET_BYTES);
        var byOffice = by.identity().administrator();
        if (!accounts.stored(
                () -> rows.insert(name, id, hash(secret), wanted, by.identity().id(), byOffice, now))) {
            throw RoomAccess.notFound();
        }
        note(AuditEntry.Action.INVITED, name, id, wanted.role().word() + ", " + wanted.uses() + " uses", by);
        return new Made(id, secret, wanted.role(), wanted.uses(), now.plusSeconds(wanted.seconds()));
    }

    /** Those that are good, the newest first. @throws Refusal as {@link #make} */
    public List<InvitationRows.Open> open(RoomName name, Visitor by) {
        requireMayInvite(name, by);
        return accounts.stored(() -> rows.open(name, now()));
    }

    /** Whoever may invite may also take back what others have given out. @throws Refusal INVITATION_INVALID if there is none */
    public void revoke(RoomName name, String id, Visitor by) {
        requireMayInvite(name, by);
        if (!accounts.stored(() -> rows.delete(name, id))) {
            throw invalid();
        }
        note(AuditEntry.Action.INVITATION_REVOKED, name, id, null, by);
    }

    private void requireMayInvite(RoomName name, Visitor by) {
        RoomAccess.require(Action.INVITE, rooms.existing(name, by), by, now());
    }

    /**
     * Makes somebody what an invitation is for. Whoever is as much already stays what it is, and the invitation is not used up; nor is
     * somebody's role raised by those who may not give roles.
     *
     * @param secret as it was given out
     * @return where, and what it is there now
     * @throws Refusal INVITATION_INVALID whatever is wrong with it: no such secret, used up, expired, revoked, or the inviter may not
     *     invite any more; BANNED, ROOM_ARCHIVED
     */
    public InvitationRows.Redeemed redeem(String secret, Visitor by) {
        var redeemed = accounts.stored(() -> rows.redeem(hash(secret), by, now(), policies::decide))
                .orElseThrow(() -> refused(by));
        if (redeemed.isNews()) {
            rooms.changed(
                    redeemed.room(),
                    by,
                    AuditEntry.Action.INVITATION_REDEEMED,
                    redeemed.invitation(),
                    redeemed.role().word());
        }
        return redeemed;
    }

    private Refusal refused(Visitor by) {
        audit.note(AuditEntry.by(by.identity(), AuditEntry.Action.INVITATION_REFUSED, null, by.address()));
        return invalid();
    }

    private static Refusal invalid() {
        return new Refusal(ErrorCode.INVITATION_INVALID, "This invitation is not good, or no longer.", "invitation");
    }

    private void note(AuditEntry.Action action, RoomName name, String id, String detail, Visitor by) {
        audit.note(AuditEntry.inRoom(by.identity(), action, id, name.value(), detail, by.address()));
    }

    private static String hash(String secret) {
        return Secrets.hash(secret.getBytes(StandardCharsets.UTF_8));
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }
}
