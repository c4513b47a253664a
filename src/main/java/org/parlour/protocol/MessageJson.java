package org.parlour.protocol;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbException;
import jakarta.json.bind.annotation.JsonbTypeInfo;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.parlour.protocol.StrictJson.Token;

/** Messages as JSON text and back, by JSON-B. Safe for any thread. */
public final class MessageJson {

    static final int MAX_ID_LENGTH = 64;

    /** What a client names its requests and messages with. */
    private static final Set<String> IDS = Set.of("ref", "nonce");

    private static final Jsonb JSONB = JsonbBuilder.create();

    // Wire type -> field -> Java type, read from the message records themselves.
    private static final Map<String, Map<String, Class<?>>> KINDS = Stream.of(
                    ClientMessage.class.getAnnotation(JsonbTypeInfo.class).value())
            .collect(Collectors.toUnmodifiableMap(subtype -> subtype.alias(), subtype -> typesOf(subtype.type())));

    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?\\d{1,18}");

    private MessageJson() {}

    /** The message as one line of JSON, {@code type} first. */
    public static String encode(ServerMessage message) {
        return JSONB.toJson(message);
    }

    /** A record as one line of JSON; what is null is left out. */
    public static String write(Record value) {
        return JSONB.toJson(value);
    }

    /**
     * Reads what a request's body says into a record, as strictly as a message. What is missing is null; other fields are ignored.
     *
     * @throws Refusal BAD_MESSAGE or CONTENT_REJECTED
     */
    public static <T extends Record> T read(String text, Class<T> type) {
        var fields = StrictJson.fieldsOf(text);
        typesOf(type).forEach((name, javaType) -> requireType(name, javaType, fields.get(name)));
        try {
            return JSONB.fromJson(text, type);
        } catch (JsonbException unexpected) {
            // The text of the exception names classes: not for clients.
            throw new Refusal(ErrorCode.BAD_MESSAGE, "This cannot be understood.");
        }
    }

    private static Map<String, Class<?>> typesOf(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .collect(Collectors.toMap(RecordComponent::getName, RecordComponent::getType));
    }

    /** @throws Refusal BAD_MESSAGE, UNKNOWN_TYPE or CONTENT_REJECTED, with the message's {@code ref} if it has a usable one */
    public static ClientMessage decode(String text) {
        var fields = StrictJson.fieldsOf(text);
        try {
            var type = fields.get("type");
            if (type == null || type.kind() != Token.Kind.STRING) {
                throw new Refusal(ErrorCode.BAD_MESSAGE, "A JSON message has a \"type\".", "type");
            }
            var kind = KINDS.get(type.text());
            if (kind == null) {
                throw new Refusal(ErrorCode.UNKNOWN_TYPE, "There is no such message type.", "type");
            }
            kind.forEach((name, javaType) -> requireType(name, javaType, fields.get(name)));
            return JSONB.fromJson(text, ClientMessage.class);
        } catch (JsonbException unexpected) {
            // The text of the exception names classes: not for clients.
            throw new Refusal(ErrorCode.BAD_MESSAGE, "This message cannot be understood.").ofRequest(refIn(fields));
        } catch (Refusal refusal) {
            throw refusal.ofRequest(refIn(fields));
        }
    }

    private static void requireType(String field, Class<?> type, Token token) {
        if (token == null || token.kind() == Token.Kind.NULL) {
            return;
        }
        if (type == String.class) {
            if (token.kind() != Token.Kind.STRING) {
                throw new Refusal(ErrorCode.BAD_MESSAGE, "\"" + field + "\" is a string.", field);
            }
            if (IDS.contains(field) && !isId(token.text())) {
                throw new Refusal(
                        ErrorCode.BAD_MESSAGE, "\"" + field + "\" has 1 to " + MAX_ID_LENGTH + " characters.", field);
            }
        } else if (type == Boolean.class) {
            if (token.kind() != Token.Kind.BOOLEAN) {
                throw new Refusal(ErrorCode.BAD_MESSAGE, "\"" + field + "\" is true or false.", field);
            }
        } else if (token.kind() != Token.Kind.NUMBER || !isWhole(token.text(), type)) {
            throw new Refusal(ErrorCode.BAD_MESSAGE, "\"" + field + "\" is a whole number.", field);
        }
    }

    private static boolean isWhole(String number, Class<?> type) {
        if (!WHOLE_NUMBER.matcher(number).matches()) {
            return false;
        }
        var value = Long.parseLong(number);
        return type == Long.class || value == (int) value;
    }

    private static String refIn(Map<String, Token> fields) {
        var ref = fields.get("ref");
        return ref != null && ref.kind() == Token.Kind.STRING && isId(ref.text()) ? ref.text() : null;
    }

    private static boolean isId(String text) {
        return !text.isEmpty() && text.length() <= MAX_ID_LENGTH;
    }
}
