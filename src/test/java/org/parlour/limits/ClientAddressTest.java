package org.parlour.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.parlour.config.ChatConfig;
import org.parlour.config.Network;

class ClientAddressTest {

    private static final List<Network> PROXIES = trusting("10.0.0.0/8, 2001:db8:1::/48");

    @Test
    void nobodyIsBelievedIfNobodyIsTrusted() {
        assertThat(ClientAddress.of("10.0.0.1", List.of("203.0.113.9"), List.of()))
                .isEqualTo("10.0.0.1");
    }

    @Test
    void aStrangerIsNotBelieved() {
        assertThat(of("198.51.100.7", "203.0.113.9")).isEqualTo("198.51.100.7");
    }

    @Test
    void aTrustedProxyWithoutAWordIsTheClient() {
        assertThat(of("10.0.0.1")).isEqualTo("10.0.0.1");
    }

    @Test
    void aTrustedProxySaysForWhom() {
        assertThat(of("10.0.0.1", "203.0.113.9")).isEqualTo("203.0.113.9");
    }

    @Test
    void whatTheClientWroteItselfStandsLeftAndIsNotBelieved() {
        assertThat(of("10.0.0.1", "192.0.2.66, 127.0.0.1, 203.0.113.9")).isEqualTo("203.0.113.9");
        assertThat(of("10.0.0.1", "192.0.2.66", "10.9.9.9, 203.0.113.9")).isEqualTo("203.0.113.9");
    }

    @Test
    void aChainOfTrustedProxiesIsFollowedToItsFirstStranger() {
        assertThat(of("10.0.0.1", "192.0.2.66, 203.0.113.9, 10.0.0.3", "10.0.0.2"))
                .isEqualTo("203.0.113.9");
        assertThat(of("2001:db8:1::5", "203.0.113.9")).isEqualTo("203.0.113.9");
    }

    @Test
    void aCallerInsideTheTrustedNetworkIsItself() {
        assertThat(of("10.0.0.1", "10.1.2.3, 10.0.0.2")).isEqualTo("10.1.2.3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown", "_hidden", "", " ", "client.example.org", "999.1.1.1", "203.0.113.9;", "\u0000"})
    void whatCannotBeReadStandsForWhoeverPassedItOn(String hop) {
        assertThat(of("10.0.0.1", hop)).isEqualTo("10.0.0.1");
        assertThat(of("10.0.0.1", "203.0.113.9, " + hop + ", 10.0.0.2")).isEqualTo("10.0.0.2");
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.9:4711, 203.0.113.9",
        "[2001:db8::1]:4711, 2001:db8:0:0:0:0:0:0/64",
        "[2001:db8::1], 2001:db8:0:0:0:0:0:0/64",
        "::ffff:203.0.113.9, 203.0.113.9"
    })
    void aPortAndOtherClothesAreTakenOff(String hop, String address) {
        assertThat(of("10.0.0.1", hop)).isEqualTo(address);
    }

    @Test
    void anIpv6ClientIsItsSubnet() {
        assertThat(of("2001:db8:7:8:1:2:3:4"))
                .isEqualTo(of("2001:db8:7:8:ffff::1"))
                .isNotEqualTo(of("2001:db8:7:9::1"));
        assertThat(of("fe80::1%eth0")).isEqualTo("fe80:0:0:0:0:0:0:0/64");
    }

    @Test
    void anUnreadablePeerIsUnknown() {
        assertThat(of("")).isEqualTo(ClientAddress.UNKNOWN);
        assertThat(of("pipe", "203.0.113.9")).isEqualTo(ClientAddress.UNKNOWN);
    }

    @Test
    void anEndlessChainIsReadOnce() {
        var chain = "10.0.0.2,".repeat(10_000) + "10.0.0.3";

        assertThat(of("10.0.0.1", chain)).isEqualTo("10.0.0.2");
    }

    private static String of(String peer, String... forwarded) {
        return ClientAddress.of(peer, Arrays.asList(forwarded), PROXIES);
    }

    private static List<Network> trusting(String proxies) {
        return ChatConfig.from(Map.of("parlour.trusted-proxies", proxies)::get)
                .admission()
                .trustedProxies();
    }
}
