package org.parlour.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.parlour.protocol.Username;
import org.parlour.testing.HostileStrings;

class ForeignNamesTest {

    @ParameterizedTest
    @CsvSource({
        "ann, ann",
        "CORP\\ann, CORP_ann",
        "ann@example.org, ann_example.org",
        "'uid=ann,ou=people', uid_ann_ou_people",
        "'  Ann   Lee ', Ann Lee",
        "Jürgen Größe, Jürgen Größe",
        "'a\r\nb', a_b",
        "a\u202Eb, a_b"
    })
    void whatIsNoNameIsMadeOne(String called, String name) {
        assertThat(ForeignNames.username(called, 0)).contains(new Username(name));
    }

    @Test
    void aNameThatIsTakenGetsANumber() {
        assertThat(ForeignNames.username("ann", 1)).contains(new Username("ann-2"));
    }

    @Test
    void aReservedNameIsNotGivenButWithANumber() {
        assertThat(ForeignNames.username("admin", 0)).isEmpty();
        assertThat(ForeignNames.username("admin", 1)).contains(new Username("admin-2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "@@@", "\u202E", "\u0301"})
    void ofNothingComesNothing(String called) {
        assertThat(ForeignNames.username(called, 0)).isEmpty();
    }

    @Test
    void aLongNameIsCutAndStillTellsNumbersApart() {
        var names = IntStream.range(0, 20)
                .mapToObj(attempt ->
                        ForeignNames.username("x".repeat(500), attempt).orElseThrow());

        assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.value().length() == Username.MAX_LENGTH);
    }

    static List<String> hostile() {
        return HostileStrings.all();
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void noStringDoesHarm(String called) {
        assertThat(ForeignNames.username(called, 0)).isNotNull();
    }
}
