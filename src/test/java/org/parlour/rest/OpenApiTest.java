package org.parlour.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.io.IOException;
import java.io.StringReader;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.parlour.protocol.ErrorCode;
import org.parlour.protocol.Problem;
import org.parlour.protocol.ServerMessage;

/** The document says of each resource what its class says, and of nothing else. */
class OpenApiTest {

    private static final String TEXT = text();
    private static final JsonObject DOCUMENT =
            Json.createReader(new StringReader(TEXT)).readObject();

    /** What is sent where a method gives a response and not a body. */
    private static final Map<String, Class<?>> SENT = Map.of(
            "POST /accounts", AccountsResource.Made.class,
            "POST /sessions", SessionsResource.Session.class,
            "POST /sessions/refresh", SessionsResource.Session.class,
            "POST /rooms/{room}/invitations", InvitationsResource.Made.class,
            "POST /rooms/{room}/messages", MessagesResource.Posted.class);

    private record Operation(String name, Method method, JsonObject described, List<JsonObject> parameters) {

        @Override
        public String toString() {
            return name;
        }
    }

    private static String text() {
        try (var document = OpenApiResource.class.getResourceAsStream(OpenApiResource.DOCUMENT)) {
            return new String(document.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Test
    void itIsValid() {
        var options = new ParseOptions();
        options.setResolve(true);

        var parsed = new OpenAPIV3Parser().readContents(TEXT, null, options);

        assertThat(parsed.getMessages()).isEmpty();
        assertThat(parsed.getOpenAPI().getOpenapi()).isEqualTo("3.1.0");
        assertThat(parsed.getOpenAPI().getPaths())
                .hasSize(DOCUMENT.getJsonObject("paths").size());
    }

    @Test
    void itTellsOfEveryResourceAndOfNoOther() {
        var described = new TreeSet<String>();
        DOCUMENT.getJsonObject("paths")
                .forEach((path, item) -> item.asJsonObject().keySet().stream()
                        .filter(key -> !key.equals("parameters"))
                        .forEach(method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path)));

        assertThat(described).isEqualTo(new TreeSet<>(methods().keySet()));
    }

    @Test
    void everyReferenceLeadsSomewhereAndEverySchemaIsUsed() {
        var references = new TreeSet<String>();
        var at = -1;
        while ((at = TEXT.indexOf("\"$ref\": \"#", at + 1)) >= 0) {
            var start = at + "\"$ref\": \"#".length();
            references.add(TEXT.substring(start, TEXT.indexOf('"', start)));
        }

        assertThat(references)
                .allSatisfy(
                        reference -> assertThat(Json.createPointer(reference).containsValue(DOCUMENT))
                                .isTrue());
        assertThat(DOCUMENT.getJsonObject("components").getJsonObject("schemas").keySet())
                .allSatisfy(schema -> assertThat(references).contains("/components/schemas/" + schema));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void anOperationTakesWhatItsMethodTakes(Operation operation) {
        var taken = new TreeSet<String>();
        for (var annotations : operation.method().getParameterAnnotations()) {
            Arrays.stream(annotations).map(OpenApiTest::placed).forEach(found -> found.ifPresent(taken::add));
        }
        if (isTagged(operation)) {
            taken.add("header If-None-Match");
        }

        assertThat(operation.parameters())
                .extracting(parameter -> parameter.getString("in") + " " + parameter.getString("name"))
                .containsExactlyInAnyOrderElementsOf(taken);
        assertThat(operation.parameters())
                .filteredOn(parameter -> parameter.getString("in").equals("path"))
                .allSatisfy(
                        parameter -> assertThat(operation.name()).contains("{" + parameter.getString("name") + "}"));
        var body = body(operation.method());
        assertThat(operation.described().containsKey("requestBody")).isEqualTo(body.isPresent());
        body.ifPresent(
                type -> assertDescribes(schemaIn(operation.described().getJsonObject("requestBody")), type, false));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void anOperationAnswersWhatItsMethodAnswers(Operation operation) {
        var responses = operation.described().getJsonObject("responses");
        var good = responses.keySet().stream()
                .filter(status -> status.startsWith("2"))
                .toList();
        var type = operation.method().getReturnType();

        assertThat(good).isNotEmpty();
        if (type == void.class) {
            assertThat(good).containsExactly("204");
        }
        var sent = type.isRecord() ? type : SENT.get(operation.name());
        if (sent != null) {
            good.forEach(status -> assertDescribes(schemaIn(responses.getJsonObject(status)), sent, true));
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void whoeverMayBeRefusedIsTold(Operation operation) {
        var responses = operation.described().getJsonObject("responses");

        assertThat(responses.keySet()).contains("401", "403");
        assertThat(responses.containsKey("413")).isEqualTo(operation.described().containsKey("requestBody"));
        assertThat(operation.described().getString("summary")).isNotBlank();
        assertThat(operation.described().getString("operationId")).isNotBlank();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void whatHasATagCanBeAskedForByIt(Operation operation) {
        var responses = operation.described().getJsonObject("responses");
        var good = responses.getJsonObject("200");

        assertThat(responses.containsKey("304")).isEqualTo(isTagged(operation));
        assertThat(good != null
                        && good.containsKey("headers")
                        && good.getJsonObject("headers").containsKey("ETag"))
                .isEqualTo(isTagged(operation));
    }

    private static boolean isTagged(Operation operation) {
        return operation.method().isAnnotationPresent(Tagged.class);
    }

    @Test
    void everyErrorCodeIsThere() {
        var codes = schema("Problem")
                .getJsonObject("properties")
                .getJsonObject("code")
                .getJsonArray("enum");

        assertThat(codes.getValuesAs(JsonString::getString))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(ErrorCode.values()).map(Enum::name).toList());
        assertDescribes(schema("Problem"), Problem.class, false);
    }

    @Test
    void messagesAreToldAsOverASocket() {
        assertDescribesMessage("Message", ServerMessage.NewMessage.class);
        assertDescribesMessage("PrivateMessage", ServerMessage.PrivateMessage.class);
    }

    private static void assertDescribesMessage(String name, Class<?> type) {
        var names = new ArrayList<>(List.of("type"));
        Arrays.stream(type.getRecordComponents()).map(RecordComponent::getName).forEach(names::add);

        assertThat(schema(name).getJsonObject("properties").keySet()).containsExactlyInAnyOrderElementsOf(names);
    }

    // Part by part, and what is in it likewise.
    private static void assertDescribes(JsonObject schema, Class<?> record, boolean sent) {
        var properties = schema.getJsonObject("properties");
        assertThat(properties.keySet())
                .as(record.getName())
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(record.getRecordComponents())
                        .map(RecordComponent::getName)
                        .toList());
        var required = schema.containsKey("required")
                ? schema.getJsonArray("required").getValuesAs(JsonString::getString)
                : List.<String>of();
        for (var component : record.getRecordComponents()) {
            var property = properties.getJsonObject(component.getName());
            if (component.getType().isPrimitive() && sent) {
                assertThat(required).as("what is always there").contains(component.getName());
            }
            assertIsA(property, component.getGenericType(), sent);
        }
    }

    private static void assertIsA(JsonObject property, Type type, boolean sent) {
        var described = resolved(property);
        if (type instanceof ParameterizedType list) {
            var items = resolved(described.getJsonObject("items"));
            if (list.getActualTypeArguments()[0] instanceof Class<?> item && item.isRecord()) {
                assertDescribes(items, item, sent);
            }
            return;
        }
        assertThat(described.getString("type")).isEqualTo(typeOf((Class<?>) type));
    }

    private static String typeOf(Class<?> type) {
        if (type == boolean.class || type == Boolean.class) {
            return "boolean";
        }
        return type == String.class ? "string" : "integer";
    }

    private static JsonObject schemaIn(JsonObject body) {
        return resolved(
                body.getJsonObject("content").getJsonObject("application/json").getJsonObject("schema"));
    }

    private static JsonObject resolved(JsonObject schema) {
        return schema.containsKey("$ref")
                ? DOCUMENT.getValue(schema.getString("$ref").substring(1)).asJsonObject()
                : schema;
    }

    private static JsonObject schema(String name) {
        return DOCUMENT.getJsonObject("components").getJsonObject("schemas").getJsonObject(name);
    }

    private static Optional<String> placed(Annotation annotation) {
        if (annotation instanceof QueryParam query) {
            return Optional.of("query " + query.value());
        }
        if (annotation instanceof PathParam path) {
            return Optional.of("path " + path.value());
        }
        if (annotation instanceof HeaderParam header) {
            return Optional.of("header " + header.value());
        }
        return annotation instanceof CookieParam cookie ? Optional.of("cookie " + cookie.value()) : Optional.empty();
    }

    private static Optional<Class<?>> body(Method method) {
        return Arrays.stream(method.getParameters())
                .filter(parameter -> parameter.getAnnotations().length == 0)
                .<Class<?>>map(parameter -> parameter.getType())
                .findFirst();
    }

    private static Map<String, Method> methods() {
        var found = new TreeMap<String, Method>();
        for (var resource : new Api().getClasses()) {
            var path = resource.getAnnotation(Path.class);
            for (var method : path == null ? new Method[0] : resource.getDeclaredMethods()) {
                var below = method.getAnnotation(Path.class);
                Arrays.stream(method.getAnnotations())
                        .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
                        .filter(verb -> verb != null)
                        .forEach(verb -> found.put(
                                verb.value() + " " + path.value() + (below == null ? "" : below.value()), method));
            }
        }
        return found;
    }

    static Stream<Operation> operations() {
        return methods().entrySet().stream().map(entry -> {
            var parts = entry.getKey().split(" ");
            var item = DOCUMENT.getJsonObject("paths").getJsonObject(parts[1]);
            var described = item.getJsonObject(parts[0].toLowerCase(Locale.ROOT));
            var parameters = new ArrayList<JsonObject>();
            for (var place : List.of(item, described)) {
                var own = place.getJsonArray("parameters");
                parameters.addAll((own == null ? JsonArray.EMPTY_JSON_ARRAY : own).getValuesAs(OpenApiTest::resolved));
            }
            return new Operation(entry.getKey(), entry.getValue(), described, parameters);
        });
    }
}
