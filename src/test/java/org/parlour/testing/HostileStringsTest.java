package org.parlour.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HostileStringsTest {

    @Test
    void thereAreManyAndNoTwoAreTheSame() {
        assertThat(HostileStrings.all()).hasSizeGreaterThanOrEqualTo(170).doesNotHaveDuplicates();
    }

    @Test
    void eachIsALegalContent() {
        assertThat(HostileStrings.all()).allSatisfy(text -> {
            assertThat(text.codePointCount(0, text.length())).isBetween(1, HostileStrings.LONGEST);
            assertThat(text.isBlank()).isFalse();
            assertThat(text.indexOf(0)).isNegative();
            assertThat(text.codePoints()).noneMatch(HostileStringsTest::isSurrogate);
        });
    }

    @Test
    void eachSurvivesUtf8() {
        assertThat(HostileStrings.all())
                .allSatisfy(
                        text -> assertThat(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                                .isEqualTo(text));
    }

    @Test
    void theLongestAreAmongThem() {
        assertThat(HostileStrings.all())
                .contains("x".repeat(4_000), "\uD83D\uDE00".repeat(4_000))
                .anyMatch(text -> text.length() == 8_000);
    }

    private static boolean isSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}
