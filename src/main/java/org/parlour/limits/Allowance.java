package org.parlour.limits;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.util.concurrent.TimeUnit;
import org.parlour.config.Rate;

/** What is left of a {@link Rate}: a token bucket, full at first. Any thread may take from it, and none waits. */
public final class Allowance {

    private final Rate rate;
    private final TimeMeter clock;

    /** Made when it is first needed: most members of a room never join a second one, and a bucket has 300 bytes. */
    private volatile Bucket bucket;

    public Allowance(Rate rate, TimeMeter clock) {
        this.rate = rate;
        this.clock = clock;
    }

    /** @return false if nothing is left: nothing was taken */
    public boolean take() {
        return rate.isUnlimited() || bucket().tryConsume(1);
    }

    /** How long it takes until there is something to take, in milliseconds, at least 1. */
    public long waitMillis() {
        var nanos = bucket().estimateAbilityToConsume(1).getNanosToWaitForRefill();
        return 1 + TimeUnit.NANOSECONDS.toMillis(Math.max(0, nanos - 1));
    }

    /** Whether it is as if nothing had ever been taken. */
    public boolean isFull() {
        return bucket == null || bucket.getAvailableTokens() >= rate.burst();
    }

    private Bucket bucket() {
        var made = bucket;
        return made != null ? made : make();
    }

    private synchronized Bucket make() {
        if (bucket == null) {
            bucket = Bucket.builder()
                    .withCustomTimePrecision(clock)
                    .addLimit(limit -> limit.capacity(rate.burst()).refillGreedy(rate.times(), rate.period()))
                    .build();
        }
        return bucket;
    }
}
