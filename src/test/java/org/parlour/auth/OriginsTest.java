package org.parlour.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginsTest {

    private final Origins origins = new Origins(Set.of("https://app.example.org", "http://localhost:3000"));

    @ParameterizedTest
    @CsvSource({
        "https://chat.example.org, chat.example.org",
        "http://chat.example.org, chat.example.org",
        "https://CHAT.example.org, chat.EXAMPLE.org",
        "https://chat.example.org, chat.example.org:443",
        "http://chat.example.org, chat.example.org:80",
        "http://localhost:8080, localhost:8080",
        "'http://[::1]:8080', '[::1]:8080'",
        "https://app.example.org, chat.example.org",
        "http://localhost:3000, localhost:8080"
    })
    void ourOwnPagesAndThoseThatAreNamedMaySpeak(String origin, String host) {
        assertThat(origins.allow(origin, host)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "https://app.example.org, https://app.example.org",
        "HTTPS://App.Example.org, https://app.example.org",
        "http://localhost:3000, http://localhost:3000"
    })
    void aPageThatIsNamedIsCalledAsItWasNamed(String origin, String named) {
        assertThat(origins.named(origin)).contains(named);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "null",
                "",
                "http://app.example.org",
                "https://app.example.org/",
                "https://app.example.org:443",
                "https://app.example.org, https://evil.example",
                "https://sub.app.example.org",
                "https://app.example.org.evil.example"
            })
    void nothingElseIsNamed(String origin) {
        assertThat(origins.named(origin)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "null, chat.example.org",
        "'', chat.example.org",
        "'', ''",
        "http://, ''",
        "https://evil.example, chat.example.org",
        "https://chat.example.org.evil.example, chat.example.org",
        "https://evil.example/chat.example.org, chat.example.org",
        "https://chat.example.org@evil.example, chat.example.org",
        "https://chat.example.org:8443, chat.example.org",
        "https://chat.example.org, chat.example.org:80",
        "http://chat.example.org, chat.example.org:443",
        "chat.example.org, chat.example.org",
        "file://chat.example.org, chat.example.org",
        "http://app.example.org, chat.example.org",
        "http://localhost:3001, localhost:8080",
        "https://sub.app.example.org, chat.example.org"
    })
    void nobodyElseMay(String origin, String host) {
        assertThat(origins.allow(origin, host)).isFalse();
    }
}
