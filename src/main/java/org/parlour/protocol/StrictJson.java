package org.parlour.protocol;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import jakarta.json.stream.JsonParserFactory;
import java.io.StringReader;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads one JSON object as strictly as RFC 8259 allows, before it is bound: exactly one object and nothing after it, nesting of
 * at most {@value #MAX_DEPTH}, no duplicate keys, no U+0000, no unpaired surrogates. The servers' JSON-B accepts all of these,
 * or dies of them.
 */
final class StrictJson {

    static final int MAX_DEPTH = 16;

    private static final JsonParserFactory PARSERS = Json.createParserFactory(Map.of());

    private StrictJson() {}

    /**
     * The object's own fields: a {@link String} or {@link Token#NUMBER} with its text, {@code Token.OTHER} for what is neither.
     *
     * @throws Refusal BAD_MESSAGE, or CONTENT_REJECTED for characters that could not be stored
     */
    static Map<String, Token> fieldsOf(String text) {
        try (var parser = PARSERS.createParser(new StringReader(text))) {
            if (parser.next() != Event.START_OBJECT) {
                throw bad("A JSON message is an object.");
            }
            var fields = readObject(parser, 1);
            if (parser.hasNext()) {
                throw bad("Something follows the JSON object.");
            }
            return fields;
        } catch (JsonException | IllegalStateException | java.util.NoSuchElementException notJson) {
            throw bad("This is not valid JSON.");
        }
    }

    private static Map<String, Token> readObject(JsonParser parser, int depth) {
        var fields = new HashMap<String, Token>();
        for (var event = parser.next(); event != Event.END_OBJECT; event = parser.next()) {
            var key = accepted(parser.getString(), "key");
            if (fields.put(key, readValue(parser, parser.next(), key, depth)) != null) {
                throw bad("A key stands twice in the same object.");
            }
        }
        return fields;
    }

    private static Token readValue(JsonParser parser, Event event, String key, int depth) {
        switch (event) {
            case START_OBJECT, START_ARRAY -> {
                if (depth == MAX_DEPTH) {
                    throw bad("JSON is nested at most " + MAX_DEPTH + " deep.");
                }
                if (event == Event.START_OBJECT) {
                    readObject(parser, depth + 1);
                } else {
                    readArray(parser, key, depth + 1);
                }
                return Token.OTHER;
            }
            case VALUE_STRING -> {
                return new Token(Token.Kind.STRING, accepted(parser.getString(), key));
            }
            case VALUE_NUMBER -> {
                return new Token(Token.Kind.NUMBER, parser.getString());
            }
            case VALUE_TRUE, VALUE_FALSE -> {
                return Token.BOOLEAN;
            }
            case VALUE_NULL -> {
                return Token.NULL;
            }
            default -> {
                return Token.OTHER;
            }
        }
    }

    private static void readArray(JsonParser parser, String key, int depth) {
        for (var event = parser.next(); event != Event.END_ARRAY; event = parser.next()) {
            readValue(parser, event, key, depth);
        }
    }

    private static String accepted(String value, String field) {
        StorableText.require(value, field);
        return value;
    }

    private static Refusal bad(String message) {
        return new Refusal(ErrorCode.BAD_MESSAGE, message);
    }

    /** @param text the characters of a string or a number, null for anything else */
    record Token(Kind kind, String text) {

        enum Kind {
            STRING,
            NUMBER,
            BOOLEAN,
            NULL,
            OTHER
        }

        static final Token BOOLEAN = new Token(Kind.BOOLEAN, null);
        static final Token NULL = new Token(Kind.NULL, null);
        static final Token OTHER = new Token(Kind.OTHER, null);
    }
}
