package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What docs/operations.md tells whoever looks after a WildFly to type. */
@Tag("wildfly")
class ManagementIT {

    private static final int MANAGEMENT = 9990;
    private static final int PATIENCE_SECONDS = 120;
    private static final Pattern COMMAND = Pattern.compile("`(/(?:subsystem|deployment|core-service)=[^`]+)`");

    @Test
    void everyCommandOfTheBookDoesWhatItSays() throws Exception {
        var book = Files.readString(Path.of("docs/operations.md"));
        var commands =
                COMMAND.matcher(book).results().map(found -> found.group(1)).toList();
        assertThat(commands).hasSizeGreaterThanOrEqualTo(12);
        try (var server = new ServerProcess("management").start()) {
            JmxIT.talk(server);

            var script = Files.write(server.directory().resolve("book.cli"), commands);
            var told = run(
                    server,
                    List.of(
                            ApplicationServer.HOME.resolve("bin/jboss-cli.sh").toString(),
                            "--connect",
                            "--controller=" + managementOf(server),
                            "--echo-command",
                            "--file=" + script));

            assertThat(told.split("\"outcome\" => \"success\"", -1).length - 1)
                    .as(told)
                    .isGreaterThanOrEqualTo(commands.size());
            assertThat(told)
                    .doesNotContain("\"outcome\" => \"failed\"")
                    .as("counted since the start")
                    .containsPattern("\"invocations\" => [1-9]")
                    .containsPattern("\"request-count\" => [1-9]")
                    .containsPattern("\"number-of-committed-transactions\" => [1-9]")
                    .containsPattern("\"AvailableCount\" => [1-9]")
                    .containsPattern("\"connection-count\" => [3-9]|\"result\" => [3-9]")
                    .contains("busy-task-thread-count", "\"used\" => ", "WFLYUT0021: Registered web context: '/'");
        }
    }

    private static String managementOf(ServerProcess server) {
        return "127.0.0.1:" + (MANAGEMENT + server.offset());
    }

    static String run(ServerProcess server, List<String> command) throws IOException, InterruptedException {
        var output = Files.createTempFile(server.directory(), "told", ".txt");
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            process.getOutputStream().close();
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("%s in time, see %s", command, output)
                    .isTrue();
            assertThat(process.exitValue()).as("%s, see %s", command, output).isZero();
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(output);
    }
}
