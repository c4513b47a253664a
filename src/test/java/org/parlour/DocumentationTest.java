package org.parlour;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import jakarta.json.bind.annotation.JsonbSubtype;
import jakarta.json.bind.annotation.JsonbTypeInfo;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.parlour.config.Setting;
import org.parlour.protocol.ClientMessage;
import org.parlour.protocol.CloseCode;
import org.parlour.protocol.ErrorCode;
import org.parlour.protocol.MessageJson;
import org.parlour.protocol.ServerMessage;

/** What the code can do stands in the documents: nothing is added to the one without the other. */
class DocumentationTest {

    private static final String PROTOCOL = read("docs/protocol.md");
    private static final String OPERATIONS = read("docs/operations.md");
    private static final String README = read("README.md");

    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,3} .*$");
    private static final Pattern EXAMPLE = Pattern.compile("(?ms)^```json\\n(.*?)^```$");
    private static final Pattern COMMAND = Pattern.compile("case \"(\\w+)\"");

    /** A message kind, and what the book says below its heading. */
    record Kind(String alias, Class<?> type, String section) {

        List<JsonObject> examples() {
            return EXAMPLE.matcher(section)
                    .results()
                    .map(found -> parsed(found.group(1)))
                    .toList();
        }

        @Override
        public String toString() {
            return alias;
        }
    }

    static List<Kind> requests() {
        return kindsOf(ClientMessage.class, chapter("## Client to server"));
    }

    static List<Kind> answers() {
        return kindsOf(ServerMessage.class, chapter("## Server to client"));
    }

    static Stream<Kind> kinds() {
        return Stream.concat(requests().stream(), answers().stream());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void everyMessageKindHasAHeadingAndExamplesOfItself(Kind kind) {
        assertThat(kind.examples())
                .isNotEmpty()
                .allSatisfy(example -> assertThat(example.getString("type")).isEqualTo(kind.alias()));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void everyFieldOfAMessageIsExplainedOrShown(Kind kind) {
        assertThat(fieldsOf(kind.type()))
                .allSatisfy(field -> assertThat(kind.section()).containsPattern("[`\"]" + field + "[`\"?]"));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void anExampleShowsNoFieldThatTheMessageDoesNotHave(Kind kind) {
        var fields =
                Stream.concat(Stream.of("type"), fieldsOf(kind.type()).stream()).toList();

        assertThat(kind.examples()).allSatisfy(example -> assertThat(fields).containsAll(example.keySet()));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void theExampleOfAnAnswerHasItsFieldsInTheirOrder(Kind kind) {
        var fields = new ArrayList<>(List.of("type"));
        fields.addAll(
                List.of(kind.type().getAnnotation(JsonbPropertyOrder.class).value()));

        assertThat(kind.examples())
                .allSatisfy(example -> assertThat(example.keySet())
                        .containsExactlyElementsOf(
                                fields.stream().filter(example::containsKey).toList()));
    }

    static Stream<Class<?>> parts() {
        return Arrays.stream(ServerMessage.class.getDeclaredClasses())
                .filter(type -> !ServerMessage.class.isAssignableFrom(type));
    }

    @ParameterizedTest
    @MethodSource("parts")
    void everyFieldOfAPartIsShown(Class<?> part) {
        assertThat(fieldsOf(part))
                .allSatisfy(field -> assertThat(chapter("## Server to client")).contains("\"" + field + "\":"));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void theExampleOfARequestIsUnderstood(Kind kind) {
        assertThat(kind.examples())
                .allSatisfy(example -> assertThat(MessageJson.decode(example.toString()))
                        .isInstanceOf(kind.type())
                        .hasNoNullFieldsOrPropertiesExcept(absentIn(example, kind.type())));
    }

    @Test
    void theBookHasNoOtherMessageKinds() {
        assertThat(headingsIn(chapter("## Client to server")))
                .containsExactlyElementsOf(requests().stream().map(Kind::alias).toList());
        assertThat(headingsIn(chapter("## Server to client")))
                .containsExactlyElementsOf(answers().stream().map(Kind::alias).toList());
    }

    @Test
    void everyExampleIsJson() {
        assertThat(EXAMPLE.matcher(PROTOCOL).results().map(found -> parsed(found.group(1))))
                .hasSizeGreaterThanOrEqualTo(requests().size() + answers().size());
    }

    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void everyErrorCodeStandsInTheBookWithWhetherItMayBeRetried(ErrorCode code) {
        var row = "(?m)^\\| `" + code + "` \\| [^|]+ \\| " + (code.retryable() ? "yes" : "no") + " \\|$";

        assertThat(chapter("## Error codes")).containsPattern(row);
    }

    @ParameterizedTest
    @EnumSource(CloseCode.class)
    void everyCloseCodeStandsInTheBookByNumberAndName(CloseCode code) {
        assertThat(chapter("## Close codes")).contains("\n| " + code.code() + " | `" + code + "` |");
    }

    @Test
    void theBookHasNoOtherCodes() {
        assertThat(namesIn(chapter("## Error codes"), "(?m)^\\| `([A-Z_]+)` \\|"))
                .containsExactlyInAnyOrderElementsOf(namesOf(ErrorCode.values()));
        // Those with an asterisk are the server's.
        assertThat(namesIn(chapter("## Close codes"), "(?m)^\\| \\d+ \\| `([A-Z_]+)` \\|"))
                .containsExactlyInAnyOrderElementsOf(namesOf(CloseCode.values()));
    }

    @ParameterizedTest
    @EnumSource(Setting.class)
    void everySettingHasARowWithItsVariableAndDefault(Setting setting) {
        var row = "(?m)^\\| `%s` \\| `%s` \\| `?%s`? \\|"
                .formatted(
                        Pattern.quote(setting.key()),
                        setting.environmentVariable(),
                        Pattern.quote(setting.byDefault()));

        assertThat(OPERATIONS).containsPattern(row);
    }

    @Test
    void theBookHasNoOtherSettings() {
        assertThat(namesIn(OPERATIONS, "(?m)^\\| `(parlour\\.[^`]+)` \\|"))
                .containsExactlyElementsOf(
                        Arrays.stream(Setting.values()).map(Setting::key).toList());
    }

    static List<String> commands() {
        return namesIn(read("src/main/java/org/parlour/protocol/SlashCommands.java"), COMMAND.pattern());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandStandsWhereverCommandsAreListed(String command) {
        var row = "(?m)^\\| `/" + command + "[ `]";

        assertThat(README).containsPattern(row);
        assertThat(chapter("## Commands")).containsPattern(row);
    }

    @Test
    void theListsHaveNoOtherCommands() {
        var row = "(?m)^\\| `/(\\w+)[ `]";

        assertThat(commands()).hasSizeGreaterThanOrEqualTo(7);
        assertThat(namesIn(README, row)).containsExactlyInAnyOrderElementsOf(commands());
        assertThat(namesIn(chapter("## Commands"), row)).containsExactlyInAnyOrderElementsOf(commands());
    }

    @Test
    void helpTellsEveryCommandButItself() {
        assertThat(namesIn(ClientMessage.HELP, "/([a-z]+)[ :]"))
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(commands().stream()
                        .filter(command -> !command.equals("help"))
                        .toList());
    }

    static List<String> namedTests() {
        return Pattern.compile("`(\\w+(?:Test|IT))\\.(\\w+)`")
                .matcher(read("docs/guarantees.md"))
                .results()
                .map(found -> found.group(1) + "." + found.group(2))
                .distinct()
                .toList();
    }

    @ParameterizedTest
    @MethodSource("namedTests")
    void aTestThatAGuaranteeNamesExists(String name) throws IOException {
        var parts = name.split("\\.");
        try (var files = Files.walk(Path.of("src/test/java"))) {
            var file = files.filter(path -> path.endsWith(parts[0] + ".java"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("There is no " + parts[0]));

            assertThat(read(file.toString()))
                    .containsPattern("@(Test|ParameterizedTest)[^;{}]*void " + parts[1] + "\\(");
        }
    }

    @Test
    void everyGuaranteeNamesATest() {
        var guarantees = read("docs/guarantees.md").split("(?m)^\\*\\*I\\d+\\. ");

        assertThat(guarantees).hasSize(11);
        assertThat(Arrays.stream(guarantees).skip(1)).allMatch(text -> text.matches("(?s).*`\\w+(Test|IT)\\.\\w+`.*"));
    }

    private static List<Kind> kindsOf(Class<?> messages, String chapter) {
        return Arrays.stream(messages.getAnnotation(JsonbTypeInfo.class).value())
                .map(subtype -> kind(subtype, chapter))
                .toList();
    }

    private static Kind kind(JsonbSubtype subtype, String chapter) {
        return new Kind(subtype.alias(), subtype.type(), section("### " + subtype.alias(), chapter));
    }

    private static String chapter(String heading) {
        var start = (PROTOCOL + "\n").indexOf("\n" + heading + "\n");
        assertThat(start).as(heading).isNotNegative();
        var body = PROTOCOL.substring(start + heading.length() + 1);
        var next = body.indexOf("\n## ");
        return next < 0 ? body : body.substring(0, next);
    }

    // Empty if there is no such heading: the test of that kind is red then, and no other.
    private static String section(String heading, String chapter) {
        var start = chapter.indexOf("\n" + heading + "\n");
        if (start < 0) {
            return "";
        }
        var body = chapter.substring(start + heading.length() + 1);
        return HEADING.split(body)[0];
    }

    private static List<String> headingsIn(String chapter) {
        return namesIn(chapter, "(?m)^### (.+)$");
    }

    private static List<String> namesIn(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    private static List<String> namesOf(Enum<?>[] values) {
        return Arrays.stream(values).map(Enum::name).toList();
    }

    private static List<String> fieldsOf(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
    }

    private static String[] absentIn(JsonObject example, Class<?> type) {
        return fieldsOf(type).stream()
                .filter(field -> !example.containsKey(field))
                .toArray(String[]::new);
    }

    private static JsonObject parsed(String json) {
        try (var reader = Json.createReader(new StringReader(json))) {
            return reader.readObject();
        }
    }

    private static String read(String path) {
        try {
            return Files.readString(Path.of(path)).replace("\r\n", "\n");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
