package org.parlour.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlashCommandsTest {

    @ParameterizedTest
    @ValueSource(strings = {"/user bob", "/user  bob", "/user bob  ", "/user\tbob", "/user \t bob\t"})
    void userAsksForAName(String text) {
        assertThat(SlashCommands.parse(text)).isEqualTo(new ClientMessage.SetUsername(null, null, "bob"));
    }

    @Test
    void aNameMayHaveSpacesAndEvenBeWrong() {
        assertThat(SlashCommands.parse("/user Bob the Builder"))
                .isEqualTo(new ClientMessage.SetUsername(null, null, "Bob the Builder"));
        assertThat(SlashCommands.parse("/user <b>")).isEqualTo(new ClientMessage.SetUsername(null, null, "<b>"));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "/kick bob, kick, bob, -",
                "/kick bob 5, kick, bob 5, -",
                "/ban bob, ban, bob, -",
                "/ban Bob the Builder, ban, Bob the Builder, -",
                "/ban bob 5, ban, bob, 300",
                "/ban bob 5 6, ban, bob 5, 360",
                "/ban 5, ban, 5, -",
                "/unban bob 5, unban, bob 5, -",
                "/mute  bob   0 , mute, bob, 0",
                "/mute bob 12345678, mute, bob 12345678, -",
                "/unmute bob, unmute, bob, -"
            })
    void moderatorsNameSomebodyAndMaybeMinutes(String text, String action, String username, Long seconds) {
        assertThat(SlashCommands.parse(text))
                .isEqualTo(new ClientMessage.Moderate(null, null, action, username, null, seconds, null, null));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "/invite, -, -",
                "'/invite ', -, -",
                "/invite 7, 7, -",
                "/invite 7 48, 7, 172800",
                "/invite   7   0 , 7, 0",
                "/invite 999999999 999999999, 999999999, 3599999996400"
            })
    void anInvitationIsForSoManyAndSoManyHours(String text, Integer uses, Long seconds) {
        assertThat(SlashCommands.parse(text)).isEqualTo(new ClientMessage.Invite(null, null, uses, seconds));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/invite bob",
                "/invite 7 bob",
                "/invite 7 8 9",
                "/invite -1",
                "/invite 1234567890",
                "/role",
                "/role bob",
                "/archive me",
                "/slow",
                "/slow down",
                "/slow -1",
                "/slow 1234567890",
                "/delete",
                "/delete bob",
                "/delete -1",
                "/delete 1 2",
                "/delete 1234567890123456789"
            })
    void whatIsWrittenOtherwiseIsToldTheUsage(String text) {
        assertThat(catchThrowableOfType(Refusal.class, () -> SlashCommands.parse(text)))
                .hasMessageStartingWith("Usage: " + text.split(" ")[0]);
    }

    @ParameterizedTest
    @CsvSource({"/role bob member, bob, member", "/role Bob the Builder  none , Bob the Builder, none"})
    void aRoleIsTheLastWord(String text, String username, String role) {
        assertThat(SlashCommands.parse(text))
                .isEqualTo(new ClientMessage.Moderate(null, null, "role", username, role, null, null, null));
    }

    @Test
    void aMessageIsDeletedByItsSeq() {
        assertThat(SlashCommands.parse("/delete 12")).isEqualTo(new ClientMessage.Delete(null, null, 12L, null));
    }

    @Test
    void slowTakesSeconds() {
        assertThat(SlashCommands.parse("/slow 30")).isEqualTo(new ClientMessage.Slow(null, 30));
        assertThat(SlashCommands.parse("/slow 0")).isEqualTo(new ClientMessage.Slow(null, 0));
    }

    @Test
    void archiveClosesTheRoom() {
        assertThat(SlashCommands.parse("/archive")).isEqualTo(new ClientMessage.Archive(null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/kick", "/ban ", "/unban", "/mute", "/unmute"})
    void moderatorsHaveToNameSomebody(String text) {
        assertThat(catchThrowableOfType(Refusal.class, () -> SlashCommands.parse(text)))
                .hasMessageStartingWith("Usage: " + text.strip() + " NAME");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "/history, -, -",
                "'/history ', -, -",
                "/history 5, 5, -",
                "/history   5  , 5, -",
                "/history 0, 0, -",
                "/history 007, 7, -",
                "/history 999999999, 999999999, -",
                "/history before 12, -, 12",
                "/history 5 before 12, 5, 12",
                "/history 5   before   12, 5, 12",
                "/history 5 before 999999999999999999, 5, 999999999999999999"
            })
    void historyTakesANumberAndAPlace(String text, Integer limit, Long before) {
        assertThat(SlashCommands.parse(text)).isEqualTo(new ClientMessage.Recall(null, limit, before));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/history x",
                "/history -1",
                "/history +1",
                "/history 1.5",
                "/history 1e3",
                "/history 5 5",
                "/history before",
                "/history 5 before",
                "/history before x",
                "/history before -3",
                "/history after 3",
                "/history 1234567890",
                "/history before 1234567890123456789",
                "/history \u0665",
                "/history 5; drop"
            })
    void aHistoryThatCannotBeMeantIsAnsweredWithTheUsage(String text) {
        var refusal = refusalOf(text);

        assertThat(refusal.code()).isEqualTo(ErrorCode.BAD_MESSAGE);
        assertThat(refusal).hasMessage("Usage: /history [N] [before SEQ]");
    }

    @Test
    void meTellsWhatOneDoes() {
        assertThat(SlashCommands.parse("/msg bob  hi there "))
                .isEqualTo(new ClientMessage.Private(null, null, "bob", null, "hi there", null, null));
        assertThat(SlashCommands.parse("/msg \"bob b\" one\ntwo"))
                .isEqualTo(new ClientMessage.Private(null, null, "bob b", null, "one\ntwo", null, null));
        assertThat(SlashCommands.parse("/me waves  twice "))
                .isEqualTo(new ClientMessage.Act(null, null, "waves  twice", null));
        assertThat(SlashCommands.parse("/me one\ntwo")).isEqualTo(new ClientMessage.Act(null, null, "one\ntwo", null));
    }

    @Test
    void topicAsksOrSets() {
        assertThat(SlashCommands.parse("/topic")).isEqualTo(new ClientMessage.Topic(null, null, null));
        assertThat(SlashCommands.parse("/topic  ")).isEqualTo(new ClientMessage.Topic(null, null, null));
        assertThat(SlashCommands.parse("/topic tea & cake"))
                .isEqualTo(new ClientMessage.Topic(null, null, "tea & cake"));
    }

    @Test
    void whoHelpAndLeaveNeedNothing() {
        assertThat(SlashCommands.parse("/who")).isEqualTo(new ClientMessage.Who(null, null));
        assertThat(SlashCommands.parse("/help")).isEqualTo(new ClientMessage.Help(null));
        assertThat(SlashCommands.parse("/leave")).isEqualTo(new ClientMessage.Leave(null, null));
    }

    @ParameterizedTest
    @CsvSource({
        "/user, /user NAME",
        "'/user  ', /user NAME",
        "/msg bob, /msg NAME TEXT",
        "/me, /me TEXT",
        "'/me \t', /me TEXT"
    })
    void whatLacksItsArgumentIsAnsweredWithTheUsage(String text, String usage) {
        var refusal = refusalOf(text);

        assertThat(refusal.code()).isEqualTo(ErrorCode.BAD_MESSAGE);
        assertThat(refusal).hasMessage("Usage: " + usage);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/ ",
                "/ user bob",
                "/User bob",
                "/USER bob",
                "/users",
                "/userbob",
                "/quit",
                "/user\u00A0bob",
                "/us\u0435r bob",
                "/\u0000",
                "/who?",
                "/..",
                "/etc/passwd",
                "/\uD83D\uDE00"
            })
    void whatIsNoCommandIsUnknown(String text) {
        assertThat(refusalOf(text).code()).isEqualTo(ErrorCode.UNKNOWN_COMMAND);
    }

    @Test
    void anUnknownCommandIsNotRepeated() {
        assertThat(refusalOf("/forged\n[admin] hello")).hasMessageNotContainingAny("forged", "admin", "\n");
    }

    @Test
    void theHelpNamesEveryCommand() {
        assertThat(ClientMessage.HELP)
                .contains(
                        "/user NAME",
                        "/history [N] [before SEQ]",
                        "/who",
                        "/me TEXT",
                        "/topic [TEXT]",
                        "/leave",
                        "//TEXT");
    }

    private static Refusal refusalOf(String text) {
        var refusal = catchThrowableOfType(Refusal.class, () -> SlashCommands.parse(text));
        assertThat(refusal).as("refusal of %s", text).isNotNull();
        return refusal;
    }
}
