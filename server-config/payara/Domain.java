import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * The Payara that the build makes for itself. Runs from source: {@code java Domain.java configure PAYARA SCRIPT...} has its domain run
 * the scripts, once, on ports that nobody uses; {@code java Domain.java run PAYARA DATA_DIR PORT_OFFSET WAR} starts it in the foreground, says
 * when Parlour is ready and how to reach it, and stops it when it is stopped itself, for {@code mvn -Prun -Ppayara}.
 */
public final class Domain {

    private static final int START_SECONDS = 240;
    private static final int STOP_SECONDS = 30;

    /** Exit code when the reason has been told in a sentence, which Maven is not to bury under a stack trace of its own. */
    private static final int NOT_STARTED = 3;

    private static final int HTTP = 8080;
    private static final int ADMIN = 4848;

    /** HTTP and administration, HTTPS, IIOP, JMS, JMX, data grid. */
    private static final List<Integer> PORTS = List.of(HTTP, ADMIN, 8181, 3700, 3820, 3920, 7676, 8686, 4900);

    private static final Pattern PORT = Pattern.compile("((?:port|value)=\")(\\d+)\"");

    private static final Pattern FAILED = Pattern.compile("(?<!already exists[^\\n]{0,60}\\n)Command .* failed");

    private final Path payara;
    private final Path domain;
    private final Path configuration;

    private Domain(Path payara) {
        this.payara = payara;
        this.domain = payara.resolve("glassfish/domains/domain1");
        this.configuration = domain.resolve("config/domain.xml");
    }

    public static void main(String[] arguments) throws Exception {
        var made = new Domain(Path.of(arguments[1]));
        var rest = List.of(arguments).subList(2, arguments.length);
        if (arguments[0].equals("configure")) {
            made.configure(rest);
        } else {
            System.exit(made.run(Path.of(rest.get(0)), Integer.parseInt(rest.get(1)), Path.of(rest.get(2)).toAbsolutePath()));
        }
    }

    private void configure(List<String> scripts) throws IOException, InterruptedException {
        var done = payara.resolve("configured-for-parlour");
        if (Files.exists(done)) {
            return;
        }
        var ports = new HashMap<Integer, Integer>();
        for (var port : PORTS) {
            ports.put(port, anyFree());
        }
        move(ports);
        try {
            asadmin(List.of("start-domain", "domain1"));
            try {
                for (var script : scripts) {
                    asadmin(List.of("--port", ports.get(ADMIN).toString(), "multimode", "--file", script));
                }
            } finally {
                asadmin(List.of("stop-domain", "domain1"));
            }
        } finally {
            var back = new HashMap<Integer, Integer>();
            ports.forEach((usual, taken) -> back.put(taken, usual));
            move(back);
        }
        Files.createFile(done);
    }

    private static int anyFree() throws IOException {
        try (var any = new ServerSocket(0)) {
            return any.getLocalPort();
        }
    }

    private void move(Map<Integer, Integer> ports) throws IOException {
        var text = Files.readString(configuration);
        Files.writeString(configuration, PORT.matcher(text).replaceAll(match -> {
            var port = Integer.valueOf(match.group(2));
            return match.group(1) + ports.getOrDefault(port, port) + "\"";
        }));
    }

    /** A step that failed is told in its output, and not by an exit code; one that was done before fails, too. */
    private void asadmin(List<String> arguments) throws IOException, InterruptedException {
        var process = command(arguments).redirectErrorStream(true).start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0 || FAILED.matcher(output).find()) {
            System.out.println(output);
            throw new IOException("asadmin failed: " + arguments);
        }
    }

    private ProcessBuilder command(List<String> arguments) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                payara.resolve("glassfish/lib/client/appserver-cli.jar").toString()));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command);
        builder.environment().put("AS_JAVA", System.getProperty("java.home"));
        return builder;
    }

    private int run(Path data, int offset, Path war) throws IOException, InterruptedException {
        var http = port("PARLOUR_HTTP_PORT", HTTP) + offset;
        var admin = port("PARLOUR_MANAGEMENT_PORT", ADMIN) + offset;
        for (var port : List.of(http, admin)) {
            if (!isFree(port)) {
                System.err.printf(
                        "%n  Port %d is in use, so Parlour was not started. Choose others:  PARLOUR_HTTP_PORT=... PARLOUR_MANAGEMENT_PORT=... mvn -Prun -Ppayara%n%n",
                        port);
                return NOT_STARTED;
            }
        }
        var asIs = Files.readString(configuration);
        var ports = new HashMap<Integer, Integer>();
        PORTS.forEach(port -> ports.put(port, port + offset));
        ports.put(HTTP, http);
        ports.put(ADMIN, admin);
        move(ports);
        var afterStart = Files.writeString(
                domain.resolve("after-start.asadmin"), "deploy --contextroot / --name parlour \"" + war + "\"\n");
        var process = start(data, afterStart);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            stop(process);
            // The domain is not to remember what it has deployed: the next build makes another one.
            restore(asIs);
        }));
        // Whoever ends Maven alone means the server too.
        ProcessHandle.current().parent().ifPresent(maven -> maven.onExit().thenRun(() -> System.exit(0)));
        if (awaitReady(process, http)) {
            System.out.printf(
                    "%n  Parlour is ready.  Open http://localhost:%d/  or connect:  npx wscat -c ws://localhost:%d/ws/general   (Ctrl-C stops it)%n%n",
                    http, http);
        }
        return process.waitFor();
    }

    private static int port(String variable, int byDefault) {
        var value = System.getenv(variable);
        return value == null || value.isBlank() ? byDefault : Integer.parseInt(value.strip());
    }

    private static boolean isFree(int port) {
        try (var probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    private Process start(Path data, Path afterStart) throws IOException {
        var builder = command(List.of("start-domain", "--verbose", "--postbootcommandfile", afterStart.toString(), "domain1"))
                .inheritIO();
        var wanted = System.getenv("PARLOUR_DATA");
        var folder = wanted == null || wanted.isBlank() ? data : Path.of(wanted).toAbsolutePath().normalize();
        builder.environment().put("PARLOUR_DATA", Files.createDirectories(folder).toString());
        return builder.start();
    }

    private static boolean awaitReady(Process process, int port) throws InterruptedException {
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (process.isAlive() && System.nanoTime() < deadline) {
            if (answers(port)) {
                return true;
            }
            Thread.sleep(250);
        }
        return false;
    }

    // Payara has a page of its own until Parlour is there.
    private static boolean answers(int port) {
        try {
            var address = URI.create("http://localhost:" + port + "/api/v1/me").toURL();
            var connection = (HttpURLConnection) address.openConnection();
            connection.setConnectTimeout(1_000);
            connection.setReadTimeout(5_000);
            return connection.getResponseCode() == 401;
        } catch (IOException notYet) {
            return false;
        }
    }

    // The process only starts the server, which would survive it.
    private static void stop(Process process) {
        var all = process.descendants().toList();
        all.forEach(ProcessHandle::destroy);
        try {
            for (var one : all) {
                one.onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
            }
        } catch (Exception tooLong) {
            all.forEach(ProcessHandle::destroyForcibly);
        }
        process.destroyForcibly();
    }

    private void restore(String asIs) {
        try {
            Files.writeString(configuration, asIs);
        } catch (IOException failure) {
            System.err.println("  " + configuration + " could not be restored: " + failure.getMessage());
        }
    }
}
