package org.parlour.auth;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.parlour.protocol.ErrorCode;
import org.parlour.protocol.Refusal;

/**
 * What somebody may do about its own logins: see them, end them, and change the password by which it logs in. Every method blocks on the
 * database.
 */
@ApplicationScoped
public class OwnLogins {

    private static final int MOST_SHOWN = 200;

    @Inject
    private Accounts accounts;

    @Inject
    private LoginRows rows;

    @Inject
    private Logins logins;

    @Inject
    private Passwords passwords;

    @Inject
    private Audit audit;

    /**
     * Puts another password in place of the old one. All other logins of the account have ended when this returns, and their connections
     * are being closed: whoever had the old password is out.
     *
     * @throws Refusal FORBIDDEN if the old one is wrong, or the account has no password here; BAD_MESSAGE for the new one; OVERLOADED
     */
    public void changePassword(Identity who, String from, String to, String address) {
        Logins.required(from, "oldPassword");
        Logins.required(to, "password");
        var hash = accounts.credentials(who.name())
                .filter(its -> its.account().id().equals(who.id()))
                .map(AccountRows.Credentials::passwordHash)
                .orElseThrow(() -> new Refusal(ErrorCode.FORBIDDEN, "Your account has no password here."));
        if (!passwords.matches(from, hash)) {
            throw wrong(who, address);
        }
        var next = passwords.hash(to);
        var now = now();
        var ended = accounts.stored(() -> rows.changePassword(who.id(), hash, next, who.session(), now))
                .orElseThrow(() -> wrong(who, address));
        audit.note(AuditEntry.by(who, AuditEntry.Action.PASSWORD_CHANGED, null, address));
        ended.forEach(session -> logins.tell(who.id(), session, now, true));
    }

    // Not NOT_AUTHENTICATED: a client would get itself another token for that, and try again.
    private Refusal wrong(Identity who, String address) {
        audit.note(
                AuditEntry.by(who, AuditEntry.Action.LOGIN_REFUSED, who.name().value(), address));
        return new Refusal(ErrorCode.FORBIDDEN, "That is not your password.", "oldPassword");
    }

    /** The logins that live, the newest first. */
    public List<LoginRows.Living> all(Identity who) {
        return accounts.stored(() -> rows.living(who.id(), MOST_SHOWN, now()));
    }

    /** Ends one; nothing happens if there is no such login of this account. */
    public void end(Identity who, String session, String address) {
        var now = now();
        if (accounts.stored(() -> rows.revoke(who.id(), session, now))) {
            audit.note(AuditEntry.by(who, AuditEntry.Action.LOGOUT, null, address));
            logins.tell(who.id(), session, now, true);
        }
    }

    /** Ends all but the one that asks. */
    public void endOthers(Identity who, String address) {
        var now = now();
        var ended = accounts.stored(() -> rows.revokeAll(who.id(), who.session(), now));
        audit.note(AuditEntry.by(who, AuditEntry.Action.LOGINS_ENDED, who.name().value(), address));
        ended.forEach(session -> logins.tell(who.id(), session, now, true));
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }
}
