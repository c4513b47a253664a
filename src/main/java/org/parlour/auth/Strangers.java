package org.parlour.auth;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.parlour.protocol.ErrorCode;
import org.parlour.protocol.Refusal;

/**
 * The accounts of people whom somebody else has authenticated. What is known of one is kept for a minute, so that a thousand who
 * reconnect at once do not need the database; and if that hangs, only a few wait for it.
 */
@ApplicationScoped
public class Strangers {

    private static final Duration KEPT = Duration.ofMinutes(1);
    private static final int MOST_KEPT = 20_000;
    private static final int MOST_WAITING = 8;
    private static final int PATIENCE_SECONDS = 2;

    private final Map<Subject, Known> known = new ConcurrentHashMap<>();

    /** Counts what was forgotten. */
    private final AtomicLong endings = new AtomicLong();

    private final Semaphore places = new Semaphore(MOST_WAITING);

    @Inject
    private Accounts accounts;

    private record Subject(String source, String name) {}

    private record Known(Account account, Instant since) {

        boolean isFresh() {
            return since.plus(KEPT).isAfter(Instant.now());
        }
    }

    /**
     * Who somebody is here. Waits for the database, but not long.
     *
     * @param called what the source calls it; @param office whether the source says that it is an administrator
     * @param expiresAt of the proof, or null
     * @throws Refusal FORBIDDEN if the account is disabled, OVERLOADED or STORAGE_UNAVAILABLE
     */
    Identity identity(String source, String subject, String called, boolean office, Instant expiresAt, String address) {
        var account = account(new Subject(source, subject), called, address);
        if (account.disabled()) {
            throw new Refusal(ErrorCode.FORBIDDEN, "This account is disabled.");
        }
        return new Identity(
                Identity.Kind.ACCOUNT,
                account.id(),
                account.name(),
                account.administrator() || office,
                null,
                expiresAt);
    }

    private Account account(Subject subject, String called, String address) {
        var one = known.get(subject);
        if (one != null && one.isFresh()) {
            return one.account();
        }
        if (known.size() > MOST_KEPT) {
            known.clear();
        }
        var before = endings.get();
        var account = inTurn(subject, called, address);
        known.put(subject, new Known(account, Instant.now()));
        // It may have been read before, and put here after, the account was disabled.
        if (endings.get() != before) {
            known.remove(subject);
        }
        return account;
    }

    private Account inTurn(Subject subject, String called, String address) {
        try {
            if (!places.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw Refusal.storageUnavailable();
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw Refusal.storageUnavailable();
        }
        try {
            return accounts.seen(subject.source(), subject.name(), called, address);
        } finally {
            places.release();
        }
    }

    void forget(@Observes LoginEnded ended) {
        endings.incrementAndGet();
        known.values().removeIf(one -> one.account().id().equals(ended.account()));
    }
}
