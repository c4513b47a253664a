package org.parlour.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.parlour.config.Rate;
import org.parlour.testing.ManualClock;
import org.parlour.testing.Race;

class AllowanceTest {

    private final ManualClock clock = new ManualClock();
    private final Allowance tenASecond = new Allowance(new Rate(10, Duration.ofSeconds(1), 30), clock);

    @Test
    void theBurstMayComeAtOnceAndNotOneMore() {
        assertThat(taken(tenASecond, 100)).isEqualTo(30);
    }

    @Test
    void itComesBackEvenly() {
        taken(tenASecond, 100);

        clock.pass(Duration.ofMillis(99));
        assertThat(taken(tenASecond, 100)).isZero();
        clock.pass(Duration.ofMillis(1));
        assertThat(taken(tenASecond, 100)).isEqualTo(1);
        clock.pass(Duration.ofSeconds(1));
        assertThat(taken(tenASecond, 100)).isEqualTo(10);
    }

    @Test
    void aLongPauseBringsNoMoreThanTheBurst() {
        taken(tenASecond, 100);

        clock.pass(Duration.ofHours(1));

        assertThat(taken(tenASecond, 100)).isEqualTo(30);
    }

    @Test
    void whoWaitsAsLongAsToldIsLetThroughAndNotBefore() {
        taken(tenASecond, 30);
        clock.pass(Duration.ofNanos(12_345_678));

        var wait = tenASecond.waitMillis();

        assertThat(wait).isEqualTo(88);
        clock.pass(Duration.ofMillis(wait - 1));
        assertThat(tenASecond.take()).isFalse();
        clock.pass(Duration.ofMillis(1));
        assertThat(tenASecond.take()).isTrue();
    }

    @Test
    void theWaitIsNeverNothing() {
        taken(tenASecond, 30);
        clock.pass(Duration.ofMillis(100));

        assertThat(tenASecond.waitMillis()).isEqualTo(1);
    }

    @Test
    void itIsFullBeforeTheFirstAndAfterAPause() {
        assertThat(tenASecond.isFull()).isTrue();

        taken(tenASecond, 1);
        assertThat(tenASecond.isFull()).isFalse();

        clock.pass(Duration.ofMillis(100));
        assertThat(tenASecond.isFull()).isTrue();
    }

    @Test
    void anUnlimitedOneIsAlwaysFull() {
        var unlimited = new Allowance(Rate.UNLIMITED, clock);

        assertThat(taken(unlimited, 100_000)).isEqualTo(100_000);
        assertThat(unlimited.isFull()).isTrue();
    }

    @Test
    void threadsTogetherTakeNoMoreThanOne() {
        for (int round = 0; round < 200; round++) {
            var shared = new Allowance(new Rate(1, Duration.ofHours(1), 30), clock);
            var taken = new AtomicInteger();

            Race.among(8, number -> taken.addAndGet(taken(shared, 10)));

            assertThat(taken).hasValue(30);
        }
    }

    private static int taken(Allowance allowance, int tries) {
        return (int)
                IntStream.range(0, tries).filter(number -> allowance.take()).count();
    }
}
