package org.parlour.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.parlour.testing.HostileStrings;

class ContentTest {

    private static final String GRIN = "\uD83D\uDE00";

    static List<String> hostileStrings() {
        return HostileStrings.all();
    }

    @ParameterizedTest
    @MethodSource("hostileStrings")
    void aLegalContentIsKeptAsItIs(String content) {
        assertThat(Content.require(content, 4_000)).isSameAs(content);
    }

    @Test
    void nothingIsTrimmedOrNormalised() {
        assertThat(Content.require(" \te\u0301 \r\n", 10)).isEqualTo(" \te\u0301 \r\n");
    }

    @Test
    void theLimitCountsCodePoints() {
        assertThat(Content.require("x".repeat(4_000), 4_000)).hasSize(4_000);
        assertThat(Content.require(GRIN.repeat(4_000), 4_000)).hasSize(8_000);
        assertThat(refusalOf("x".repeat(4_001), 4_000).code()).isEqualTo(ErrorCode.CONTENT_TOO_LONG);
        assertThat(refusalOf(GRIN.repeat(4_001), 4_000).code()).isEqualTo(ErrorCode.CONTENT_TOO_LONG);
        assertThat(refusalOf("xy", 1)).hasMessage("A message has at most 1 characters.");
    }

    @Test
    void aMissingContentIsABadMessage() {
        assertThat(refusalOf(null, 4_000).code()).isEqualTo(ErrorCode.BAD_MESSAGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t", "\r\n", "\u2028", "\u3000", " \u2003\n "})
    void aBlankContentIsEmpty(String content) {
        assertThat(refusalOf(content, 4_000).code()).isEqualTo(ErrorCode.CONTENT_EMPTY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0000",
                "a\u0000",
                "\u0000a",
                "\uD83D",
                "\uDE00",
                "a\uD83D",
                "\uDE00a",
                "\uDE00\uD83D",
                "\uD83D\uD83D\uDE00",
                "\uD83D\uDE00\uDE00",
                "\uD83Da\uDE00"
            })
    void whatTheDatabaseWouldNotGiveBackIsRejected(String content) {
        assertThat(refusalOf(content, 4_000).code()).isEqualTo(ErrorCode.CONTENT_REJECTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\u0000", "xxxxx"})
    void everyRefusalNamesTheField(String content) {
        assertThat(refusalOf(content, 4).answer().field()).isEqualTo("content");
    }

    private static Refusal refusalOf(String content, int max) {
        var refusal = catchThrowableOfType(Refusal.class, () -> Content.require(content, max));
        assertThat(refusal).isNotNull();
        return refusal;
    }
}
