package org.parlour.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChatConfigTest {

    private static final ChatConfig DEFAULTS = new ChatConfig(
            "parlour",
            65_536,
            4_000,
            50,
            1_000,
            1,
            10_000,
            500,
            512,
            1_048_576,
            Duration.ofMillis(5),
            Duration.ofSeconds(2),
            8,
            Duration.ofSeconds(30),
            Duration.ofSeconds(25),
            Duration.ofSeconds(15),
            100,
            Duration.ofDays(30),
            Duration.ofSeconds(2),
            AdmissionConfig.from(key -> null),
            AuthConfig.from(key -> null),
            MonitoringConfig.from(key -> null),
            RetentionConfig.from(key -> null));

    @Test
    void whatIsNotSetHasItsDefault() {
        assertThat(ChatConfig.defaults()).isEqualTo(DEFAULTS);
        assertThat(ChatConfig.from(Map.<String, String>of()::get)).isEqualTo(DEFAULTS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\n"})
    void aBlankValueIsNotSet(String blank) {
        assertThat(ChatConfig.from(key -> blank)).isEqualTo(DEFAULTS);
    }

    @Test
    void everyValueGoesToItsOwnField() {
        var source = Map.ofEntries(
                Map.entry("parlour.server-name", "Chat of the house"),
                Map.entry("parlour.max-frame-bytes", "1024"),
                Map.entry("parlour.max-content-length", "1"),
                Map.entry("parlour.recent-messages", "2"),
                Map.entry("parlour.history-limit", "3"),
                Map.entry("parlour.lanes", "4"),
                Map.entry("parlour.lane-capacity", "5"),
                Map.entry("parlour.lane-batch", "6"),
                Map.entry("parlour.outbox-events", "16"),
                Map.entry("parlour.outbox-bytes", "65536"),
                Map.entry("parlour.tick-millis", "10"),
                Map.entry("parlour.storage-patience-millis", "100"),
                Map.entry("parlour.storage-readers", "15"),
                Map.entry("parlour.grace-seconds", "11"),
                Map.entry("parlour.presence-limit", "12"),
                Map.entry("parlour.guest-token-days", "14"),
                Map.entry("parlour.stall-seconds", "7"),
                Map.entry("parlour.heartbeat-seconds", "8"),
                Map.entry("parlour.migration-retry-seconds", " 9 "));

        var config = ChatConfig.from(source::get);

        assertThat(source).as("and the limits, which have a test of their own").hasSize(Setting.ADMISSION.ordinal());
        assertThat(config)
                .isEqualTo(new ChatConfig(
                        "Chat of the house",
                        1_024,
                        1,
                        2,
                        3,
                        4,
                        5,
                        6,
                        16,
                        65_536,
                        Duration.ofMillis(10),
                        Duration.ofMillis(100),
                        15,
                        Duration.ofSeconds(7),
                        Duration.ofSeconds(8),
                        Duration.ofSeconds(11),
                        12,
                        Duration.ofDays(14),
                        Duration.ofSeconds(9),
                        AdmissionConfig.from(key -> null),
                        AuthConfig.from(key -> null),
                        MonitoringConfig.from(key -> null),
                        RetentionConfig.from(key -> null)));
    }

    @Test
    void theEnvironmentVariableIsTheKeyInCapitalsWithUnderscores() {
        assertThat(Setting.LANES.environmentVariable()).isEqualTo("PARLOUR_LANES");
        assertThat(Setting.MAX_FRAME_BYTES.environmentVariable()).isEqualTo("PARLOUR_MAX_FRAME_BYTES");
        assertThat(Setting.MIGRATION_RETRY_SECONDS.environmentVariable()).isEqualTo("PARLOUR_MIGRATION_RETRY_SECONDS");
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    void theNamesOfASettingAreAllTheSame(Setting setting) {
        assertThat(setting.environmentVariable()).isEqualTo("PARLOUR_" + setting.name());
        assertThat(setting.key()).matches("parlour\\.[a-z]+(-[a-z]+)*");
    }

    @Test
    void noTwoSettingsHaveTheSameKey() {
        assertThat(Arrays.stream(Setting.values()).map(Setting::key)).doesNotHaveDuplicates();
    }

    static Stream<Arguments> ranges() {
        return Stream.of(
                Arguments.of("parlour.max-frame-bytes", 1_024, 1_048_576),
                Arguments.of("parlour.max-content-length", 1, 4_000),
                Arguments.of("parlour.recent-messages", 1, 1_000),
                Arguments.of("parlour.history-limit", 1, 10_000),
                Arguments.of("parlour.lanes", 1, 16),
                Arguments.of("parlour.lane-capacity", 1, 1_000_000),
                Arguments.of("parlour.lane-batch", 1, 5_000),
                Arguments.of("parlour.outbox-events", 16, 100_000),
                Arguments.of("parlour.outbox-bytes", 65_536, 134_217_728),
                Arguments.of("parlour.tick-millis", 0, 1_000),
                Arguments.of("parlour.storage-patience-millis", 100, 60_000),
                Arguments.of("parlour.storage-readers", 1, 64),
                Arguments.of("parlour.stall-seconds", 1, 3_600),
                Arguments.of("parlour.heartbeat-seconds", 1, 3_600),
                Arguments.of("parlour.grace-seconds", 0, 3_600),
                Arguments.of("parlour.presence-limit", 0, 10_000),
                Arguments.of("parlour.guest-token-days", 1, 3_650),
                Arguments.of("parlour.migration-retry-seconds", 1, 60));
    }

    @ParameterizedTest
    @MethodSource("ranges")
    void bothEndsOfARangeAreTaken(String key, int least, int most) {
        assertThat(with(key, Integer.toString(least))).isNotNull();
        assertThat(with(key, Integer.toString(most))).isNotNull();
    }

    @ParameterizedTest
    @MethodSource("ranges")
    void whatIsNoNumberInTheRangeIsRefusedByKeyValueAndRange(String key, int least, int most) {
        var variable = key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
        var wrong = Stream.of(
                Integer.toString(least - 1),
                Integer.toString(most + 1),
                "-1",
                "2147483648",
                "9".repeat(40),
                "1e3",
                "20.0",
                "1_000",
                "1 000",
                "0x10",
                "ten",
                "true",
                "null",
                "30s");

        assertThat(wrong)
                .allSatisfy(value -> assertThatThrownBy(() -> with(key, value))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("%s (%s) is \"%s\"; allowed is a whole number from %d to %d."
                                .formatted(key, variable, value, least, most)));
    }

    @Test
    void everyNumberHasItsRangeTested() {
        assertThat(ranges().map(range -> range.get()[0]))
                .containsExactlyElementsOf(Arrays.stream(Setting.values())
                        .filter(setting -> setting != Setting.SERVER_NAME && setting.compareTo(Setting.ADMISSION) < 0)
                        .map(Setting::key)
                        .toList());
    }

    @Test
    void theServerNameHasAtMostAHundredCharacters() {
        assertThat(with("parlour.server-name", "x".repeat(100)).serverName()).hasSize(100);
        assertThatThrownBy(() -> with("parlour.server-name", "x".repeat(101)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "parlour.server-name (PARLOUR_SERVER_NAME) is \"%s\"; allowed is a text of 1 to 100 characters."
                                .formatted("x".repeat(101)));
    }

    private static ChatConfig with(String key, String value) {
        return ChatConfig.from(Map.of(key, value)::get);
    }
}
