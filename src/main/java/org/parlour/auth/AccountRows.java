package org.parlour.auth;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.parlour.protocol.ErrorCode;
import org.parlour.protocol.Refusal;
import org.parlour.protocol.Username;

/** The accounts in the database, a transaction for each call. Every method blocks on the database and fails when that does. */
@ApplicationScoped
@Transactional(TxType.REQUIRES_NEW)
public class AccountRows {

    /** No guest's id has a dot. */
    static final String PREFIX = "a.";

    private static final int ID_BYTES = 12;

    @PersistenceContext(unitName = "parlour")
    private EntityManager entities;

    /** A local account's hash of its password, with whose it is. */
    record Credentials(Account account, String passwordHash) {}

    public Optional<Account> byId(String id) {
        return Optional.ofNullable(entities.find(AccountRecord.class, id)).map(AccountRecord::account);
    }

    public Optional<Account> bySubject(String source, String subject) {
        return entities.createQuery(
                        "select a from AccountRecord a where a.source = :source and a.subject = :subject",
                        AccountRecord.class)
                .setParameter("source", source)
                .setParameter("subject", subject)
                .getResultStream()
                .findFirst()
                .map(AccountRecord::account);
    }

    /** The account whose name looks like this one. */
    public Optional<Account> byName(Username name) {
        return rowOf(name).map(AccountRecord::account);
    }

    Optional<Credentials> credentials(Username name) {
        return rowOf(name)
                .filter(row -> row.passwordHash() != null)
                .map(row -> new Credentials(row.account(), row.passwordHash()));
    }

    private Optional<AccountRecord> rowOf(Username name) {
        return looks(NameLooks.of(name)).stream()
                .findFirst()
                .map(look -> entities.find(AccountRecord.class, look.accountId()));
    }

    private List<AccountLookRecord> looks(Collection<String> looks) {
        return entities.createQuery("select l from AccountLookRecord l where l.look in :looks", AccountLookRecord.class)
                .setParameter("looks", looks)
                .getResultList();
    }

    /** Fails with a unique violation if the subject is there already, or the name or one that looks like it. */
    public Account insert(String source, String subject, Username name, String passwordHash, boolean administrator) {
        var row = new AccountRecord(PREFIX + Secrets.random(ID_BYTES), source, subject, name, passwordHash, now());
        row.setAdministrator(administrator);
        entities.persist(row);
        // Nothing tells EclipseLink that looks refer to accounts, so it might insert them first.
        entities.flush();
        var account = row.account();
        NameLooks.of(name).forEach(look -> entities.persist(new AccountLookRecord(look, account.id())));
        entities.flush();
        return account;
    }

    /** @return as it is now; empty if there is no such account */
    public Optional<Account> seen(String id) {
        return change(id, row -> row.seen(now()));
    }

    public Optional<Account> setAdministrator(String id, boolean administrator) {
        return change(id, row -> row.setAdministrator(administrator));
    }

    /**
     * Lets an account in no more, or again.
     *
     * @param by the account of whoever wants it; has to be enabled itself
     * @return as it is now; empty if there is no such account
     * @throws Refusal FORBIDDEN
     */
    public Optional<Account> setDisabled(String id, boolean disabled, String by) {
        // In one order, so that of two who disable each other at the same moment one stays, and neither waits for the
        // other.
        var locked = Stream.of(id, by)
                .distinct()
                .sorted()
                .map(one -> entities.find(AccountRecord.class, one, LockModeType.PESSIMISTIC_WRITE))
                .filter(Objects::nonNull)
                .collect(Collectors.toMap(AccountRecord::id, row -> row));
        if (!locked.containsKey(by) || locked.get(by).account().disabled()) {
            throw new Refusal(ErrorCode.FORBIDDEN, "Your own account has been disabled.");
        }
        return change(id, row -> row.setDisabled(disabled));
    }

    /** An account as administrators see it. */
    public record Listed(Account account, Instant createdAt) {}

    /**
     * Some accounts, by name.
     *
     * @param beginning of the names that are wanted, whatever the case; empty for all
     * @param after only names behind this one; empty for the first page
     */
    public List<Listed> page(String beginning, String after, int limit) {
        return entities.createQuery(
                        "select a from AccountRecord a where lower(a.name) like :beginning escape '!' and a.name > :after"
                                + " order by a.name",
                        AccountRecord.class)
                .setParameter("beginning", beginning.toLowerCase(Locale.ROOT).replaceAll("[!%_]", "!$0") + "%")
                .setParameter("after", after)
                .setMaxResults(limit)
                .getResultStream()
                .map(row -> new Listed(row.account(), row.createdAt()))
                .toList();
    }

    private Optional<Account> change(String id, Consumer<AccountRecord> change) {
        var row = entities.find(AccountRecord.class, id, LockModeType.PESSIMISTIC_WRITE);
        if (row == null) {
            return Optional.empty();
        }
        change.accept(row);
        entities.flush();
        return Optional.of(row.account());
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }
}
