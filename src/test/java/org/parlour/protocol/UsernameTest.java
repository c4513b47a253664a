package org.parlour.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.text.Normalizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsernameTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bob",
                "B",
                "7",
                "bob-2_x.y",
                "Bob the Builder",
                "Zo\u00EB",
                "\u5F20\u4F1F",
                "\u0645\u062D\u0645\u062F",
                "\u05D3\u05B8\u05BC\u05D5\u05B4\u05D3",
                "\u0E2A\u0E38\u0E20\u0E32\u0E1E",
                "\u0938\u0902\u091C\u092F",
                "\uAE40\uCCA0\uC218",
                "\uD842\uDFB7\u91CE",
                "_bob_",
                "--x--",
                "administrator",
                "my server"
            })
    void aNamePeopleBearIsTaken(String name) {
        assertThat(new Username(name).value()).isEqualTo(name);
        assertThat(new Username(name)).hasToString(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                " bob",
                "bob ",
                "bob  smith",
                "-",
                "_._",
                "a/b",
                "a:b",
                "a@b",
                "a,b",
                "<b>",
                "[bob]",
                "bob]",
                "\"bob\"",
                "a'b",
                "a\\b",
                "a&b",
                "a%b",
                "a$b",
                "a+b",
                "a*b",
                "a=b",
                "a~b",
                "a`b",
                "\uD83D\uDE00",
                "a\u20ACb",
                "a\u217Emin",
                "\u2460",
                "\u24D0",
                "a\u00B2"
            })
    void aNameWithOtherCharactersIsRefused(String name) {
        assertInvalid(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\u0000b",
                "a\u0001b",
                "a\u0007b",
                "a\bb",
                "a\tb",
                "a\nb",
                "a\u000Bb",
                "a\fb",
                "a\rb",
                "a\u001Bb",
                "a\u007Fb",
                "a\u0085b",
                "a\u009Bb",
                "a\u2028b",
                "a\u2029b"
            })
    void controlCharactersAndLineBreaksAreRefused(String name) {
        assertInvalid(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\u200Bb",
                "a\u200Cb",
                "a\u200Db",
                "a\u2060b",
                "a\uFEFFb",
                "a\u00ADb",
                "a\u034Fb",
                "a\u180Eb",
                "a\u180Bb",
                "a\uFE00b",
                "a\uFE0Fb",
                "a\uDB40\uDC41b",
                "a\uDB40\uDD00b",
                "a\u115Fb",
                "a\u1160b",
                "a\u3164b",
                "a\uFFA0b",
                "a\u17B4b",
                "a\u17B5b",
                "a\u2061b",
                "a\u2800b",
                "\u3164",
                "\u200B",
                "\uFFA0\uFFA0"
            })
    void invisibleCharactersAreRefused(String name) {
        assertInvalid(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\u200Eb",
                "a\u200Fb",
                "a\u061Cb",
                "a\u202Ab",
                "a\u202Bb",
                "a\u202Cb",
                "a\u202Db",
                "a\u202Eb",
                "a\u2066b",
                "a\u2067b",
                "a\u2068b",
                "a\u2069b"
            })
    void bidirectionalControlsAreRefused(String name) {
        assertInvalid(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\u00A0b",
                "a\u1680b",
                "a\u2000b",
                "a\u2003b",
                "a\u2009b",
                "a\u202Fb",
                "a\u205Fb",
                "a\u3000b",
                "bob\u00A0",
                "\u3000bob"
            })
    void onlyThePlainSpaceIsASpace(String name) {
        assertInvalid(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\uD800",
                "\uDC00a",
                "a\uFFFEb",
                "a\uFFFFb",
                "a\uFDD0b",
                "a\uE000b",
                "a\uFFFDb",
                "a\uDBC0\uDC00b",
                "a\uDBFF\uDFFFb"
            })
    void whatIsNoCharacterIsRefused(String name) {
        assertInvalid(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0301bob", "\u0301", "\u0903a", "a\u20DD", "a\u20E3", "-\u0301", "._\u0301"})
    void marksNeedALetterBeforeThem(String name) {
        assertInvalid(name);
    }

    @Test
    void thirtyTwoCodePointsAreTheMost() {
        assertThat(new Username("b".repeat(32)).value()).hasSize(32);
        assertThat(new Username("\uD842\uDFB7".repeat(32)).value()).hasSize(64);
        assertThat(refusalOf("b".repeat(33))).hasMessage("A username has 1 to 32 characters.");
        assertThat(refusalOf("\uD842\uDFB7".repeat(33))).hasMessage("A username has 1 to 32 characters.");
    }

    @Test
    void theLengthCountsAfterComposition() {
        var decomposed = "e\u0301".repeat(32);

        var name = new Username(decomposed);

        assertThat(name.value()).isEqualTo("\u00E9".repeat(32));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Zoe\u0308", "A\u030Angstr\u00F6m", "\u212Bngstr\u00F6m", "\u1100\u1161\u11A8", "q\u0307\u0323"})
    void aNameIsKeptInItsComposedForm(String name) {
        assertThat(new Username(name).value()).isEqualTo(Normalizer.normalize(name, Normalizer.Form.NFC));
        assertThat(new Username(name)).isEqualTo(new Username(new Username(name).value()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "admin",
                "Admin",
                "ADMIN",
                "aDmIn",
                "anonymous",
                "ANONYMOUS",
                "system",
                "System",
                "server",
                "SERVER",
                "\u0430dmin",
                "adm\u0456n",
                "\u0430dm\u0456n",
                "\u0410dmin",
                "adm\u0131n",
                "\uFF41\uFF44\uFF4D\uFF49\uFF4E",
                "\uFF21\uFF24\uFF2D\uFF29\uFF2E",
                "\uD835\uDC1A\uD835\uDC1D\uD835\uDC26\uD835\uDC22\uD835\uDC27",
                "\uD835\uDC00\uD835\uDC03\uD835\uDC0C\uD835\uDC08\uD835\uDC0D",
                "ad\u039Cin",
                "\u0391D\u039C\u0399\u039D",
                "A\uFF24\u039CIN",
                "sy\u0455tem",
                "\u0405ystem",
                "\u0405\u0423STEM",
                "systern",
                "\u0455erver",
                "s\u0435rver",
                "\u0455\u0435rv\u0435r",
                "an\u043Enym\u043Eus",
                "\u0430nonymous",
                "an0nymous",
                "anonym0us"
            })
    void aReservedNameAndItsLookalikesAreTaken(String name) {
        assertThat(refusalOf(name).code()).isEqualTo(ErrorCode.USERNAME_TAKEN);
        assertThat(refusalOf(name)).hasMessage("This username is reserved.");
    }

    @ParameterizedTest
    @CsvSource({
        "bob, BOB",
        "bob, Bob",
        "bob, b\u043Eb",
        "paypal, \u0440\u0430ypal",
        "paypal, payp\u0430l",
        "scope, \u0455\u0441\u043E\u0440\u0435",
        "SCOPE, \u0405\u0421\u041E\u0420\u0415",
        "scope, \u0405\u0421\u041E\u0420\u0415",
        "Maria, \uFF2D\uFF41\uFF52\uFF49\uFF41",
        "modern, modem",
        "bill, bi1l",
        "\u039Cax, Max",
        "IVAN, ivan",
        "O0o, 000",
        "Zo\u00EB, Zoe\u0308",
        "stra\u00DFe, strasse",
        "\u03C3\u03C2, \u03A3\u03A3",
        "\uD835\uDC1A\uD835\uDC1B\uD835\uDC1C, abc"
    })
    void namesThatLookAlikeShareALook(String one, String other) {
        assertThat(new Username(one).looks()).containsAnyElementsOf(new Username(other).looks());
    }

    @ParameterizedTest
    @CsvSource({"bob, rob", "anna, hanna", "Zoe, Zo\u00EB", "a.b, a-b", "x1, x2", "\u5F20, \u5F35"})
    void namesThatCanBeToldApartShareNone(String one, String other) {
        assertThat(new Username(one).looks()).doesNotContainAnyElementsOf(new Username(other).looks());
    }

    @Test
    void theRefusalNamesTheFieldAndDoesNotRepeatTheName() {
        var refusal = refusalOf("<script>");

        assertThat(refusal.answer().field()).isEqualTo("username");
        assertThat(refusal).hasMessageNotContaining("script");
    }

    private static void assertInvalid(String name) {
        assertThat(refusalOf(name).code()).isEqualTo(ErrorCode.USERNAME_INVALID);
    }

    private static Refusal refusalOf(String name) {
        var refusal = catchThrowableOfType(Refusal.class, () -> new Username(name));
        assertThat(refusal).as("refusal of \"%s\"", name).isNotNull();
        return refusal;
    }
}
