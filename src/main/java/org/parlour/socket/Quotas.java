package org.parlour.socket;

import io.github.bucket4j.TimeMeter;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import org.parlour.config.AdmissionConfig.Scope;

/**
 * The quotas of all users, or of all addresses. One outlives its last connection until it has rested, or going and coming back would
 * be a way around the limits. Safe for any thread; not entered for a message.
 */
final class Quotas {

    /** How many of nobody may be there at most, about: 20 MB. */
    static final int RESTING = 20_000;

    private final Scope limits;
    private final IntSupplier connections;
    private final TimeMeter clock;
    private final ConcurrentHashMap<String, Quota> quotas = new ConcurrentHashMap<>();

    /** @param connections how many there are on the server */
    Quotas(Scope limits, IntSupplier connections, TimeMeter clock) {
        this.limits = limits;
        this.connections = connections;
        this.clock = clock;
    }

    /** Counts a connection, which the caller must {@link Quota#disconnect}; empty if this key has too many. */
    Optional<Quota> connect(String key) {
        // What is left then belongs to a connection, so this takes place once in so many connections at most.
        if (quotas.mappingCount() > (long) connections.getAsInt() + RESTING) {
            forget(quota -> quota.connections() == 0);
        }
        // Within compute, so that nobody forgets the quota between finding and counting.
        var counted = new boolean[1];
        var quota = quotas.compute(key, (name, known) -> {
            var its = known == null ? new Quota(limits, clock) : known;
            counted[0] = its.connect();
            return its;
        });
        return counted[0] ? Optional.of(quota) : Optional.empty();
    }

    /** Gives back the memory of whoever is gone and could not be told from a newcomer. */
    void forgetRested() {
        forget(Quota::isRested);
    }

    private void forget(Predicate<Quota> forgettable) {
        // Looked at again within compute, for it may have got a connection since.
        quotas.forEach((key, quota) -> {
            if (forgettable.test(quota)) {
                quotas.remove(key);
            }
        });
    }

    int size() {
        return quotas.size();
    }
}
