package org.parlour.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.parlour.config.AdmissionConfig.Scope;
import org.parlour.config.Rate;
import org.parlour.protocol.RoomName;
import org.parlour.testing.ManualClock;
import org.parlour.testing.Race;

class QuotasTest {

    private static final Rate RATE = new Rate(60, Duration.ofMinutes(1), 60);

    private final ManualClock clock = new ManualClock();
    private final AtomicInteger connections = new AtomicInteger();
    private final Quotas quotas = new Quotas(new Scope(RATE, RATE, 3, 2, 2), connections::get, clock);

    @Test
    void aKeyHasAsManyConnectionsAsItMay() {
        assertThat(IntStream.range(0, 10).filter(i -> quotas.connect("ann").isPresent()))
                .hasSize(3);
        assertThat(quotas.connect("bob")).as("another key").isPresent();
    }

    @Test
    void aPlaceThatIsLeftIsFree() {
        var ann = quotas.connect("ann").orElseThrow();
        quotas.connect("ann");
        quotas.connect("ann");

        ann.disconnect();

        assertThat(quotas.connect("ann")).contains(ann);
        assertThat(quotas.connect("ann")).isEmpty();
    }

    @Test
    void allConnectionsOfAKeyDrawOnTheSameAllowance() {
        var first = quotas.connect("ann").orElseThrow();
        var second = quotas.connect("ann").orElseThrow();

        assertThat(IntStream.range(0, 60)
                        .filter(i -> (i % 2 == 0 ? first : second).messages().take()))
                .hasSize(60);
        assertThat(second.messages().take()).isFalse();
    }

    @Test
    void goingAndComingBackIsNoWayAroundTheLimits() {
        var before = quotas.connect("ann").orElseThrow();
        IntStream.range(0, 60).forEach(i -> before.messages().take());

        before.disconnect();
        quotas.forgetRested();

        assertThat(quotas.connect("ann").orElseThrow().messages().take()).isFalse();
    }

    @Test
    void whoHasRestedIsForgotten() {
        var ann = quotas.connect("ann").orElseThrow();
        ann.messages().take();
        ann.disconnect();

        quotas.forgetRested();
        assertThat(quotas.size()).isOne();

        clock.pass(Duration.ofSeconds(1));
        quotas.forgetRested();
        assertThat(quotas.size()).isZero();
    }

    @Test
    void whoIsConnectedIsNotForgotten() {
        quotas.connect("ann");

        clock.pass(Duration.ofDays(1));
        quotas.forgetRested();

        assertThat(quotas.size()).isOne();
    }

    @Test
    void aStormOfAHundredThousandAddressesHasABoundAndLeavesNothing() {
        var most = 0;
        for (int i = 0; i < 100_000; i++) {
            var quota = quotas.connect("address-" + i).orElseThrow();
            connections.incrementAndGet();
            quota.joins().take();
            quota.disconnect();
            connections.decrementAndGet();
            most = Math.max(most, quotas.size());
        }

        assertThat(most).isLessThanOrEqualTo(Quotas.RESTING + 1);
        clock.pass(Duration.ofSeconds(1));
        quotas.forgetRested();
        assertThat(quotas.size()).isZero();
    }

    @Test
    void aStormDoesNotForgetWhoIsConnected() {
        var ann = quotas.connect("ann").orElseThrow();
        connections.incrementAndGet();

        for (int i = 0; i < Quotas.RESTING + 10; i++) {
            quotas.connect("address-" + i).orElseThrow().disconnect();
        }

        assertThat(quotas.connect("ann")).contains(ann);
    }

    @Test
    void aUserMayBeInSoManyRoomsWithAllConnectionsTogether() {
        var ann = quotas.connect("ann").orElseThrow();
        var one = new RoomName("one");
        var two = new RoomName("two");
        var three = new RoomName("three");

        assertThat(ann.enter(one)).isTrue();
        assertThat(ann.enter(two)).isTrue();
        assertThat(ann.enter(three)).isFalse();
        assertThat(ann.enter(one)).as("with a second connection").isTrue();

        ann.leave(one);
        assertThat(ann.enter(three)).as("the other connection is still in it").isFalse();
        ann.leave(one);
        assertThat(ann.enter(three)).isTrue();
    }

    @Test
    void whoComesWhileOthersAreForgottenIsCounted() {
        Race.among(8, number -> {
            for (int i = 0; i < 20_000; i++) {
                if (number < 2) {
                    quotas.forgetRested();
                } else {
                    quotas.connect("ann").ifPresent(Quota::disconnect);
                }
            }
        });

        assertThat(IntStream.range(0, 10).filter(i -> quotas.connect("ann").isPresent()))
                .hasSize(3);
    }

    @Test
    void threadsTogetherGetNoMorePlacesThanThereAre() {
        for (int round = 0; round < 200; round++) {
            var key = "key-" + round;
            var places = new AtomicInteger();

            Race.among(8, number -> quotas.connect(key).ifPresent(quota -> places.incrementAndGet()));

            assertThat(places).hasValue(3);
        }
    }
}
