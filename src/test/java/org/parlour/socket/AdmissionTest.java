package org.parlour.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.parlour.config.ChatConfig;
import org.parlour.metrics.ChatMetrics;
import org.parlour.protocol.CloseCode;
import org.parlour.protocol.ErrorCode;
import org.parlour.protocol.Refusal;
import org.parlour.protocol.RoomName;
import org.parlour.testing.ManualClock;
import org.parlour.testing.Race;

class AdmissionTest {

    private static final RoomName LOBBY = new RoomName("lobby");

    private final ManualClock clock = new ManualClock();
    private final ChatMetrics metrics = new ChatMetrics();

    @Test
    void anAddressHasAsManyConnectionsAsItMay() throws NoEntry {
        var admission = with("address-connections", 2);
        var first = admission.enter("192.0.2.1", LOBBY);
        admission.enter("192.0.2.1", LOBBY);

        assertTurnedAway(
                () -> admission.enter("192.0.2.1", LOBBY),
                ErrorCode.TOO_MANY_CONNECTIONS,
                CloseCode.TOO_MANY_CONNECTIONS);
        admission.enter("192.0.2.2", LOBBY);

        first.close();
        admission.enter("192.0.2.1", LOBBY);
    }

    @Test
    void theServerHasAsManyConnectionsAsItMayAndTheNextIsToComeLater() throws NoEntry {
        var admission = with("server-connections", 2);
        admission.enter("192.0.2.1", LOBBY);
        admission.enter("192.0.2.2", LOBBY);

        assertTurnedAway(() -> admission.enter("192.0.2.3", LOBBY), ErrorCode.OVERLOADED, CloseCode.OVERLOADED);
    }

    @Test
    void aConnectionWithANameMakesRoomForOneWithout() throws NoEntry {
        var admission = with("address-unnamed-connections", 1);
        var first = admission.enter("192.0.2.1", LOBBY);
        assertTurnedAway(
                () -> admission.enter("192.0.2.1", LOBBY),
                ErrorCode.TOO_MANY_CONNECTIONS,
                CloseCode.TOO_MANY_CONNECTIONS);

        first.named();
        first.named();

        admission.enter("192.0.2.1", LOBBY).close();
        admission.enter("192.0.2.1", LOBBY);
        assertThatThrownBy(() -> admission.enter("192.0.2.1", LOBBY)).isInstanceOf(NoEntry.class);
    }

    @Test
    void theServerCountsThoseWithoutANameToo() throws NoEntry {
        var admission = with("server-unnamed-connections", 1);
        var first = admission.enter("192.0.2.1", LOBBY);

        assertTurnedAway(() -> admission.enter("192.0.2.2", LOBBY), ErrorCode.OVERLOADED, CloseCode.OVERLOADED);

        first.named();
        admission.enter("192.0.2.2", LOBBY);
    }

    @Test
    void openingConnectionsTooFastIsToBeTriedLater() throws NoEntry {
        var admission = with("address-joins-per-minute", 60);
        for (int i = 0; i < 60; i++) {
            admission.enter("192.0.2.1", LOBBY).close();
        }

        assertTurnedAway(() -> admission.enter("192.0.2.1", LOBBY), ErrorCode.RATE_LIMITED, CloseCode.OVERLOADED);

        clock.pass(Duration.ofSeconds(1));
        admission.enter("192.0.2.1", LOBBY);
    }

    @Test
    void aRefusedConnectionLeavesNothingCounted() throws NoEntry {
        for (var limit : List.of("address-connections", "server-unnamed-connections", "address-unnamed-connections")) {
            var admission = with(limit, 1, "server-connections", 2);
            var only = admission.enter("192.0.2.1", LOBBY);
            for (int i = 0; i < 10; i++) {
                assertThatThrownBy(() -> admission.enter("192.0.2.1", LOBBY))
                        .as(limit)
                        .isInstanceOf(NoEntry.class);
            }

            only.close();
            only.close();

            admission.enter("192.0.2.1", LOBBY).named();
            assertThat(metrics.getTurnedAway()).isPositive();
        }
    }

    @Test
    void aFloodIsToldWhenToTryAgainAndThenClosed() throws NoEntry {
        var pass = with("connection-message-burst", 60, "flood-breaches", 100).enter("192.0.2.1", LOBBY);
        for (int i = 0; i < 60; i++) {
            pass.frame("hello");
        }

        for (int i = 0; i < 100; i++) {
            var refusal = refusalOf(() -> pass.frame("{\"type\":\"Message\",\"ref\":\"r7\"}"));
            assertThat(refusal.answer().code()).isEqualTo("RATE_LIMITED");
            assertThat(refusal.answer().retryable()).isTrue();
            assertThat(refusal.answer().retryAfterMs()).isEqualTo(100);
            assertThat(refusal.answer().ref()).isEqualTo("r7");
            assertThat(pass.floods()).isFalse();
        }
        refusalOf(() -> pass.frame("hello"));

        assertThat(pass.floods()).isTrue();
        refusalOf(() -> pass.frame("hello"));
        assertThat(metrics.getFloodsEnded()).isOne();
        assertThat(metrics.getRateLimited()).isEqualTo(102);
    }

    @Test
    void whoWaitsAsLongAsToldIsNeverClosed() throws NoEntry {
        var pass = with("flood-breaches", 1).enter("192.0.2.1", LOBBY);

        for (int i = 0; i < 10_000; i++) {
            try {
                pass.frame("hello");
            } catch (Refusal refusal) {
                // Once, after the burst; a second breach within the minute would be one too many.
                clock.pass(Duration.ofMillis(refusal.answer().retryAfterMs()));
                pass.frame("hello");
            }
            if (i > 59) {
                clock.pass(Duration.ofMillis(100));
            }
        }

        assertThat(pass.floods()).isFalse();
    }

    @Test
    void oldBreachesAreForgiven() throws NoEntry {
        var pass = with("connection-message-burst", 1, "flood-breaches", 10).enter("192.0.2.1", LOBBY);

        for (int minute = 0; minute < 100; minute++) {
            for (int i = 0; i < 10; i++) {
                pass.pong();
            }
            clock.pass(Duration.ofMinutes(1));
        }

        assertThat(pass.floods()).isFalse();
    }

    @Test
    void pongsThatNobodyAskedForAreAFloodToo() throws NoEntry {
        var pass = with("connection-message-burst", 60, "flood-breaches", 100).enter("192.0.2.1", LOBBY);

        for (int i = 0; i < 161; i++) {
            assertThat(pass.floods()).isFalse();
            pass.pong();
        }

        assertThat(pass.floods()).isTrue();
    }

    @Test
    void aUserIsLimitedOverAllConnections() throws NoEntry {
        var admission = with("user-message-burst", 30, "flood-breaches", 1);
        var phone = admission.enter("192.0.2.1", LOBBY);
        var desk = admission.enter("192.0.2.2", LOBBY);
        phone.identified("ann");
        desk.identified("ann");

        for (int i = 0; i < 15; i++) {
            phone.request();
            desk.request();
        }

        assertThat(refusalOf(phone::request).code()).isEqualTo(ErrorCode.RATE_LIMITED);
        refusalOf(desk::request);
        refusalOf(desk::request);
        assertThat(desk.floods()).as("it is the same person").isTrue();
    }

    @Test
    void aUserHasAsManyConnectionsAsItMay() throws NoEntry {
        var admission = with("user-connections", 1);
        var first = admission.enter("192.0.2.1", LOBBY);
        var second = admission.enter("192.0.2.2", LOBBY);
        first.identified("ann");
        first.identified("ann");

        assertTurnedAway(
                () -> second.identified("ann"), ErrorCode.TOO_MANY_CONNECTIONS, CloseCode.TOO_MANY_CONNECTIONS);

        first.close();
        second.identified("ann");
    }

    @Test
    void whoTurnsOutToBeAnotherIsCountedAsThatOne() throws NoEntry {
        var admission = with("user-connections", 1);
        var pass = admission.enter("192.0.2.1", LOBBY);
        var other = admission.enter("192.0.2.1", LOBBY);
        pass.identified("guest");

        pass.identified("ann");

        other.identified("guest");
        assertThatThrownBy(() -> other.identified("ann")).isInstanceOf(NoEntry.class);
    }

    @Test
    void aConnectionHasAsManyRoomsAsItMay() throws NoEntry {
        var pass = with("connection-rooms", 3).enter("192.0.2.1", LOBBY);
        pass.join(new RoomName("one"));
        pass.join(new RoomName("two"));

        var refusal = refusalOf(() -> pass.join(new RoomName("three")));

        assertThat(refusal.code()).isEqualTo(ErrorCode.TOO_MANY_ROOMS);
        assertThat(refusal.answer().retryable()).isFalse();
        pass.join(new RoomName("two"));
        pass.leave(new RoomName("two"));
        pass.leave(new RoomName("two"));
        pass.join(new RoomName("three"));
        assertThatThrownBy(() -> pass.join(new RoomName("two"))).isInstanceOf(Refusal.class);
    }

    @Test
    void aUserHasAsManyRoomsAsItMayWithAllConnections() throws NoEntry {
        var admission = with("user-rooms", 2);
        var first = admission.enter("192.0.2.1", LOBBY);
        var second = admission.enter("192.0.2.1", new RoomName("one"));
        first.identified("ann");
        second.identified("ann");

        assertThat(refusalOf(() -> first.join(new RoomName("two"))).code()).isEqualTo(ErrorCode.TOO_MANY_ROOMS);
        first.join(new RoomName("one"));

        second.close();
        assertThatThrownBy(() -> first.join(new RoomName("two"))).isInstanceOf(Refusal.class);
        first.leave(new RoomName("one"));
        first.join(new RoomName("two"));
    }

    @Test
    void aUserWithTooManyRoomsGetsNoFurtherConnectionAndKeepsWhatItHas() throws NoEntry {
        var admission = with("user-rooms", 1);
        var first = admission.enter("192.0.2.1", LOBBY);
        first.identified("ann");
        var second = admission.enter("192.0.2.1", new RoomName("one"));

        assertThatThrownBy(() -> second.identified("ann")).isInstanceOf(NoEntry.class);
        second.close();

        admission.enter("192.0.2.1", LOBBY).identified("ann");
        first.close();
    }

    @Test
    void enteringAndLeavingRoomsIsLimited() throws NoEntry {
        var pass = with("connection-joins-per-minute", 60).enter("192.0.2.1", LOBBY);
        for (int i = 0; i < 60; i++) {
            pass.join(new RoomName("one"));
            pass.leave(new RoomName("one"));
        }

        assertThat(refusalOf(() -> pass.join(new RoomName("one"))).answer().retryAfterMs())
                .isEqualTo(1_000);
    }

    @Test
    void whatOthersUseUpIsNotHeldAgainstAConnection() throws NoEntry {
        for (var limit : List.of("address-message-burst", "server-messages-per-second")) {
            var admission = with(limit, 1, "flood-breaches", 1);
            var greedy = admission.enter("192.0.2.1", LOBBY);
            var innocent = admission.enter("192.0.2.1", LOBBY);
            greedy.request();

            for (int i = 0; i < 10; i++) {
                assertThat(refusalOf(innocent::request).answer().retryAfterMs()).isEqualTo(1_000);
            }

            assertThat(innocent.floods()).isFalse();
        }
    }

    @Test
    void aFloodTakesNothingFromOthersOfTheSameAddress() throws NoEntry {
        var admission = with("address-message-burst", 200);
        var flood = admission.enter("192.0.2.1", LOBBY);
        var others = new ArrayList<Pass>();
        for (int i = 0; i < 10; i++) {
            others.add(admission.enter("192.0.2.1", LOBBY));
        }

        for (int i = 0; i < 1_000; i++) {
            try {
                flood.frame("hello");
                flood.request();
            } catch (Refusal refused) {
                assertThat(refused.code()).isEqualTo(ErrorCode.RATE_LIMITED);
            }
        }

        for (var other : others) {
            for (int i = 0; i < 10; i++) {
                other.frame("hello");
                other.request();
            }
        }
    }

    @Test
    void oneSettingLiftsEveryLimit() throws NoEntry {
        var admission = admission(Map.of("parlour.admission", "off", "parlour.address-connections", "1"));

        for (int i = 0; i < 10_000; i++) {
            var pass = admission.enter("192.0.2.1", new RoomName("room-" + i));
            pass.identified("ann");
            pass.frame("hello");
            pass.request();
            pass.join(LOBBY);
        }

        assertThat(metrics.getRateLimited()).isZero();
        assertThat(metrics.getTurnedAway()).isZero();
    }

    @Test
    void aStormOfGuestsLeavesNoMemory() throws NoEntry {
        var admission = with("server-connections", 20_000);
        for (int i = 0; i < 100_000; i++) {
            var pass = admission.enter("192.0." + i / 250 + "." + i % 250, LOBBY);
            pass.identified("guest-" + i);
            pass.close();
        }
        assertThat(admission.remembered()).isLessThanOrEqualTo(2 * Quotas.RESTING + 2);

        clock.pass(Duration.ofMinutes(1));
        admission.tidy();

        assertThat(admission.remembered()).isZero();
    }

    @Test
    void whateverHappensAtOnceEverythingIsGivenBack() throws NoEntry {
        var admission = with("server-connections", 8, "user-connections", 2, "user-rooms", 2);
        var inside = new AtomicInteger();

        Race.among(8, number -> {
            for (int i = 0; i < 2_000; i++) {
                var pass = admission.enter("192.0.2." + i % 3, LOBBY);
                inside.incrementAndGet();
                var closer = i % 2 == 0;
                Runnable close = pass::close;
                try {
                    if (closer) {
                        pass.identified("user-" + i % 4);
                        pass.join(new RoomName("room-" + i % 5));
                    }
                    close.run();
                    pass.identified("late-" + i);
                    pass.join(LOBBY);
                } catch (NoEntry | Refusal full) {
                    assertThat(full).isNotNull();
                } finally {
                    close.run();
                }
            }
        });
        clock.pass(Duration.ofHours(1));
        admission.tidy();

        assertThat(inside).hasValue(16_000);
        assertThat(admission.remembered()).isZero();
        for (int i = 0; i < 8; i++) {
            admission.enter("192.0.2.9", LOBBY);
        }
    }

    private Admission with(Object... limits) {
        var settings = new HashMap<String, String>();
        for (int i = 0; i < limits.length; i += 2) {
            settings.put("parlour." + limits[i], limits[i + 1].toString());
        }
        return admission(settings);
    }

    private Admission admission(Map<String, String> settings) {
        return new Admission(ChatConfig.from(settings::get).admission(), metrics, clock);
    }

    private static Refusal refusalOf(ThrowingCallable request) {
        var refusal = catchThrowableOfType(Refusal.class, request);
        assertThat(refusal).as("it is refused").isNotNull();
        return refusal;
    }

    private static void assertTurnedAway(ThrowingCallable entry, ErrorCode error, CloseCode close) {
        var refused = catchThrowableOfType(NoEntry.class, entry);
        assertThat(refused).as("it is turned away").isNotNull();
        assertThat(refused.refusal().code()).isEqualTo(error);
        assertThat(refused.code()).isEqualTo(close);
    }
}
