package org.parlour.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextFrameTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{ }",
                "{\"type\":\"Ping\"}",
                "  {\"type\":\"Ping\"}",
                "\r\n\t{\r\n\t\"type\":\"Ping\"}",
                "{\"",
                "{ \"broken",
                "{}}",
                "{\"a\" is not a key"
            })
    void whatBeginsLikeAnObjectWithAKeyIsJsonToEveryone(String text) {
        assertThat(Arrays.stream(Face.values())).allMatch(face -> TextFrame.isJson(text, face));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", " {", "{shrug}", "{'type':'Ping'}", "{type:1}", "{{x}}", "{[", "{\u0000", "{ x"})
    void anotherOpeningBraceIsJsonOnlyToTheFullFace(String text) {
        assertThat(TextFrame.isJson(text, Face.FULL)).isTrue();
        assertThat(TextFrame.isJson(text, Face.PLAIN)).isFalse();
        assertThat(TextFrame.isJson(text, Face.TEXT)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "hello",
                "hello {\"type\":\"Ping\"}",
                "[{\"type\":\"Ping\"}]",
                "\"{}\"",
                "/{}",
                "\uFEFF{}",
                "\u0000{}",
                "}",
                "1",
                "null"
            })
    void theRestIsJsonToNobody(String text) {
        assertThat(Arrays.stream(Face.values())).noneMatch(face -> TextFrame.isJson(text, face));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n", "\r\n", " \t ", "\u2003", "\u3000\u2028"})
    void aBlankFrameAsksForNothing(String text) {
        assertThat(TextFrame.read(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello",
                "  hello  ",
                "one\ntwo",
                "{shrug}",
                "not /user bob",
                " /user bob",
                "\\/user bob",
                "\u200B",
                "\uD83D\uDE00",
                "e\u0301"
            })
    void anythingElseIsSaidAsItIs(String text) {
        assertThat(TextFrame.read(text)).contains(new ClientMessage.Say(null, null, text, null, null));
    }

    @Test
    void theLineEndOfACommandLineClientIsNotSaid() {
        var said = new ClientMessage.Say(null, null, "\nhello ", null, null);

        assertThat(TextFrame.read("\nhello \n")).contains(said);
        assertThat(TextFrame.read("\nhello \r\n")).contains(said);
        assertThat(TextFrame.read("\nhello \n\n\r")).contains(said);
    }

    @Test
    void aCommandMayEndItsLine() {
        assertThat(TextFrame.read("/user bob\r\n")).contains(new ClientMessage.SetUsername(null, null, "bob"));
        assertThat(TextFrame.read("/history 3")).contains(new ClientMessage.Recall(null, 3, null));
        assertThat(TextFrame.read("/who\n")).contains(new ClientMessage.Who(null, null));
    }

    @ParameterizedTest
    @CsvSource({"//user bob, /user bob", "//, /", "///, //", "//x, /x", "// x, / x"})
    void aSecondSlashSaysWhatWouldBeACommand(String text, String content) {
        assertThat(TextFrame.read(text)).contains(new ClientMessage.Say(null, null, content, null, null));
    }

    @Test
    void anUnknownCommandIsNotSaid() {
        assertThat(refusalOf("/quit").code()).isEqualTo(ErrorCode.UNKNOWN_COMMAND);
        assertThat(refusalOf("/").code()).isEqualTo(ErrorCode.UNKNOWN_COMMAND);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0000b", "\u0000", "/me \u0000", "//\u0000", "a\uD83D", "\uDE00", "/user \uD800"})
    void whatCannotBeStoredIsRejectedBeforeItIsUnderstood(String text) {
        assertThat(refusalOf(text).code()).isEqualTo(ErrorCode.CONTENT_REJECTED);
    }

    private static Refusal refusalOf(String text) {
        var refusal = catchThrowableOfType(Refusal.class, () -> TextFrame.read(text));
        assertThat(refusal).as("refusal of %s", text).isNotNull();
        return refusal;
    }
}
