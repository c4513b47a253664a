package org.parlour.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.parlour.protocol.Refusal;

class QueryTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"-, 50", "1, 1", "200, 200", "201, 200", "999999999999999999, 200"})
    void aPageHasItsBounds(String text, int limit) {
        assertThat(Query.limit(text)).isEqualTo(limit);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "x", "1.5", "1e3", " 1", "٣", "9999999999999999999"})
    void whatIsNoNumberIsRefused(String text) {
        assertThatThrownBy(() -> Query.limit(text)).isInstanceOf(Refusal.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\u0000", "\uD800"})
    void whatCannotStandInTheDatabaseIsRefused(String text) {
        assertThatThrownBy(() -> Query.text(text, "name")).isInstanceOf(Refusal.class);
    }

    @Test
    void anythingElseIsTaken() {
        assertThat(Query.text("Ann % \u0434 \uD83D\uDE00", "name")).isEqualTo("Ann % \u0434 \uD83D\uDE00");
        assertThat(Query.text(null, "name")).isNull();
        assertThatThrownBy(() -> Query.text("x".repeat(256), "name")).isInstanceOf(Refusal.class);
    }
}
