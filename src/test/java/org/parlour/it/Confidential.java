package org.parlour.it;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Notes what must not stand in any log: tokens, passwords, and what people said. The test clients call it for whatever they send and
 * get; {@link LogsAfterwards} looks for it. Short words and rows of one character stand in logs by chance and are left out. Any thread
 * may enter.
 */
final class Confidential {

    /** In characters; what is shorter is not noted. */
    static final int LEAST = 12;

    private static final int MOST = 64;
    private static final int LEAST_VARIETY = 6;
    private static final String TOKEN = "token";
    private static final String PASSWORD = "password";
    private static final String CONTENT = "content";

    private static final Map<String, String> KINDS = Map.of(
            "accessToken", TOKEN,
            "refreshToken", TOKEN,
            "token", TOKEN,
            "invitation", TOKEN,
            "password", PASSWORD,
            "oldPassword", PASSWORD,
            "content", CONTENT);

    /** Commands that say something; the rest of the others is a name, or a number. */
    private static final Pattern SAYING = Pattern.compile("/(?:me|topic|msg \\S+) (.*)", Pattern.DOTALL);

    private static final Set<String> NOTED = ConcurrentHashMap.newKeySet();

    private static Path file;

    private Confidential() {}

    /** From now on it is written down there, one line for each: its kind, a tab, its beginning. */
    static synchronized void begin(Path notes) throws IOException {
        NOTED.clear();
        Files.deleteIfExists(notes);
        file = Files.createFile(notes);
    }

    /** A frame that is sent or has come, in whatever face. */
    static void frame(String text) {
        if (text.stripLeading().startsWith("{")) {
            json(text);
        } else if (text.startsWith("/") && !text.startsWith("//")) {
            var saying = SAYING.matcher(text);
            if (saying.matches()) {
                note(CONTENT, saying.group(1));
            }
        } else {
            note(CONTENT, text);
        }
    }

    /** The body of a request or an answer, if it is JSON; if not, all of it. */
    static void json(String text) {
        try (var reader = Json.createReader(new StringReader(text))) {
            value(reader.readObject());
        } catch (RuntimeException | StackOverflowError noJson) {
            note(CONTENT, text);
        }
    }

    private static void value(JsonValue value) {
        if (value instanceof JsonArray array) {
            array.forEach(Confidential::value);
        } else if (value instanceof JsonObject object) {
            object.forEach((name, its) -> {
                if (its instanceof JsonString string && KINDS.containsKey(name)) {
                    note(KINDS.get(name), string.getString());
                } else {
                    value(its);
                }
            });
        }
    }

    /** A header of a request or an answer, its name in capitals or not. */
    static void header(String name, String value) {
        var credentials = value.substring(value.indexOf(' ') + 1);
        if (name.equalsIgnoreCase("Authorization")) {
            note(TOKEN, credentials);
            if (value.startsWith("Basic ")) {
                note(PASSWORD, passwordIn(credentials));
            }
        } else if (name.equalsIgnoreCase("Cookie") || name.equalsIgnoreCase("Set-Cookie")) {
            note(TOKEN, value.substring(value.indexOf('=') + 1).split(";", 2)[0]);
        }
    }

    private static String passwordIn(String basic) {
        try {
            var pair = new String(Base64.getDecoder().decode(basic), StandardCharsets.UTF_8);
            return pair.substring(pair.indexOf(':') + 1);
        } catch (IllegalArgumentException notBase64) {
            return basic;
        }
    }

    private static void note(String kind, String text) {
        // A log may show a part of a token, and has a line for each line that it is given.
        for (var part : text.split(kind.equals(TOKEN) ? "[.\\s]" : "\\R")) {
            var begin = part.strip();
            begin = begin.substring(0, Math.min(begin.length(), MOST));
            if (begin.length() >= LEAST && begin.chars().distinct().count() >= LEAST_VARIETY) {
                write(kind + "\t" + begin);
            }
        }
    }

    private static synchronized void write(String line) {
        if (file == null || !NOTED.add(line)) {
            return;
        }
        try {
            // Not writeString: it does not take half a surrogate pair.
            Files.write(file, (line + "\n").getBytes(StandardCharsets.UTF_8), StandardOpenOption.APPEND);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
