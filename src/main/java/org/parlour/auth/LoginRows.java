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

    /** Also forgets what is long over of the same account. */
    public void insert(String session, String account, String hash, Instant now, Instant expiresAt) {
        entities.createQuery("delete from LoginRecord l where l.accountId = :account and l.expiresAt < :now")
                .setParameter("account", account)
                .setParameter("now", now.atOffset(ZoneOffset.UTC))
                .executeUpdate();
        entities.persist(new LoginRecord(session, account, hash, now, expiresAt));
        entities.flush();
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

    public void revokeAll(String account, Instant now) {
        entities.createQuery(
                        "update LoginRecord l set l.revokedAt = :now where l.accountId = :account and l.revokedAt is null")
                .setParameter("account", account)
                .setParameter("now", now.atOffset(ZoneOffset.UTC))
                .executeUpdate();
    }

    public List<Ended> revokedSince(Instant since) {
        return entities.createQuery("select l from LoginRecord l where l.revokedAt >= :since", LoginRecord.class)
                .setParameter("since", since.atOffset(ZoneOffset.UTC))
                .getResultStream()
                .map(row -> new Ended(row.accountId(), row.id(), row.revokedAt()))
                .toList();
    }
}
