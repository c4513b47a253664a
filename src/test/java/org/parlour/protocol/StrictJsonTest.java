package org.parlour.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.parlour.protocol.StrictJson.Token;
import org.parlour.testing.MalformedJson;

class StrictJsonTest {

    static List<String> brokenObjects() {
        return MalformedJson.brokenObjects();
    }

    static List<String> noObjects() {
        return MalformedJson.noObjects();
    }

    static List<String> trickyPings() {
        return MalformedJson.trickyPings();
    }

    @ParameterizedTest
    @MethodSource("brokenObjects")
    void aBrokenObjectIsRefused(String text) {
        assertThat(refusalOf(text).code()).isEqualTo(ErrorCode.BAD_MESSAGE);
    }

    @ParameterizedTest
    @MethodSource("noObjects")
    void whatIsNoObjectIsRefused(String text) {
        assertThat(refusalOf(text).code()).isEqualTo(ErrorCode.BAD_MESSAGE);
    }

    @ParameterizedTest
    @MethodSource("trickyPings")
    void aTrickyObjectIsRead(String text) {
        var fields = StrictJson.fieldsOf(text);

        assertThat(fields).containsEntry("type", new Token(Token.Kind.STRING, "Ping"));
    }

    @ParameterizedTest
    @MethodSource("trickyPings")
    void whatIsReadStrictlyIsAlsoBound(String text) {
        assertThat(MessageJson.decode(text)).isEqualTo(new ClientMessage.Ping(null));
    }

    @Test
    void theListsAreLongAndWithoutDoubles() {
        assertThat(MalformedJson.brokenObjects())
                .hasSizeGreaterThanOrEqualTo(120)
                .doesNotHaveDuplicates()
                .allMatch(text -> text.stripLeading().startsWith("{"));
        assertThat(MalformedJson.noObjects())
                .doesNotHaveDuplicates()
                .noneMatch(text -> text.stripLeading().startsWith("{"));
        assertThat(MalformedJson.trickyPings())
                .hasSizeGreaterThanOrEqualTo(40)
                .doesNotHaveDuplicates()
                .allMatch(text -> text.stripLeading().startsWith("{"));
    }

    @Test
    void anEmptyObjectHasNoFields() {
        assertThat(StrictJson.fieldsOf("{}")).isEmpty();
    }

    @Test
    void everyFieldKeepsItsKindAndItsCharacters() {
        var fields = StrictJson.fieldsOf("""
                {"s":"a\\u0041\\n", "n":-1.50e+3, "null":null, "t":true, "f":false, "a":[1], "o":{"s":"inner"}}""");

        assertThat(fields).containsOnlyKeys("s", "n", "null", "t", "f", "a", "o");
        assertThat(fields.get("s")).isEqualTo(new Token(Token.Kind.STRING, "aA\n"));
        assertThat(fields.get("n").kind()).isEqualTo(Token.Kind.NUMBER);
        assertThat(fields.get("null")).isEqualTo(Token.NULL);
        assertThat(List.of(fields.get("t"), fields.get("f"))).containsOnly(Token.BOOLEAN);
        assertThat(List.of(fields.get("a"), fields.get("o"))).containsOnly(Token.OTHER);
    }

    static Stream<String> sixteenDeep() {
        return Stream.of(
                "{\"a\":".repeat(15) + "{}" + "}".repeat(15),
                "{\"a\":" + "[".repeat(15) + "]".repeat(15) + "}",
                "{\"a\":" + "[{\"a\":".repeat(7) + "[1]" + "}]".repeat(7) + "}");
    }

    @ParameterizedTest
    @MethodSource("sixteenDeep")
    void sixteenLevelsAreRead(String text) {
        assertThat(StrictJson.fieldsOf(text)).containsEntry("a", Token.OTHER);
    }

    @ParameterizedTest
    @MethodSource("sixteenDeep")
    void theSeventeenthLevelIsRefused(String text) {
        var deeper = "{\"a\":" + text + "}";

        assertThat(refusalOf(deeper)).hasMessage("JSON is nested at most 16 deep.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":", "[{\"a\":", "{\"a\":["})
    void aHundredThousandLevelsAreRefusedLikeAnyOther(String opening) {
        var text = "{\"type\":\"Ping\",\"x\":" + opening.repeat(100_000);

        assertThat(refusalOf(text).code()).isEqualTo(ErrorCode.BAD_MESSAGE);
    }

    @Test
    void aHundredThousandClosedLevelsAreRefusedLikeAnyOther() {
        var text = "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";

        assertThat(refusalOf(text)).hasMessage("JSON is nested at most 16 deep.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1,\"a\":1}",
                "{\"a\":null,\"a\":null}",
                "{\"a\":1,\"\\u0061\":2}",
                "{\"x\":{\"a\":1,\"a\":2}}",
                "{\"x\":[[{\"a\":{},\"a\":[]}]]}",
                "{\"\":1,\"\":2}"
            })
    void aKeyMayStandOnlyOnce(String text) {
        assertThat(refusalOf(text)).hasMessage("A key stands twice in the same object.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":\"\\u0000\"}",
                "{\"a\":\"x\\u0000y\"}",
                "{\"a\":\"\\uD800\"}",
                "{\"a\":\"\\uDC00\"}",
                "{\"a\":\"\\uD83Dx\"}",
                "{\"a\":\"x\\uDE00\"}",
                "{\"a\":\"\\uDE00\\uD83D\"}",
                "{\"a\":\"\\uD83D\\uD83D\\uDE00\"}",
                "{\"a\":[\"\\uDFFF\"]}",
                "{\"a\":{\"b\":\"\\u0000\"}}",
                "{\"\\u0000\":1}",
                "{\"\\uDBFF\":1}"
            })
    void whatCannotBeStoredIsRefusedWhereverItStands(String text) {
        assertThat(refusalOf(text).code()).isEqualTo(ErrorCode.CONTENT_REJECTED);
    }

    private static Refusal refusalOf(String text) {
        var refusal = catchThrowableOfType(Refusal.class, () -> StrictJson.fieldsOf(text));
        assertThat(refusal)
                .as("refusal of %s", text.substring(0, Math.min(200, text.length())))
                .isNotNull();
        return refusal;
    }
}
