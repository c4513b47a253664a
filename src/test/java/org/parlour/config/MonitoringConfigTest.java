package org.parlour.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MonitoringConfigTest {

    @Test
    void byDefaultNobodyElseMayReadTheFigures() {
        var config = MonitoringConfig.from(key -> null);

        assertThat(config.token().value()).isEmpty();
        assertThat(config.from()).isEmpty();
    }

    @Test
    void aTokenIsTakenAndNotPrinted() {
        var config = with("parlour.metrics-token", "Zm9vYmFyYmF6cXV4==");

        assertThat(config.token().value()).isEqualTo("Zm9vYmFyYmF6cXV4==");
        assertThat(config.toString()).doesNotContain("Zm9v");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"short", "0123456789abcde", "with a blank in the middle", "0123456789äbcdef", "=0123456789abcdef"
            })
    void whatIsNoTokenIsRefusedAndNotRepeated(String wrong) {
        assertThatThrownBy(() -> with("parlour.metrics-token", wrong))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("parlour.metrics-token (PARLOUR_METRICS_TOKEN) is no token; allowed is none")
                .hasMessageNotContaining(wrong);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.1.2.3, true",
        "10.0.0.0/8, 11.1.2.3, false",
        "192.0.2.7, 192.0.2.7, true",
        "::1, 0:0:0:0:0:0:0:0/64, true",
        "2001:db8::/32, 2001:db8:1:2:0:0:0:0/64, true",
        "2001:db8:1:2::7, 2001:db8:1:2:0:0:0:0/64, true",
        "2001:db8:1:2::7, 2001:db8:1:3:0:0:0:0/64, false",
        "0.0.0.0/0, unknown, false"
    })
    void anAddressIsLookedForAsItIsNoted(String network, String noted, boolean holds) {
        var from = with("parlour.metrics-from", "198.51.100.1," + network).from();

        assertThat(from.get(1).holds(noted)).isEqualTo(holds);
    }

    private static MonitoringConfig with(String key, String value) {
        return MonitoringConfig.from(Map.of(key, value)::get);
    }
}
