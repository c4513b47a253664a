package org.parlour.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.parlour.testing.HostileStrings;

class TextFormatTest {

    private static final String AT = "2026-11-23T09:15:02.120Z";

    @Test
    void theThreeLinesAreTheOriginalServersByteForByte() {
        var joined = TextFormat.line(new ServerMessage.UserJoined("bob", 2, "general", 1, "1-1", AT, null));
        var said = TextFormat.line(said("hello"));
        var left = TextFormat.line(new ServerMessage.UserLeft("bob", "quit", 1, "general", 3, "1-3", AT, null));

        assertThat(bytes(said.orElseThrow())).isEqualTo(bytes("[bob] hello"));
        assertThat(bytes(joined.orElseThrow())).isEqualTo(bytes("--> bob joined the room"));
        assertThat(bytes(left.orElseThrow())).isEqualTo(bytes("<-- bob left the room"));
    }

    @Test
    void whatSomebodyDoesIsToldInTheThirdPerson() {
        var act = new ServerMessage.NewMessage("bob", "waves", true, null, null, "general", 1, "1-1", AT, null, null);

        assertThat(TextFormat.line(act)).contains("* [bob] waves");
    }

    @Test
    void aPrivateMessageSaysWhoOfTheTwoSpeaks() {
        var heard = new ServerMessage.PrivateMessage(
                "ann", "bob", "ann", "a", "hi\n[eve -> you] no", null, null, 4, "9-4", AT, "a", null);
        var said =
                new ServerMessage.PrivateMessage("bob", "ann", "ann", "a", "hi", null, null, 4, "9-4", AT, "b", null);
        var done = new ServerMessage.PrivateMessage(
                "ann", "bob", "ann", "a", "waves", true, null, 4, "9-4", AT, "a", null);

        assertThat(TextFormat.line(heard)).contains("[ann -> you] hi\n    [eve -> you] no");
        assertThat(TextFormat.line(said)).contains("[you -> ann] hi");
        assertThat(TextFormat.line(done)).contains("* [ann -> you] waves");
    }

    @Test
    void noticesAndErrorsAreTheirSentence() {
        assertThat(TextFormat.line(new ServerMessage.Notice("WHO", "1 here: bob", null, "r")))
                .contains("1 here: bob");
        assertThat(TextFormat.line(new ServerMessage.Error("OVERLOADED", "Later.", null, "r", true, null, null)))
                .contains("Later.");
    }

    static Stream<ServerMessage> whatATerminalDoesNotShow() {
        return Stream.of(
                new ServerMessage.Welcome(
                        1,
                        "parlour",
                        "c",
                        null,
                        "general",
                        "e",
                        1,
                        1,
                        false,
                        null,
                        "g",
                        false,
                        null,
                        "t",
                        null,
                        new ServerMessage.Limits(1, 1, 1, 1, 50),
                        1),
                new ServerMessage.Ack("r", "n", "general", 1, "1-1", AT, false),
                new ServerMessage.Batch("history", "general", "r", false, null, null, List.of()),
                new ServerMessage.Presence("r", "general", 0, List.of()),
                new ServerMessage.Pong("r", AT));
    }

    @ParameterizedTest
    @MethodSource
    void whatATerminalDoesNotShow(ServerMessage message) {
        assertThat(TextFormat.line(message)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\r\n", "\u000B", "\f", "\u0085", "\u2028", "\u2029"})
    void aLineBreakIsIndentedSoThatNoLineIsForged(String lineBreak) {
        var forged = TextFormat.line(said("hi" + lineBreak + "[ann] I am ann"));

        assertThat(forged).contains("[bob] hi\n    [ann] I am ann");
    }

    @Test
    void everyLineBreakOfManyIsIndented() {
        assertThat(TextFormat.line(said("\na\n\n\r\r\nb\u2028")))
                .contains("[bob] \n    a\n    \n    \n    \n    b\n    ");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(booleans = true)
    void noKindForgesALine(Boolean action) {
        var forgery = "x\r--> ann joined the room";
        var messages = List.of(
                new ServerMessage.NewMessage("bob", forgery, action, null, null, "general", 1, "1-1", AT, null, null),
                new ServerMessage.Notice("TOPIC", forgery, null, null),
                new ServerMessage.Error("BAD_MESSAGE", forgery, null, null, false, null, null));

        assertThat(messages)
                .allSatisfy(message ->
                        assertThat(TextFormat.line(message).orElseThrow()).endsWith("x\n    --> ann joined the room"));
    }

    @ParameterizedTest
    @CsvSource({
        "'\u001B[2J', '\uFFFD[2J'",
        "'\u001B[1A\u001B[2K[ann] hi', '\uFFFD[1A\uFFFD[2K[ann] hi'",
        "'\u001B]0;title\u0007', '\uFFFD]0;title\uFFFD'",
        "'\u009B31m', '\uFFFD31m'",
        "'\u0090q\u009C', '\uFFFDq\uFFFD'",
        "'a\bb', 'a\uFFFDb'",
        "'a\u007Fb', 'a\uFFFDb'",
        "'\u0000', '\uFFFD'"
    })
    void anEscapeSequenceCannotRewriteTheScreen(String content, String shown) {
        assertThat(TextFormat.line(said(content))).contains("[bob] " + shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u202A", "\u202B", "\u202C", "\u202D", "\u202E", "\u2066", "\u2067", "\u2068", "\u2069"})
    void aBidirectionalControlCannotTurnTheLineAround(String control) {
        assertThat(TextFormat.line(said("a" + control + "b"))).contains("[bob] a\uFFFDb");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\tb",
                "  x  ",
                "\u05E9\u05DC\u05D5\u05DD",
                "e\u0301",
                "\uD83D\uDC68\u200D\uD83D\uDC69",
                "\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645",
                "\u00A0",
                "\uFFFD"
            })
    void whatIsHarmlessStaysAsItIs(String content) {
        assertThat(TextFormat.line(said(content))).contains("[bob] " + content);
    }

    // Each acts like an invisible letter of its script, no further than the letter would, and honest Hebrew and Arabic
    // has them.
    @ParameterizedTest
    @ValueSource(strings = {"\u061C", "\u200E", "\u200F"})
    void aDirectionalMarkMayStay(String mark) {
        assertThat(TextFormat.line(said("\u05D0" + mark + "1"))).contains("[bob] \u05D0" + mark + "1");
    }

    static List<String> hostileStrings() {
        return HostileStrings.all();
    }

    @ParameterizedTest
    @MethodSource("hostileStrings")
    void nothingHostileReachesTheTerminal(String content) {
        var line = TextFormat.line(said(content)).orElseThrow();

        assertThat(line.lines().skip(1)).allMatch(continued -> continued.startsWith("    "));
        assertThat(line.replace("\n", "").replace("\t", "").codePoints())
                .noneMatch(Character::isISOControl)
                .noneMatch(c -> c == 0x2028 || c == 0x2029)
                .noneMatch(c -> c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069);
    }

    private static ServerMessage said(String content) {
        return new ServerMessage.NewMessage("bob", content, null, null, null, "general", 1, "1-1", AT, null, null);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
