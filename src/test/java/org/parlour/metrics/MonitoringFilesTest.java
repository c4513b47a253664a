package org.parlour.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.parlour.protocol.CloseCode;
import org.parlour.protocol.ErrorCode;

/** What the dashboard, the alert rules and the book ask for is held against the figures that there are. */
class MonitoringFilesTest {

    private static final Path DASHBOARD = Path.of("server-config/monitoring/grafana-dashboard.json");
    private static final Path ALERTS = Path.of("server-config/monitoring/alerts.yaml");
    private static final Path BOOK = Path.of("docs/operations.md");

    private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-z_]+)(?:\\{([^}]*)})? \\S+$");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)\\s*(?:=~|=|!=|!~)\\s*\"([^\"]*)\"");
    private static final Pattern SELECTOR = Pattern.compile("([a-z_]+)(?:\\{([^}]*)})?");
    private static final Pattern GROUPING =
            Pattern.compile("\\b(by|on|group_left|group_right|without)\\s*\\(([^)]*)\\)");
    private static final Pattern RULE = Pattern.compile("(?m)^ +expr: (.+)$");

    /** What PromQL brings itself, and what Prometheus and Grafana add. */
    private static final Set<String> WORDS =
            Set.of("sum", "rate", "increase", "histogram_quantile", "and", "offset", "m", "up", "label_values");

    private static final Set<String> LABELS_OF_PROMETHEUS = Set.of("job", "instance", "le");

    /** The names of all samples, each with its labels. */
    private static final Map<String, Set<String>> FIGURES = figures();

    private static Map<String, Set<String>> figures() {
        var metrics = new ChatMetrics();
        metrics.lanes(() -> new int[1], 1);
        metrics.refused("FORBIDDEN");
        metrics.closed("KICKED");
        metrics.resumed(true);
        metrics.committed(1, 1, 1);
        metrics.handedOver(1, 1, 1);
        var out = new ByteArrayOutputStream();
        try {
            metrics.write(out);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        var found = new TreeMap<String, Set<String>>();
        SAMPLE.matcher(out.toString(StandardCharsets.UTF_8))
                .results()
                .forEach(sample -> found.computeIfAbsent(sample.group(1), first -> new TreeSet<>())
                        .addAll(namesIn(sample.group(2))));
        return found;
    }

    private static Set<String> namesIn(String labels) {
        return labels == null
                ? Set.of()
                : LABEL.matcher(labels).results().map(label -> label.group(1)).collect(Collectors.toSet());
    }

    static Stream<String> queries() throws IOException {
        return Stream.concat(
                strings(dashboard(), "expr", "query"),
                RULE.matcher(Files.readString(ALERTS)).results().map(rule -> rule.group(1)));
    }

    private static JsonObject dashboard() throws IOException {
        try (var reader = Json.createReader(Files.newBufferedReader(DASHBOARD))) {
            return reader.readObject();
        }
    }

    private static Stream<String> strings(JsonValue value, String... keys) {
        if (value instanceof JsonObject object) {
            return object.entrySet().stream()
                    .flatMap(entry -> entry.getValue() instanceof JsonString text
                            ? Arrays.asList(keys).contains(entry.getKey())
                                            && !text.getString().equals("prometheus")
                                    ? Stream.of(text.getString())
                                    : Stream.empty()
                            : strings(entry.getValue(), keys));
        }
        return value.getValueType() == JsonValue.ValueType.ARRAY
                ? value.asJsonArray().stream().flatMap(one -> strings(one, keys))
                : Stream.empty();
    }

    @ParameterizedTest
    @MethodSource("queries")
    void aQueryAsksForFiguresAndLabelsThatThereAre(String query) {
        var labels = new TreeSet<String>();
        GROUPING.matcher(query)
                .results()
                .forEach(group -> Stream.of(group.group(2).split(","))
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .forEach(labels::add));
        var rest = GROUPING.matcher(query)
                .replaceAll(" ")
                .replaceAll("\\[[^]]*]", " ")
                .replaceAll(", (job|instance)\\)", ")");

        var asked = new ArrayList<String>();
        for (var selector : SELECTOR.matcher(rest).results().toList()) {
            var name = selector.group(1);
            if (name.equals("up") || !WORDS.contains(name)) {
                asked.add(name);
                assertThat(known(name)).as("%s in %s", name, query).isNotNull();
                assertThat(known(name)).containsAll(namesIn(selector.group(2)));
            }
        }
        assertThat(asked).as(query).isNotEmpty();
        assertThat(asked.stream().flatMap(name -> known(name).stream()).collect(Collectors.toSet()))
                .as(query)
                .containsAll(labels);
    }

    private static Set<String> known(String name) {
        var labels = name.equals("up") ? Set.<String>of() : FIGURES.get(name);
        return labels == null
                ? null
                : Stream.concat(labels.stream(), LABELS_OF_PROMETHEUS.stream()).collect(Collectors.toSet());
    }

    @Test
    void aCodeThatIsAskedForCanCome() throws IOException {
        var codes = Stream.concat(Arrays.stream(ErrorCode.values()), Arrays.stream(CloseCode.values()))
                .map(Enum::name)
                .toList();

        assertThat(queries()
                        .flatMap(query -> LABEL.matcher(query).results())
                        .filter(label -> label.group(1).equals("code"))
                        .flatMap(label -> Stream.of(label.group(2).split("\\|"))))
                .isNotEmpty()
                .isSubsetOf(codes);
    }

    @Test
    void everyFigureIsOnTheDashboard() throws IOException {
        var shown = String.join("\n", queries().toList());

        assertThat(ofParlour()).allSatisfy(name -> assertThat(shown).contains(name));
    }

    @Test
    void everyFigureStandsInTheBookAndNoOther() throws IOException {
        var table = Files.readString(BOOK)
                .lines()
                .filter(line -> line.startsWith("| `") || line.startsWith("| | `parlour_"))
                .collect(Collectors.joining("\n"));
        var written = Pattern.compile("`(parlour_[a-z_]+)")
                .matcher(table)
                .results()
                .map(name -> name.group(1).replaceAll("_count$", ""))
                .collect(Collectors.toSet());

        assertThat(written).isEqualTo(Set.copyOf(ofParlour()));
    }

    @Test
    void everyAttributeStandsInTheBook() throws IOException {
        var book = Files.readString(BOOK);

        assertThat(Arrays.stream(ChatMXBean.class.getMethods())
                        .filter(method -> method.getParameterCount() == 0)
                        .map(method -> method.getName().replaceFirst("^(get|is)", "")))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(book).contains("\n| `" + name + "` |"));
    }

    /** The names without what histograms add to them. */
    private static List<String> ofParlour() {
        return FIGURES.keySet().stream()
                .filter(name -> name.startsWith("parlour_"))
                .map(name -> name.replaceAll("_(bucket|sum|count)$", ""))
                .distinct()
                .toList();
    }
}
