package org.parlour.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.parlour.config.AdmissionConfig.Scope;

class AdmissionConfigTest {

    private static final int ANY = Integer.MAX_VALUE;
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static final Map<String, String> EACH_ITS_OWN = Map.ofEntries(
            Map.entry("parlour.flood-breaches", "1"),
            Map.entry("parlour.connection-messages-per-second", "2"),
            Map.entry("parlour.connection-message-burst", "3"),
            Map.entry("parlour.connection-joins-per-minute", "4"),
            Map.entry("parlour.connection-rooms", "5"),
            Map.entry("parlour.user-messages-per-second", "6"),
            Map.entry("parlour.user-message-burst", "7"),
            Map.entry("parlour.user-joins-per-minute", "8"),
            Map.entry("parlour.user-connections", "9"),
            Map.entry("parlour.user-rooms", "10"),
            Map.entry("parlour.address-messages-per-second", "11"),
            Map.entry("parlour.address-message-burst", "12"),
            Map.entry("parlour.address-joins-per-minute", "13"),
            Map.entry("parlour.address-connections", "14"),
            Map.entry("parlour.address-unnamed-connections", "15"),
            Map.entry("parlour.server-messages-per-second", "16"),
            Map.entry("parlour.server-joins-per-minute", "17"),
            Map.entry("parlour.server-connections", "18"),
            Map.entry("parlour.server-unnamed-connections", "19"));

    static final int LIMITS = EACH_ITS_OWN.size();

    @Test
    void everyLimitGoesToItsOwnField() {
        assertThat(AdmissionConfig.from(EACH_ITS_OWN::get))
                .isEqualTo(new AdmissionConfig(
                        new Scope(new Rate(2, SECOND, 3), new Rate(4, MINUTE, 4), ANY, ANY, 5),
                        new Scope(new Rate(6, SECOND, 7), new Rate(8, MINUTE, 8), 9, ANY, 10),
                        new Scope(new Rate(11, SECOND, 12), new Rate(13, MINUTE, 13), 14, 15, ANY),
                        new Scope(new Rate(16, SECOND, 16), new Rate(17, MINUTE, 17), 18, 19, ANY),
                        new Rate(1, MINUTE, 1),
                        List.of()));
    }

    @Test
    void theLimitsHoldIfNobodySaysOtherwise() {
        var byDefault = AdmissionConfig.from(key -> null);

        assertThat(byDefault.isOn()).isTrue();
        assertThat(byDefault).isEqualTo(AdmissionConfig.from(Map.of("parlour.admission", " on ")::get));
    }

    @Test
    void oneSettingLiftsThemAllButNotWhoIsTrusted() {
        var off = Map.of("parlour.admission", "off", "parlour.user-rooms", "1", "parlour.trusted-proxies", "10.0.0.1");

        var config = AdmissionConfig.from(off::get);

        assertThat(config.isOn()).isFalse();
        assertThat(List.of(config.connection(), config.user(), config.address(), config.server()))
                .containsOnly(new Scope(Rate.UNLIMITED, Rate.UNLIMITED, ANY, ANY, ANY));
        assertThat(config.breaches()).isEqualTo(Rate.UNLIMITED);
        assertThat(config.trustedProxies()).hasToString("[10.0.0.1/32]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "no", "ON", "0"})
    void whatIsNeitherOnNorOffIsRefused(String value) {
        assertThatThrownBy(() -> AdmissionConfig.from(Map.of("parlour.admission", value)::get))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("parlour.admission (PARLOUR_ADMISSION) is \"%s\"; allowed is on or off.".formatted(value));
    }

    @Test
    void proxiesAreAddressesAndNetworksWithCommasBetween() {
        var source = Map.of("parlour.trusted-proxies", " 127.0.0.1, 10.0.0.0/8 ,2001:db8::/32");

        assertThat(AdmissionConfig.from(source::get).trustedProxies())
                .hasToString("[127.0.0.1/32, 10.0.0.0/8, 2001:db8:0:0:0:0:0:0/32]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy.example.org", "10.0.0.1;10.0.0.2", "10.0.0.0/33", "10.0.0.1,,10.0.0.2", "*"})
    void whatIsNoNetworkIsRefused(String value) {
        assertThatThrownBy(() -> AdmissionConfig.from(Map.of("parlour.trusted-proxies", value)::get))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("parlour.trusted-proxies (PARLOUR_TRUSTED_PROXIES) is \"%s\"; allowed is none, "
                        .formatted(value));
    }
}
