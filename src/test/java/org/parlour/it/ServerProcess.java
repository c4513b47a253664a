package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/**
 * The ready {@link ApplicationServer}, in a process of its own that a test may stop and kill. Its configuration and deployment are
 * copied, so that several can run and none leaves a trace.
 */
public final class ServerProcess implements AutoCloseable {

    static final Duration START = Duration.ofSeconds(180);

    private static final Path WAR = Path.of(System.getProperty("parlour.it.war"));

    private final ApplicationServer kind = ApplicationServer.current();
    private final Path war;
    private final Path base;
    private final int offset;
    private final List<String> settings;
    private Map<String, String> environment = Map.of();
    private Duration patience = START;
    private Process process;

    /** @param settings server arguments, {@code -Dparlour...} */
    public ServerProcess(String name, String... settings) throws IOException {
        this(directory(name), WAR, List.of(settings));
        kind.deployAtStart(base, war);
    }

    /** With an application to which something was added. */
    ServerProcess(String name, WebArchive application, String... settings) throws IOException {
        this(name, directory(name), application, settings);
    }

    private ServerProcess(String name, Path base, WebArchive application, String... settings) throws IOException {
        this(base, base.resolve(name + ".war"), List.of(settings));
        application.as(ZipExporter.class).exportTo(war.toFile());
        kind.deployAtStart(base, war);
    }

    /** Without the application, in a folder that is there. */
    ServerProcess(Path base, List<String> settings) throws IOException {
        this(base, WAR, settings);
    }

    private ServerProcess(Path base, Path war, List<String> settings) throws IOException {
        this.base = base;
        this.war = war;
        this.offset = TestServer.freeOffset();
        this.settings = Stream.concat(
                        Stream.of(
                                "-Dparlour.data=" + base.resolve("data"),
                                "-Dparlour.admission=off",
                                "-Dparlour.password-iterations=100000"),
                        settings.stream())
                .toList();
        kind.prepare(base, offset);
    }

    private static Path directory(String name) throws IOException {
        return Files.createTempDirectory(
                Files.createDirectories(Path.of(System.getProperty("parlour.it.directory"))), name + "-");
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

    /** Sets environment variables for the next start. */
    void environment(Map<String, String> variables) {
        environment = variables;
    }

    /** Allows the next starts this much time. */
    void patience(Duration start) {
        patience = start;
    }

    /** Starts it and waits until the page is served. */
    public ServerProcess start() throws IOException, InterruptedException {
        return start(address());
    }

    /** Starts one without the application and waits until it can be administered. */
    ServerProcess startEmpty() throws IOException, InterruptedException {
        return start(URI.create("http://127.0.0.1:" + (kind.ports().get(1) + offset) + "/"));
    }

    private ServerProcess start(URI awaited) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(kind.command(base, offset, settings))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        builder.environment().putAll(environment);
        process = builder.start();
        process.getOutputStream().close();
        try {
            awaitUp(awaited);
        } catch (AssertionError | InterruptedException failure) {
            close();
            throw failure;
        }
        return this;
    }

    private void awaitUp(URI awaited) throws InterruptedException {
        var deadline = System.nanoTime() + patience.toNanos();
        var client = HttpClient.newHttpClient();
        while (!serves(client, awaited)) {
            assertThat(process.isAlive()).as("the server runs, see %s", log()).isTrue();
            assertThat(System.nanoTime())
                    .as("the server is up in time, see %s", log())
                    .isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    /** Has the server take the application out; returns before it has. */
    void undeploy() throws IOException {
        kind.undeploy(base, offset);
    }

    /** Puts the application in again, once it is out. */
    void deploy() throws IOException, InterruptedException {
        kind.deploy(base, offset, war);
    }

    /** Has Payara do something; there is no such thing on WildFly. */
    void asadmin(String... arguments) throws IOException, InterruptedException {
        Payara.asadmin(base, offset, arguments);
    }

    private static boolean serves(HttpClient client, URI address) throws InterruptedException {
        try {
            var request = HttpRequest.newBuilder(address)
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + (8080 + offset) + "/");
    }

    /** Where the server itself is asked, and not Parlour. */
    URI managementAddress() {
        return URI.create("http://127.0.0.1:" + (kind.healthPort() + offset) + "/");
    }

    long pid() {
        return process.pid();
    }

    /** Changes WildFly's own configuration, before it starts; for tests that are about WildFly. */
    void configure(UnaryOperator<String> change) throws IOException {
        var file = base.resolve("configuration/standalone.xml");
        var configured = change.apply(Files.readString(file));
        assertThat(configured).isNotEqualTo(Files.readString(file));
        Files.writeString(file, configured);
    }

    /** Has WildFly's command line run a script on its configuration, before it starts, as an operator would. */
    void configure(Path script) throws IOException, InterruptedException {
        var commands = base.resolve(script.getFileName());
        Files.writeString(commands, "embed-server\n" + Files.readString(script) + "\nstop-embedded-server\n");
        var output = base.resolve("cli.log");
        var builder = new ProcessBuilder(
                        ApplicationServer.HOME.resolve("bin/jboss-cli.sh").toString(), "--file=" + commands)
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

    /** See {@link ApplicationServer#know}; before it starts. */
    void know(String password, Set<String> people, Set<String> administrators) throws IOException {
        kind.know(base, password, people, administrators);
    }

    /** See {@link ApplicationServer#knowByBasic}; before it starts. */
    void knowByBasic(String password, Set<String> people, Set<String> administrators) throws IOException {
        kind.knowByBasic(base, password, people, administrators);
    }

    Path log() {
        return base.resolve("output.log");
    }

    /** As {@code kill -9}. */
    public void kill() throws InterruptedException {
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
