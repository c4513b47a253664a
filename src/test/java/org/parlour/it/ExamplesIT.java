package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parlour.testing.Eventually.eventually;

import java.io.BufferedWriter;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples, run as their first lines say. */
class ExamplesIT extends DeployedWar {

    private static final Path EXAMPLES = Path.of("examples");
    private static final int PATIENCE_SECONDS = 60;

    @TempDir
    private Path folder;

    private final List<Example> running = new ArrayList<>();

    @AfterEach
    void end() {
        running.forEach(example -> example.process.destroyForcibly());
    }

    /** One that runs; what it prints, errors too, goes to a file. */
    private record Example(Process process, BufferedWriter input, Path output) {

        String printed() {
            try {
                return Files.readString(output);
            } catch (IOException failure) {
                throw new AssertionError(failure);
            }
        }

        void prints(String line) {
            eventually(
                    line,
                    Duration.ofSeconds(PATIENCE_SECONDS),
                    () -> printed().lines().anyMatch(line::equals));
        }

        void type(String line) throws IOException {
            input.write(line + "\n");
            input.flush();
        }

        int exit() throws InterruptedException {
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as(printed())
                    .isTrue();
            return process.exitValue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"node", "python", "java"})
    void joinsSpeaksListensShowsTheHistoryAndLeaves(String language) throws Exception {
        var ann = named("ann");
        ann.send("{\"type\":\"Message\",\"content\":\"before\"}");
        ann.next("Ack");
        var example = start(base, language);
        assertThat(ann.next("UserJoined").getString("username")).isEqualTo("example");

        example.type("hello from " + language);
        assertThat(ann.next("NewMessage").getString("content")).isEqualTo("hello from " + language);
        ann.send("{\"type\":\"Message\",\"content\":\"welcome\"}");
        example.prints("[ann] welcome");
        example.type("/history");
        example.prints("[example] hello from " + language);

        example.input().close();
        assertThat(example.exit()).as(example.printed()).isZero();
        assertThat(ann.next("UserLeft").getString("username")).isEqualTo("example");
        assertThat(example.printed().lines()).contains("[ann] before");
    }

    @ParameterizedTest
    @ValueSource(strings = {"node", "python"})
    void theFullFaceMissesAndDoublesNothingWhenTheConnectionBreaks(String language) throws Exception {
        var ann = named("ann");
        try (var network = new TroubledNetwork(() -> base)) {
            var example = start(network.address(), language);
            ann.next("UserJoined");
            for (int i = 1; i <= 30; i++) {
                ann.send("{\"type\":\"Message\",\"content\":\"told " + i + "\"}");
                example.type("said " + i);
                if (i % 10 == 0) {
                    network.cut();
                }
            }
            example.prints("[ann] told 30");
            for (int i = 1; i <= 30; i++) {
                assertThat(ann.next("NewMessage").getString("content")).isEqualTo("said " + i);
            }
            example.input().close();

            assertThat(example.exit()).as(example.printed()).isZero();
            assertThat(example.printed().lines().filter(line -> line.startsWith("[ann] told")))
                    .containsExactlyElementsOf(Stream.iterate(1, i -> i + 1)
                            .limit(30)
                            .map(i -> "[ann] told " + i)
                            .toList());
        }
    }

    @Test
    void theShellLogsInSpeaksAndReads() throws Exception {
        Installed.require("curl", "--version");
        Installed.require("npx", "--version");
        var ann = named("ann");

        ann.send("{\"type\":\"Message\",\"content\":\"before\"}");
        ann.next("Ack");
        var command = new ProcessBuilder(
                "sh",
                EXAMPLES.resolve("shell/chat.sh").toString(),
                base.toString(),
                room,
                "builder" + room.hashCode(),
                "The build is green.");
        command.environment().put("PASSWORD", Rest.PASSWORD);
        var example = run(command);

        assertThat(ann.next("NewMessage").getString("content")).isEqualTo("The build is green.");
        assertThat(example.exit()).as(example.printed()).isZero();
        assertThat(example.printed().lines().filter(line -> line.contains("] before")))
                .isNotEmpty();
    }

    private ChatClient named(String name) {
        var client = full();
        client.send("{\"type\":\"Hello\",\"username\":\"" + name + "\"}");
        client.next("Welcome");
        return client;
    }

    private Example start(URI server, String language) throws Exception {
        if (language.equals("node")) {
            Installed.requireNodeWithWebSocket();
        }
        var command = new ArrayList<String>(
                switch (language) {
                    case "node" -> List.of("node", "--experimental-websocket", "examples/node/chat.mjs");
                    case "python" -> List.of(python(), "examples/python/chat.py");
                    default ->
                        List.of(ProcessHandle.current().info().command().orElseThrow(), "examples/java/Chat.java");
                });
        command.addAll(List.of(server.toString(), room, "example"));
        return run(new ProcessBuilder(command));
    }

    /** The system's, where another one without the package stands before it. */
    private static String python() throws Exception {
        if (Installed.isThere("/usr/bin/python3", "-c", "import websockets")) {
            return "/usr/bin/python3";
        }
        Installed.require("python3", "-c", "import websockets");
        return "python3";
    }

    private Example run(ProcessBuilder command) throws IOException {
        var output = folder.resolve("output-" + running.size());
        var process = command.redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        var example = new Example(process, process.outputWriter(), output);
        running.add(example);
        return example;
    }
}
