package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Attack: to look like somebody else, or like the server, or to break lines and pages by a name. Outcome: the name is refused, to a
 * guest and for an account.
 */
class NameAttackIT extends Attacked {

    private static final String LATIN = "aceop";
    private static final String CYRILLIC = "\u0430\u0441\u0435\u043E\u0440";

    @TestFactory
    Stream<DynamicTest> nobodyLooksLikeAnAccount() {
        return lookalikes(ann).entrySet().stream()
                .map(name -> DynamicTest.dynamicTest(name.getKey() + " -> taken", () -> {
                    assertRefusedToAGuest(name.getValue(), "USERNAME_TAKEN");
                    assertMakesNoAccount(name.getValue(), "USERNAME_TAKEN");
                }));
    }

    @TestFactory
    Stream<DynamicTest> nobodyLooksLikeTheServer() {
        var names = lookalikes("admin");
        names.putAll(Map.of(
                "admin with a Ukrainian i", "adm\u0456n",
                "admin with a dotless i", "adm\u0131n",
                "admin with r and n", "adrnin",
                "ADMIN with a one", "ADM1N",
                "ADMIN with an l", "ADMlN",
                "SYSTEM", "SYSTEM",
                "system with a Cyrillic s", "\u0455ystem",
                "server with a Cyrillic e", "s\u0435rver",
                "anonymous with a Greek omicron", "an\u03BFnymous"));
        return names.entrySet().stream()
                .map(name -> DynamicTest.dynamicTest(name.getKey() + " -> taken", () -> {
                    assertRefusedToAGuest(name.getValue(), "USERNAME_TAKEN");
                    assertMakesNoAccount(name.getValue(), "USERNAME_TAKEN");
                }));
    }

    private static Map<String, String> lookalikes(String name) {
        var cyrillic = new StringBuilder(name);
        for (int i = 0; i < LATIN.length(); i++) {
            for (var at = cyrillic.indexOf(LATIN.substring(i, i + 1));
                    at >= 0;
                    at = cyrillic.indexOf(LATIN.substring(i, i + 1))) {
                cyrillic.setCharAt(at, CYRILLIC.charAt(i));
            }
        }
        var names = new LinkedHashMap<String, String>();
        names.put(name + " itself", name);
        names.put(name + " in capitals", name.toUpperCase());
        names.put(name + " with a capital", name.substring(0, 1).toUpperCase() + name.substring(1));
        names.put(name + " with one Cyrillic a", name.replaceFirst("a", "\u0430"));
        names.put(name + " in Cyrillic", cyrillic.toString());
        names.put(name + " in full width", moved(name, 0xFF41));
        names.put(name + " with one full-width a", name.replaceFirst("a", "\uFF41"));
        names.put(name + " in mathematical bold", moved(name, 0x1D41A));
        names.put(name + " in script letters", moved(name, 0x1D4EA));
        names.put(name + " in monospace", moved(name, 0x1D68A));
        names.put(name + " with a Greek alpha", name.replaceFirst("a", "\u0251"));
        return names;
    }

    private static String moved(String name, int a) {
        return name.codePoints()
                .map(letter -> letter - 'a' + a)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @TestFactory
    Stream<DynamicTest> whatCannotBeSeenCannotBeInAName() {
        var hidden = new LinkedHashMap<String, String>();
        hidden.put("a zero-width space", "\u200B");
        hidden.put("a zero-width joiner", "\u200D");
        hidden.put("a zero-width non-joiner", "\u200C");
        hidden.put("a word joiner", "\u2060");
        hidden.put("a byte order mark", "\uFEFF");
        hidden.put("a soft hyphen", "\u00AD");
        hidden.put("a combining grapheme joiner", "\u034F");
        hidden.put("a variation selector", "\uFE0F");
        hidden.put("a Hangul filler", "\u3164");
        hidden.put("a tag", "\uDB40\uDC61");
        hidden.put("a right-to-left override", "\u202E");
        hidden.put("a left-to-right mark", "\u200E");
        hidden.put("an isolate", "\u2066");
        hidden.put("a no-break space", "\u00A0");
        hidden.put("an ideographic space", "\u3000");
        hidden.put("an em space", "\u2003");
        hidden.put("a Braille blank", "\u2800");
        hidden.put("a tabulator", "\t");
        hidden.put("a line feed", "\n");
        hidden.put("a carriage return", "\r");
        hidden.put("a line separator", "\u2028");
        hidden.put("a next line", "\u0085");
        hidden.put("an escape", "\u001B[2J");
        hidden.put("a private letter", "\uE000");
        return hidden.entrySet().stream()
                .flatMap(one -> Stream.of(
                                one.getValue() + ann,
                                ann.substring(0, 4) + one.getValue() + ann.substring(4),
                                ann + one.getValue())
                        .map(name -> DynamicTest.dynamicTest(one.getKey() + " -> no name", () -> {
                            assertRefusedToAGuest(name, "USERNAME_INVALID");
                            assertMakesNoAccount(name, "USERNAME_INVALID");
                        })));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "...",
                "-_-",
                "  two",
                "two ",
                "two  blanks",
                "\u0301mark first",
                "<b>bold</b>",
                "a<img src=x onerror=alert(1)>",
                "\"quoted\"",
                "it's",
                "a&b",
                "a/b",
                "../a",
                "a\\b",
                "a;b",
                "a,b",
                "a@b",
                "a:b",
                "a|b",
                "a`b`",
                "${jndi:ldap://127.0.0.1/a}",
                "{0}",
                "%s%n",
                "[admin]",
                "* admin",
                "--> admin joined the room",
                "admin: hello",
                "\uD83D\uDE00",
                "a\uFFFDb",
                "\uFDFD\uFDFA",
                "' OR '1'='1"
            })
    void whatIsNoNameIsNone(String name) {
        assertRefusedToAGuest(name, "USERNAME_INVALID");
        assertMakesNoAccount(name, "USERNAME_INVALID");
    }

    @Test
    void aNameOfMarksUponMarksIsTooLong() {
        for (var name : List.of("a" + "\u0301".repeat(200), "a\u0301".repeat(33), "x".repeat(33), "x".repeat(60_000))) {
            assertRefusedToAGuest(name, "USERNAME_INVALID");
            assertMakesNoAccount(name, "USERNAME_INVALID");
        }
    }

    @Test
    void aGuestDoesNotLookLikeAnotherGuest() {
        var first = full().as("peace");

        for (var name : List.of("PEACE", "p\u0435ace", "\u0440\u0435\u0430\u0441\u0435", moved("peace", 0xFF41))) {
            assertRefusedToAGuest(name, "USERNAME_TAKEN");
        }
        assertThat(first.isOpen()).isTrue();
    }

    @Test
    void theSameNameWrittenOtherwiseIsOneAccount() {
        var composed = "caf\u00E9 of " + ann;
        var decomposed = "cafe\u0301 of " + ann;
        assertThat(rest.register(composed, Rest.PASSWORD).status()).isEqualTo(201);

        assertMakesNoAccount(decomposed, "USERNAME_TAKEN");
        assertThat(rest.login(decomposed).getString("username")).isEqualTo(composed);
    }

    private void assertRefusedToAGuest(String name, String code) {
        try (var guest = full()) {
            guest.send(Json.createObjectBuilder()
                    .add("type", "SetUsername")
                    .add("username", name)
                    .add("ref", "s")
                    .build()
                    .toString());
            assertThat(answerTo("s", guest)).as(name).isEqualTo(code);
        }
        try (var guest = full()) {
            guest.send(Json.createObjectBuilder()
                    .add("type", "Hello")
                    .add("username", name)
                    .add("ref", "h")
                    .build()
                    .toString());
            assertThat(guest.next("Error").getString("code")).as(name).isEqualTo(code);
        }
    }

    private static String answerTo(String ref, ChatClient client) {
        return client.next(message -> message.getString("ref", "").equals(ref)
                        && !message.getString("type").equals("Welcome"))
                .getString("code", "accepted");
    }

    private void assertMakesNoAccount(String name, String code) {
        var answer = rest.register(name, Rest.PASSWORD);

        assertThat(answer.status()).as(name).isGreaterThanOrEqualTo(400);
        assertThat(answer.code()).as(name).isEqualTo(code);
        assertThat(answer.json().getString("field")).isEqualTo("username");
    }
}
