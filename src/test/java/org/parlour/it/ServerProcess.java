package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.wildfly.core.launcher.StandaloneCommandBuilder;

/**
 * The ready server of {@code target/server}, in a process of its own that a test may stop and kill. Its configuration and deployment
 * are copied, so that several can run and none leaves a trace.
 */
final class ServerProcess implements AutoCloseable {

    static final Duration START = Duration.ofSeconds(90);

    private final Path home = Path.of(System.getProperty("parlour.it.server"));
    private final Path base;
    private final int offset;
    private final List<String> settings;
    private Map<String, String> environment = Map.of();
    private Duration patience = START;
    private Process process;

    /** @param settings server arguments, {@code -Dparlour...} */
    ServerProcess(String name, String... settings) throws IOException {
        this.base = Files.createTempDirectory(
                Files.createDirectories(Path.of(System.getProperty("parlour.it.directory"))), name + "-");
        this.offset = TestServer.freeOffset();
        this.settings = Stream.concat(
                        Stream.of(
                                "-Dparlour.data=" + base.resolve("data"),
                                "-Dparlour.admission=off",
                                "-Dparlour.password-iterations=100000"),
                        Stream.of(settings))
                .toList();
        copy(home.resolve("standalone/configuration"), base.resolve("configuration"));
        Files.createDirectories(base.resolve("deployments"));
        Files.copy(Path.of(System.getProperty("parlour.it.war")), base.resolve("deployments/ROOT.war"));
    }

    /** On a PostgreSQL, which need not run yet. */
    ServerProcess(String name, ControlledPostgres postgres, String... settings) throws IOException {
        this(
                name,
                Stream.concat(
                                Stream.of(
                                        "-Dparlour.db.driver=postgresql",
                                        "-Dparlour.db.user=postgres",
                                        "-Dparlour.db.password=postgres",
                                        "-Dparlour.db.url=" + postgres.url()),
                                Stream.of(settings))
                        .toArray(String[]::new));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** Sets environment variables for the next start. */
    void environment(Map<String, String> variables) {
        environment = variables;
    }

    /** Allows the next starts this much time. */
    void patience(Duration start) {
        patience = start;
    }

    /** Starts it and waits until the page is served. */
    ServerProcess start() throws IOException, InterruptedException {
        var command = StandaloneCommandBuilder.of(home)
                .setBaseDirectory(base)
                .addJavaOption("-Xmx512m")
                .addServerArgument("-Djboss.socket.binding.port-offset=" + offset)
                .addServerArguments(settings)
                .build();
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        builder.environment().putAll(environment);
        process = builder.start();
        var deadline = System.nanoTime() + patience.toNanos();
        while (!servesPage()) {
            assertThat(process.isAlive()).as("the server runs, see %s", log()).isTrue();
            assertThat(System.nanoTime())
                    .as("the server is up in time, see %s", log())
                    .isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(100);
        }
        return this;
    }

    /** Has the server take the application out; returns before it has. */
    void undeploy() throws IOException {
        Files.delete(base.resolve("deployments/ROOT.war.deployed"));
    }

    /** Puts the application in again, once it is out. */
    void deploy() throws IOException, InterruptedException {
        awaitFile("ROOT.war.undeployed");
        Files.createFile(base.resolve("deployments/ROOT.war.dodeploy"));
        awaitFile("ROOT.war.deployed");
    }

    private void awaitFile(String name) throws InterruptedException {
        var deadline = System.nanoTime() + START.toNanos();
        while (!Files.exists(base.resolve("deployments").resolve(name))) {
            assertThat(System.nanoTime()).as("%s in time, see %s", name, log()).isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private boolean servesPage() throws InterruptedException {
        try {
            var request = HttpRequest.newBuilder(address())
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return HttpClient.newHttpClient()
                            .send(request, BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + (8080 + offset) + "/");
    }

    /** Where the server itself is asked, and not Parlour. */
    URI managementAddress() {
        return URI.create("http://127.0.0.1:" + (9990 + offset) + "/");
    }

    long pid() {
        return process.pid();
    }

    /** Changes the server's own configuration, before it starts. */
    void configure(UnaryOperator<String> change) throws IOException {
        var file = base.resolve("configuration/standalone.xml");
        var configured = change.apply(Files.readString(file));
        assertThat(configured).isNotEqualTo(Files.readString(file));
        Files.writeString(file, configured);
    }

    /** Has the server's own command line run a script on its configuration, before it starts, as an operator would. */
    void configure(Path script) throws IOException, InterruptedException {
        var commands = base.resolve(script.getFileName());
        Files.writeString(commands, "embed-server\n" + Files.readString(script) + "\nstop-embedded-server\n");
        var output = base.resolve("cli.log");
        var builder = new ProcessBuilder(home.resolve("bin/jboss-cli.sh").toString(), "--file=" + commands)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        builder.environment().putAll(environment);
        builder.environment().put("JAVA_OPTS", "-Xmx256m -Djboss.server.base.dir=" + base);
        var cli = builder.start();
        try {
            assertThat(cli.waitFor(START.toSeconds(), TimeUnit.SECONDS))
                    .as("%s in time, see %s", script, output)
                    .isTrue();
            assertThat(cli.exitValue()).as("%s, see %s", script, output).isZero();
        } finally {
            cli.destroyForcibly();
        }
    }

    /** What is added to the standard ports. */
    int offset() {
        return offset;
    }

    Path directory() {
        return base;
    }

    Path log() {
        return base.resolve("output.log");
    }

    /** As {@code kill -9}. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    /** As Ctrl-C: it may tidy up. */
    void stop() throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(30, TimeUnit.SECONDS))
                .as("the server stops within 30 s")
                .isTrue();
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly();
        }
    }
}
