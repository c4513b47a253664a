package org.parlour.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoomNameTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lobby",
                "a",
                "7",
                "order:4711",
                "team.red_blue-green",
                "-",
                "_",
                ":",
                "...",
                ".hidden",
                "two words",
                "two  spaces",
                "K\u00FCche",
                "\u4F1A\u8BAE\u5BA4",
                "\u0939\u093F\u0928\u094D\u0926\u0940",
                "\u05E9\u05DC\u05D5\u05DD",
                "\uD835\uDC1A\uD835\uDC1D"
            })
    void aHarmlessNameIsTaken(String name) {
        assertThat(new RoomName(name).value()).isEqualTo(name);
        assertThat(new RoomName(name)).hasToString(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                " a",
                "a ",
                ".",
                "..",
                "a/b",
                "../etc",
                "a\\b",
                "a?b",
                "a#b",
                "a%2fb",
                "a;b",
                "a&b",
                "a+b",
                "a*b",
                "a<b>",
                "a\"b",
                "a'b",
                "a\tb",
                "a\nb",
                "a\rb",
                "a\u0000b",
                "a\u0007b",
                "a\u0085b",
                "a\u00A0b",
                "a\u2003b",
                "a\u3000b",
                "a\u2028b",
                "a\u200Bb",
                "a\u200Db",
                "a\u202Eb",
                "a\u2066b",
                "a\uFEFFb",
                "a\u00ADb",
                "a\u034Fb",
                "a\uFE0Fb",
                "a\uDB40\uDD00b",
                "a\u20DDb",
                "\u3164",
                "\uFFA0",
                "\u115F\u1160",
                "\u2800",
                "a\uFFFEb",
                "a\uE000b",
                "a\uD800b",
                "\uD83D\uDE00"
            })
    void aNameThatHidesTricksOrDecoratesIsRefused(String name) {
        assertThat(refusalOf(name).code()).isEqualTo(ErrorCode.ROOM_NAME_INVALID);
        assertThat(refusalOf(name).answer().field()).isEqualTo("room");
    }

    @Test
    void sixtyFourCodePointsAreTheMost() {
        assertThat(new RoomName("r".repeat(64)).value()).hasSize(64);
        assertThat(new RoomName("\uD835\uDC1A".repeat(64)).value()).hasSize(128);
        assertThat(refusalOf("r".repeat(65))).hasMessage("A room name has 1 to 64 characters.");
        assertThat(refusalOf("\uD835\uDC1A".repeat(65))).hasMessage("A room name has 1 to 64 characters.");
    }

    @Test
    void theLengthCountsAfterComposition() {
        var decomposed = "e\u0301".repeat(64);

        var room = new RoomName(decomposed);

        assertThat(room.value()).isEqualTo("\u00E9".repeat(64));
    }

    @Test
    void twoSpellingsOfOneNameAreOneRoom() {
        assertThat(new RoomName("Caf\u0065\u0301")).isEqualTo(new RoomName("Caf\u00E9"));
        assertThat(new RoomName("\u1112\u1161\u11AB")).isEqualTo(new RoomName("\uD55C"));
    }

    @Test
    void caseMakesAnotherRoom() {
        assertThat(new RoomName("Lobby")).isNotEqualTo(new RoomName("lobby"));
    }

    @Test
    void aNameDoesNotBeginWithAMark() {
        assertThat(refusalOf("\u0301a")).hasMessage("A room name does not begin with a combining mark.");
    }

    @Test
    void theRefusalDoesNotRepeatTheName() {
        assertThat(refusalOf("<script>")).hasMessageNotContaining("script");
    }

    private static Refusal refusalOf(String name) {
        var refusal = catchThrowableOfType(Refusal.class, () -> new RoomName(name));
        assertThat(refusal).as("refusal of \"%s\"", name).isNotNull();
        return refusal;
    }
}
