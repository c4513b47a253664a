package org.parlour.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.parlour.config.ChatConfig;

class RetentionTest {

    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

    @ParameterizedTest
    @CsvSource({"0, 0, 0", "30, 0, 30", "0, 7, 7", "30, 7, 7", "7, 30, 7"})
    void whoWantsLessIsHeard(int general, int room, int days) {
        var rule = retention(general, 0, room, 0);

        assertThat(rule.days()).isEqualTo(days);
        assertThat(retention(0, general, 0, room).events()).isEqualTo(days);
    }

    @Test
    void soManyOfTheNewestStay() {
        assertThat(retention(0, 100, 0, 0).tooManyThrough(250)).isEqualTo(150);
        assertThat(retention(0, 100, 0, 0).tooManyThrough(99)).isZero();
        assertThat(retention(7, 0, 0, 0).tooManyThrough(250)).isZero();
    }

    @Test
    void anEventIsTooOldAfterSoManyDays() {
        var rule = retention(7, 0, 0, 0);

        assertThat(rule.isTooOld(NOW.minus(Duration.ofDays(7)), NOW)).isFalse();
        assertThat(rule.isTooOld(NOW.minus(Duration.ofDays(7)).minusMillis(1), NOW))
                .isTrue();
        assertThat(retention(0, 7, 0, 7).isTooOld(Instant.EPOCH, NOW)).isFalse();
    }

    private static Retention retention(int generalDays, int generalEvents, int days, long events) {
        var settings = Map.of(
                "parlour.retention-days", Integer.toString(generalDays),
                "parlour.retention-events", Integer.toString(generalEvents));
        return Retention.of(ChatConfig.from(settings::get).retention(), days, events);
    }
}
