package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * An OpenAPI document, and whether an answer is one that it tells of. Stricter than JSON Schema, for which a field that nobody has
 * described is no fault.
 */
final class Described {

    private final JsonObject document;

    Described(JsonObject document) {
        this.document = document;
    }

    /** Method and path of each. */
    List<String> operations() {
        var paths = document.getJsonObject("paths");
        return paths.keySet().stream()
                .flatMap(path -> paths.getJsonObject(path).keySet().stream()
                        .filter(key -> !key.equals("parameters"))
                        .map(method -> method.toUpperCase(Locale.ROOT) + " " + path))
                .toList();
    }

    /** The operation that a request comes to. @param path with or without its parts filled in, and a query */
    String operation(String method, String path) {
        var bare = path.replaceFirst("\\?.*", "");
        var fitting = operations().stream()
                .filter(one -> one.startsWith(method + " ") && fits(one.substring(method.length() + 1), bare))
                .toList();
        assertThat(fitting).as("%s %s", method, path).isNotEmpty();
        // What is written out comes before what may be anything.
        return fitting.stream()
                .filter(one -> one.endsWith(" " + bare))
                .findFirst()
                .orElse(fitting.get(0));
    }

    private static boolean fits(String template, String path) {
        var parts = template.split("/");
        var given = path.split("/");
        return parts.length == given.length
                && IntStream.range(0, parts.length)
                        .allMatch(i -> parts[i].startsWith("{") || parts[i].equals(given[i]));
    }

    boolean takesBody(String operation) {
        return described(operation).containsKey("requestBody");
    }

    Set<String> statuses(String operation) {
        return new TreeSet<>(described(operation).getJsonObject("responses").keySet());
    }

    void requireDescribes(String operation, Rest.Answer answer) {
        var responses = described(operation).getJsonObject("responses");
        var status = Integer.toString(answer.status());
        assertThat(responses.keySet()).as("%s: %s", operation, answer.text()).contains(status);
        var response = resolved(responses.getJsonObject(status));
        if (!response.containsKey("content")) {
            assertThat(answer.text()).as("%s %s", operation, status).isEmpty();
            return;
        }
        var type = answer.header("Content-Type").split(";")[0];
        assertThat(response.getJsonObject("content").keySet())
                .as("%s %s", operation, status)
                .contains(type);
        if (type.endsWith("json")) {
            var schema = response.getJsonObject("content").getJsonObject(type).getJsonObject("schema");
            require(schema, answer.json(), operation + " " + status);
        }
        if (response.containsKey("headers")) {
            response.getJsonObject("headers").keySet().stream()
                    // Sent only to whoever has asked for a cookie.
                    .filter(header -> !header.equals("Set-Cookie"))
                    .forEach(header -> assertThat(answer.header(header))
                            .as("%s %s: %s", operation, status, header)
                            .isNotNull());
        }
    }

    private void require(JsonObject reference, JsonValue value, String where) {
        var schema = resolved(reference);
        if (schema.containsKey("oneOf")) {
            assertThat(schema.getJsonArray("oneOf").getValuesAs(JsonObject.class))
                    .as("%s: %s", where, value)
                    .anySatisfy(one -> require(one, value, where));
            return;
        }
        switch (schema.getString("type")) {
            case "object" -> requireObject(schema, value.asJsonObject(), where);
            case "array" -> requireArray(schema, value, where);
            case "string" -> requireText(schema, value, where);
            case "integer" -> requireNumber(schema, value, where);
            default -> assertThat(value).as(where).isIn(JsonValue.TRUE, JsonValue.FALSE);
        }
    }

    private void requireObject(JsonObject schema, JsonObject value, String where) {
        var properties = schema.getJsonObject("properties");
        if (properties == null) {
            return;
        }
        assertThat(properties.keySet()).as(where).containsAll(value.keySet());
        if (schema.containsKey("required")) {
            schema.getJsonArray("required")
                    .getValuesAs(JsonString::getString)
                    .forEach(name -> assertThat(value.keySet()).as(where).contains(name));
        }
        value.forEach((name, part) -> require(properties.getJsonObject(name), part, where + "." + name));
    }

    private void requireArray(JsonObject schema, JsonValue value, String where) {
        assertThat(value).as(where).isInstanceOf(JsonArray.class);
        value.asJsonArray().forEach(part -> require(schema.getJsonObject("items"), part, where + "[]"));
    }

    private static void requireText(JsonObject schema, JsonValue value, String where) {
        assertThat(value).as(where).isInstanceOf(JsonString.class);
        var text = ((JsonString) value).getString();
        if (schema.containsKey("const")) {
            assertThat(text).as(where).isEqualTo(schema.getString("const"));
        }
        if (schema.containsKey("enum")) {
            assertThat(schema.getJsonArray("enum").getValuesAs(JsonString::getString))
                    .as(where)
                    .contains(text);
        }
        var length = text.codePointCount(0, text.length());
        assertThat(length).as(where).isBetween(schema.getInt("minLength", 0), schema.getInt("maxLength", 1_000_000));
        if (schema.getString("format", "").equals("date-time")) {
            assertThat(Instant.parse(text)).as(where).isNotNull();
        }
    }

    private static void requireNumber(JsonObject schema, JsonValue value, String where) {
        assertThat(value).as(where).isInstanceOf(JsonNumber.class);
        var number = ((JsonNumber) value).longValueExact();
        if (schema.containsKey("minimum")) {
            assertThat(number)
                    .as(where)
                    .isGreaterThanOrEqualTo(schema.getJsonNumber("minimum").longValue());
        }
        if (schema.containsKey("maximum")) {
            assertThat(number)
                    .as(where)
                    .isLessThanOrEqualTo(schema.getJsonNumber("maximum").longValue());
        }
    }

    private JsonObject described(String operation) {
        var words = operation.split(" ");
        return document.getJsonObject("paths").getJsonObject(words[1]).getJsonObject(words[0].toLowerCase(Locale.ROOT));
    }

    private JsonObject resolved(JsonObject described) {
        var reference = described.getString("$ref", null);
        return reference == null
                ? described
                : document.getValue(reference.substring(1)).asJsonObject();
    }
}
