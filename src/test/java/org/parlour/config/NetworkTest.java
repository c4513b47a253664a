package org.parlour.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.255.255",
        "10.0.0.0/8, 10.0.0.0",
        "192.168.4.0/22, 192.168.7.255",
        "192.0.2.128/25, 192.0.2.128",
        "192.0.2.1, 192.0.2.1",
        "0.0.0.0/0, 203.0.113.9",
        "2001:db8::/32, 2001:db8:ffff::1",
        "2001:db8::/33, 2001:db8:7fff::1",
        "::1, 0:0:0:0:0:0:0:1",
        "192.0.2.1, ::ffff:192.0.2.1"
    })
    void anAddressThatBeginsWithItsBitsIsInIt(String network, String address) {
        assertThat(contains(network, address)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 11.0.0.0",
        "192.168.4.0/22, 192.168.8.0",
        "192.0.2.128/25, 192.0.2.127",
        "192.0.2.1, 192.0.2.2",
        "0.0.0.0/0, 2001:db8::1",
        "2001:db8::/33, 2001:db8:8000::1",
        "::/0, 192.0.2.1"
    })
    void anyOtherIsNot(String network, String address) {
        assertThat(contains(network, address)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "10",
                "10.1",
                "10.0.0",
                "10.0.0.256",
                "10.0.0.1.1",
                "010.0.0.1",
                "10.0.0.1/",
                "10.0.0.1/-1",
                "10.0.0.1/33",
                "10.0.0.1/8/8",
                "::/129",
                "1::2::3",
                ":",
                "2001:db8::1%eth0",
                "[::1]",
                "face",
                "10.0.0.1 "
            })
    void anythingElseIsNoNetwork(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Network.parse(text));
    }

    @Test
    void aNameIsNotLookedUp() {
        assertThat(Network.addressIn("localhost")).isEmpty();
        assertThat(Network.addressIn("256.256.256.256")).isEmpty();
    }

    private static boolean contains(String network, String address) {
        return Network.parse(network).contains(Network.addressIn(address).orElseThrow());
    }
}
