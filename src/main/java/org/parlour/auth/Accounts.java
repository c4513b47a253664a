package org.parlour.auth;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.parlour.protocol.ErrorCode;
import org.parlour.protocol.Refusal;
import org.parlour.protocol.Username;
import org.parlour.storage.DatabaseReady;
import org.parlour.storage.RootCause;
import org.parlour.storage.StorageFailure;

/**
 * Everybody who is not a guest, and whose name nobody else may take or imitate. Every method blocks on the database; while that is
 * away it is refused with STORAGE_UNAVAILABLE.
 */
@ApplicationScoped
public class Accounts {

    private static final Logger LOG = System.getLogger(Accounts.class.getName());

    private static final int ATTEMPTS = 20;
    private static final int RANDOM_NAME_BYTES = 6;

    @Inject
    private AccountRows rows;

    private volatile boolean reached;

    @Inject
    private Audit audit;

    void databaseReached(@Observes DatabaseReady ready) {
        reached = true;
    }

    public Optional<Account> byId(String id) {
        return stored(() -> rows.byId(id));
    }

    /** The account with this name, or one that looks like it. */
    public Optional<Account> byName(Username name) {
        return stored(() -> rows.byName(name));
    }

    Optional<AccountRows.Credentials> credentials(Username name) {
        return stored(() -> rows.credentials(name));
    }

    /**
     * Makes an account that has a password here.
     *
     * @throws Refusal USERNAME_TAKEN
     */
    Account register(Username name, String passwordHash, boolean administrator, String address) {
        var account = insert(Account.LOCAL, name.value(), name, passwordHash, administrator)
                .orElseThrow(() -> new Refusal(
                        ErrorCode.USERNAME_TAKEN, "This username, or one that looks like it, is taken.", "username"));
        note(account, AuditEntry.Action.REGISTERED, null, address);
        return account;
    }

    /**
     * The account of somebody whom another source has authenticated, made when it is first seen. Its name is what the source calls it,
     * as far as that is a name here and nobody has it; if not, one that is made from it.
     */
    Account seen(String source, String subject, String called, String address) {
        return stored(() -> rows.bySubject(source, subject))
                .flatMap(known -> stored(() -> rows.seen(known.id())))
                .orElseGet(() -> make(source, subject, called, address));
    }

    private Account make(String source, String subject, String called, String address) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            var made =
                    ForeignNames.username(called, attempt).flatMap(name -> insert(source, subject, name, null, false));
            if (made.isPresent()) {
                note(made.get(), AuditEntry.Action.ACCOUNT_SEEN, source, address);
                return made.get();
            }
            // Another connection of the same person may have been faster.
            var known = stored(() -> rows.bySubject(source, subject));
            if (known.isPresent()) {
                return known.get();
            }
        }
        return insert(source, subject, new Username("user-" + Secrets.random(RANDOM_NAME_BYTES)), null, false)
                .orElseThrow(Refusal::storageUnavailable);
    }

    private Optional<Account> insert(
            String source, String subject, Username name, String passwordHash, boolean administrator) {
        return stored(() -> {
            try {
                return Optional.of(rows.insert(source, subject, name, passwordHash, administrator));
            } catch (RuntimeException failure) {
                if (StorageFailure.of(failure) == StorageFailure.CONFLICT) {
                    return Optional.empty();
                }
                throw failure;
            }
        });
    }

    /** @throws Refusal USER_NOT_FOUND if there is no such account */
    public Account setAdministrator(String id, boolean administrator) {
        return stored(() -> rows.setAdministrator(id, administrator)).orElseThrow(Accounts::unknown);
    }

    /** @throws Refusal USER_NOT_FOUND if there is no such account; see {@link AccountRows#setDisabled} */
    Account setDisabled(String id, boolean disabled, String by) {
        return stored(() -> rows.setDisabled(id, disabled, by)).orElseThrow(Accounts::unknown);
    }

    List<AccountRows.Listed> page(String beginning, String after, int limit) {
        return stored(() -> rows.page(beginning, after, limit));
    }

    static Refusal unknown() {
        return new Refusal(ErrorCode.USER_NOT_FOUND, "There is no such account.");
    }

    private void note(Account account, AuditEntry.Action action, String target, String address) {
        audit.note(AuditEntry.by(account.identity(null, null), action, target, address));
    }

    // Not before the tables are there: a persistence unit whose first contact with the database fails does not recover.
    <T> T stored(Supplier<T> work) {
        if (!reached) {
            throw Refusal.storageUnavailable();
        }
        try {
            return work.get();
        } catch (Refusal refusal) {
            throw refusal;
        } catch (RuntimeException failure) {
            LOG.log(Level.WARNING, () -> "The accounts cannot be read or written: " + RootCause.of(failure));
            throw Refusal.storageUnavailable();
        }
    }
}
