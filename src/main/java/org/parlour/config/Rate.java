package org.parlour.config;

import java.time.Duration;

/**
 * How often something may be done.
 *
 * @param times how many times in a period, evenly spread
 * @param burst how many times at once after a pause
 */
public record Rate(int times, Duration period, int burst) {

    /** As often as anybody likes. */
    public static final Rate UNLIMITED = new Rate(Integer.MAX_VALUE, Duration.ofSeconds(1), Integer.MAX_VALUE);

    static Rate perSecond(int times, int burst) {
        return new Rate(times, Duration.ofSeconds(1), burst);
    }

    /** A whole minute's worth may come at once. */
    static Rate perMinute(int times) {
        return new Rate(times, Duration.ofMinutes(1), times);
    }

    /** A whole hour's worth may come at once. */
    static Rate perHour(int times) {
        return new Rate(times, Duration.ofHours(1), times);
    }

    public boolean isUnlimited() {
        return equals(UNLIMITED);
    }

    @Override
    public String toString() {
        return isUnlimited() ? "unlimited" : times + "/" + period.toSeconds() + "s burst " + burst;
    }
}
