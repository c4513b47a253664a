package org.parlour.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.parlour.config.Rate;
import org.parlour.testing.ManualClock;

class AttemptsTest {

    private final ManualClock clock = new ManualClock();
    private final Attempts attempts = new Attempts(new Rate(3, Duration.ofMinutes(1), 3), clock);

    @Test
    void whoHasTriedOftenEnoughHasToWaitAndTheOthersHaveNot() {
        assertThat(attempts.take("192.0.2.1")).isZero();
        assertThat(attempts.take("192.0.2.1")).isZero();
        assertThat(attempts.take("192.0.2.1")).isZero();

        var wait = attempts.take("192.0.2.1");

        assertThat(wait).isBetween(19_000L, 20_001L);
        assertThat(attempts.take("192.0.2.2")).isZero();
        clock.pass(Duration.ofMillis(wait));
        assertThat(attempts.take("192.0.2.1")).isZero();
    }

    @Test
    void whoMayTryAsOftenAsHeLikesIsNotRemembered() {
        var unlimited = new Attempts(Rate.UNLIMITED, clock);

        assertThat(unlimited.take("192.0.2.1")).isZero();
        assertThat(unlimited.remembered()).isZero();
    }

    @Test
    void noNumberOfAddressesTakesMoreThanSoMuchMemory() {
        for (int i = 0; i < 3 * Attempts.MOST; i++) {
            attempts.take("address " + i);
        }

        assertThat(attempts.remembered()).isLessThanOrEqualTo(Attempts.MOST);
    }
}
