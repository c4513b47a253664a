package org.parlour.auth;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** The logins in the database, a transaction for each call. Every method blocks on the database and fails when that does. */
@ApplicationScoped
@Transactional(TxType.REQUIRES_NEW)
public class LoginRows {

    @PersistenceContext(unitName = "parlour")
    private EntityManager entities;

    /** What came of showing a refresh token. @param login whose it is, if that is known */
    public record Shown(Result result, Ended login) {}

    /** What a refresh token was. */
    public enum Result {
        /** The current one: the new one is good from now on. */
        ROTATED,
        /** The one before, a moment ago: somebody else with the same token was faster. */
        TOO_LATE,
        /** An old one, or a wrong one: the login has ended with this. */
        REUSED,
        /** Of a login that is over, or never was. */
        UNKNOWN
    }

    /** A login and its account. @param at when it was used or ended */
    public record Ended(String account, String session, Instant at) {}

    /**
     * Also forgets what is long over of the same account.
     *
     * @param passwordHash by which somebody has just logged in
     * @return false if it is not the account's any more, or the account was disabled, while the password was looked at
     */
    public boolean insert(
            String session, String account, String passwordHash, String hash, Instant now, Instant expiresAt) {
        if (locked(account, passwordHash) == null) {
            return false;
        }
        entities.createQuery("delete from LoginRecord l where l.accountId = :account and l.expiresAt < :now")
                .setParameter("account", account)
                .setParameter("now", now.atOffset(ZoneOffset.UTC))
                .executeUpdate();
        entities.persist(new LoginRecord(session, account, hash, now, expiresAt));
        entities.flush();
        return true;
    }

    // Whoever changes the password or disables the account waits for this transaction, and finds what it has done.
    private AccountRecord locked(String account, String passwordHash) {
        var row = entities.find(AccountRecord.class, account, LockModeType.PESSIMISTIC_WRITE);
        return row == null || row.account().disabled() || !passwordHash.equals(row.passwordHash()) ? null : row;
    }

    /**
     * Puts another password in place of the one that somebody has just shown, and ends the other logins.
     *
     * @param keep the login that goes on, or null
     * @return which have ended; nothing if that is not the account's password any more
     */
    public Optional<List<String>> changePassword(String account, String from, String to, String keep, Instant now) {
        var row = locked(account, from);
        if (row == null) {
            return Optional.empty();
        }
        row.setPasswordHash(to);
        return Optional.of(revokeAll(account, keep, now));
    }

    /**
     * Shows a refresh token, and puts the next one in its place if it is good.
     *
     * @param grace how long after a rotation the one before is taken for a race, and not for a theft
     */
    public Shown rotate(String session, String hash, String next, Instant now, Instant expiresAt, Duration grace) {
        var row = entities.find(LoginRecord.class, session, LockModeType.PESSIMISTIC_WRITE);
        if (row == null || row.isOver(now)) {
            return new Shown(Result.UNKNOWN, null);
        }
        var login = new Ended(row.accountId(), row.id(), now);
        if (row.isCurrent(hash)) {
            row.rotate(next, now, expiresAt);
            return new Shown(Result.ROTATED, login);
        }
        if (row.wasPrevious(hash) && now.isBefore(row.lastUsed().plus(grace))) {
            return new Shown(Result.TOO_LATE, login);
        }
        row.revoke(now);
        return new Shown(Result.REUSED, login);
    }

    /** @return false if there is no such login, or it was over */
    public boolean revoke(String session, Instant now) {
        var row = entities.find(LoginRecord.class, session, LockModeType.PESSIMISTIC_WRITE);
        if (row == null || row.isOver(now)) {
            return false;
        }
        row.revoke(now);
        return true;
    }

    /** Whose login it is, if this is the hash of its refresh token or of the one before. */
    public Optional<String> accountOf(String session, String hash) {
        return Optional.ofNullable(entities.find(LoginRecord.class, session))
                .filter(login -> login.isCurrent(hash) || login.wasPrevious(hash))
                .map(LoginRecord::accountId);
    }

    /** @param keep the login that goes on, or null; @return which have ended by this */
    public List<String> revokeAll(String account, String keep, Instant now) {
        var ending = entities.createQuery(
                        "select l from LoginRecord l where l.accountId = :account and l.revokedAt is null"
                                + " and l.expiresAt > :now",
                        LoginRecord.class)
                .setParameter("account", account)
                .setParameter("now", now.atOffset(ZoneOffset.UTC))
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultStream()
                .filter(login -> !login.id().equals(keep))
                .toList();
        ending.forEach(login -> login.revoke(now));
        return ending.stream().map(LoginRecord::id).toList();
    }

    /** A login that lives. */
    public record Living(String session, Instant createdAt, Instant lastUsed, Instant expiresAt) {}

    /** The newest logins of an account, the newest first. */
    public List<Living> living(String account, int most, Instant now) {
        return entities.createQuery(
                        "select l from LoginRecord l where l.accountId = :account and l.revokedAt is null"
                                + " and l.expiresAt > :now order by l.createdAt desc",
                        LoginRecord.class)
                .setParameter("account", account)
                .setParameter("now", now.atOffset(ZoneOffset.UTC))
                .setMaxResults(most)
                .getResultStream()
                .map(LoginRecord::living)
                .toList();
    }

    /** Ends a login, if it is this account's. @return false if not, or it was over */
    public boolean revoke(String account, String session, Instant now) {
        var row = entities.find(LoginRecord.class, session, LockModeType.PESSIMISTIC_WRITE);
        if (row == null || row.isOver(now) || !row.accountId().equals(account)) {
            return false;
        }
        row.revoke(now);
        return true;
    }

    public List<Ended> revokedSince(Instant since) {
        return entities.createQuery("select l from LoginRecord l where l.revokedAt >= :since", LoginRecord.class)
                .setParameter("since", since.atOffset(ZoneOffset.UTC))
                .getResultStream()
                .map(row -> new Ended(row.accountId(), row.id(), row.revokedAt()))
                .toList();
    }
}
