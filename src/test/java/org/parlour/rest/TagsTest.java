package org.parlour.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TagsTest {

    @Test
    void theSameAnswerHasTheSameTagAndAnotherAnotherOne() {
        assertThat(of("{}")).isEqualTo(of("{}")).matches("\"[A-Za-z0-9_-]{20}\"");
        assertThat(of("{\"a\":1}")).isNotEqualTo(of("{\"a\":2}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"t\"", "W/\"t\"", "\"a\", W/\"t\"", "\"a\",\"t\",\"b\"", "*", " * "})
    void whoHasItSaysSoInSeveralWays(String header) {
        assertThat(Tags.has(header, "\"t\"")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "t", "\"", "\"\\", "\"a\"", "\"tt\"", "\"a\"t\"b\"", "**", "W/t", "\"*\""})
    void anythingElseIsNotIt(String header) {
        assertThat(Tags.has(header, "\"t\"")).isFalse();
        assertThat(Tags.has(null, "\"t\"")).isFalse();
    }

    private static String of(String answer) {
        return Tags.of(answer.getBytes(StandardCharsets.UTF_8));
    }
}
