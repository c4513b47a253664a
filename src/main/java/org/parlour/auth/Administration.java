package org.parlour.auth;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.parlour.protocol.ErrorCode;
import org.parlour.protocol.Refusal;
import org.parlour.protocol.Username;

/** What administrators do to accounts, and look at. Whoever calls has made sure that it is one. Every method blocks on the database. */
@ApplicationScoped
public class Administration {

    @Inject
    private Accounts accounts;

    @Inject
    private Logins logins;

    @Inject
    private AuditRows entries;

    @Inject
    private Audit audit;

    /** See {@link AccountRows#page}. */
    public List<AccountRows.Listed> accounts(String beginning, String after, int limit) {
        return accounts.page(beginning, after, limit);
    }

    /**
     * Lets an account in no more, or again. If not, all its logins have ended when this returns, and its connections are being closed.
     *
     * @throws Refusal USER_NOT_FOUND; FORBIDDEN for one's own account, so that the last administrator does not lock itself out
     */
    public Account setDisabled(Username name, boolean disabled, Identity by, String address) {
        var account = existing(name);
        if (account.id().equals(by.id())) {
            throw new Refusal(
                    ErrorCode.FORBIDDEN, "Your own account is for another administrator to disable.", "username");
        }
        var changed = logins.setDisabled(account.id(), disabled, by.id());
        note(by, disabled ? AuditEntry.Action.ACCOUNT_DISABLED : AuditEntry.Action.ACCOUNT_ENABLED, account, address);
        return changed;
    }

    /**
     * Ends all logins of an account, whose holder may log in again.
     *
     * @throws Refusal USER_NOT_FOUND
     */
    public void endLogins(Username name, Identity by, String address) {
        var account = existing(name);
        logins.endAll(account.id(), true);
        note(by, AuditEntry.Action.LOGINS_ENDED, account, address);
    }

    /** See {@link AuditRows#page}. */
    public List<AuditRows.Line> audit(AuditRows.Wanted wanted) {
        return accounts.stored(() -> entries.page(wanted));
    }

    private Account existing(Username name) {
        return accounts.byName(name).filter(found -> found.name().equals(name)).orElseThrow(Accounts::unknown);
    }

    private void note(Identity by, AuditEntry.Action action, Account account, String address) {
        audit.note(AuditEntry.by(by, action, account.name().value(), address));
    }
}
