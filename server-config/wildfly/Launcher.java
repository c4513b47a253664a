import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Starts the provisioned WildFly in the foreground, says when Parlour is ready and how to reach it, and stops the server when it is
 * stopped itself. For {@code mvn -Prun}; runs from source: {@code java Launcher.java SERVER_DIR DATA_DIR PORT_OFFSET}.
 */
public final class Launcher {

    private static final int START_SECONDS = 180;
    private static final int STOP_SECONDS = 30;

    private final Path server;
    private final Path data;
    private final int offset;
    private final int httpPort;
    private final int managementPort;

    private Launcher(Path server, Path data, int offset) {
        this.server = server;
        this.data = data;
        this.offset = offset;
        this.httpPort = port("PARLOUR_HTTP_PORT", 8080) + offset;
        this.managementPort = port("PARLOUR_MANAGEMENT_PORT", 9990) + offset;
    }

    public static void main(String[] arguments) throws Exception {
        var launcher = new Launcher(Path.of(arguments[0]), Path.of(arguments[1]), Integer.parseInt(arguments[2]));
        System.exit(launcher.run());
    }

    private static int port(String variable, int byDefault) {
        var value = System.getenv(variable);
        return value == null || value.isBlank() ? byDefault : Integer.parseInt(value.strip());
    }

    private int run() throws IOException, InterruptedException {
        if (!isFree(httpPort, "PARLOUR_HTTP_PORT") || !isFree(managementPort, "PARLOUR_MANAGEMENT_PORT")) {
            return 1;
        }
        var process = start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(process)));
        // Whoever ends Maven alone means the server too.
        ProcessHandle.current().parent().ifPresent(maven -> maven.onExit().thenRun(() -> System.exit(0)));
        if (awaitReady(process)) {
            announce();
        }
        return process.waitFor();
    }

    private static boolean isFree(int port, String variable) {
        try (var probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return true;
        } catch (IOException taken) {
            System.err.println("Port " + port + " is in use. Choose another one: " + variable + "=" + (port + 1) + " mvn -Prun");
            return false;
        }
    }

    private Process start() throws IOException {
        var windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("windows");
        var command = new ArrayList<>(List.of(
                server.resolve("bin").resolve(windows ? "standalone.bat" : "standalone.sh").toString(),
                "-Djboss.socket.binding.port-offset=" + offset));
        var builder = new ProcessBuilder(command).inheritIO();
        builder.environment().putIfAbsent("PARLOUR_DATA", Files.createDirectories(data).toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("NOPAUSE", "true");
        return builder.start();
    }

    private boolean awaitReady(Process process) throws InterruptedException {
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (process.isAlive() && System.nanoTime() < deadline) {
            if (answers()) {
                return true;
            }
            Thread.sleep(250);
        }
        return false;
    }

    private boolean answers() {
        try {
            var connection = (HttpURLConnection) URI.create(address("http", "/")).toURL().openConnection();
            connection.setConnectTimeout(1_000);
            connection.setReadTimeout(5_000);
            return connection.getResponseCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private void announce() throws InterruptedException {
        // The server's own last line comes at the same moment; this one is to be below it.
        Thread.sleep(500);
        System.out.printf(
                "%n  Parlour is ready.  Open %s  or connect:  npx wscat -c %s   (Ctrl-C stops it)%n%n",
                address("http", "/"), address("ws", "/ws/general"));
    }

    private String address(String scheme, String path) {
        return scheme + "://localhost:" + httpPort + path;
    }

    // The process is a script; the server is its child, and would survive it.
    private static void stop(Process process) {
        process.descendants().forEach(ProcessHandle::destroy);
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
