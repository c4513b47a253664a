package org.parlour.limits;

import io.github.bucket4j.TimeMeter;
import java.util.concurrent.ConcurrentHashMap;
import org.parlour.config.Rate;

/** How often each of many may still try something, such as an address a login. Safe for any thread. */
public final class Attempts {

    /** How many are remembered at most, about: 5 MB. Who tries from more addresses than that is not held up by this. */
    static final int MOST = 10_000;

    private final Rate rate;
    private final TimeMeter clock;
    private final ConcurrentHashMap<String, Allowance> allowances = new ConcurrentHashMap<>();

    public Attempts(Rate rate) {
        this(rate, TimeMeter.SYSTEM_NANOTIME);
    }

    Attempts(Rate rate, TimeMeter clock) {
        this.rate = rate;
        this.clock = clock;
    }

    /** @return 0 if it may try now, or how many milliseconds it has to wait */
    public long take(String key) {
        if (rate.isUnlimited()) {
            return 0;
        }
        if (allowances.size() >= MOST) {
            allowances.values().removeIf(Allowance::isFull);
        }
        if (allowances.size() >= MOST) {
            allowances.clear();
        }
        var allowance = allowances.computeIfAbsent(key, absent -> new Allowance(rate, clock));
        return allowance.take() ? 0 : allowance.waitMillis();
    }

    int remembered() {
        return allowances.size();
    }
}
