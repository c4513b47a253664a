import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * Starts the provisioned WildFly in the foreground, says when Parlour is ready and how to reach it, and stops the server when it is
 * stopped itself. For {@code mvn -Prun}; runs from source: {@code java Launcher.java SERVER_DIR DATA_DIR PORT_OFFSET}.
 */
public final class Launcher {

    private static final int START_SECONDS = 180;
    private static final int STOP_SECONDS = 30;
    private static final int VISIT_SECONDS = 10;

    /** Close code 4104 of docs/protocol.md. */
    private static final int STORAGE_DOWN = 4104;

    /** Exit code when the reason has been told in a sentence, which Maven is not to bury under a stack trace of its own. */
    private static final int NOT_STARTED = 3;

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
        if (value == null || value.isBlank()) {
            return byDefault;
        }
        if (!value.strip().matches("[1-9]\\d{0,4}")) {
            System.err.println(variable + " is \"" + value + "\"; allowed is a port, 1 to 65535.");
            System.exit(NOT_STARTED);
        }
        return Integer.parseInt(value.strip());
    }

    private int run() throws IOException, InterruptedException {
        if (!portsAreFree()) {
            return NOT_STARTED;
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

    private boolean portsAreFree() {
        var http = isFree(httpPort);
        var management = isFree(managementPort);
        if (http && management) {
            return true;
        }
        var taken = http ? "Port " + managementPort + " is" : management ? "Port " + httpPort + " is" : "Ports " + httpPort + " and " + managementPort + " are";
        System.err.printf(
                "%n  %s in use, so Parlour was not started. Choose others:  PARLOUR_HTTP_PORT=%d PARLOUR_MANAGEMENT_PORT=%d mvn -Prun%n%n",
                taken, freeFrom(httpPort) - offset, freeFrom(managementPort) - offset);
        return false;
    }

    private static int freeFrom(int port) {
        var free = port;
        while (!isFree(free) && free < port + 100) {
            free++;
        }
        return free;
    }

    private static boolean isFree(int port) {
        try (var probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    private Process start() throws IOException {
        var windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("windows");
        var command = new ArrayList<>(List.of(
                server.resolve("bin").resolve(windows ? "standalone.bat" : "standalone.sh").toString(),
                "-Djboss.socket.binding.port-offset=" + offset));
        var builder = new ProcessBuilder(command).inheritIO();
        builder.environment().put("PARLOUR_DATA", Files.createDirectories(dataDirectory()).toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("NOPAUSE", "true");
        return builder.start();
    }

    // H2 takes absolute paths only.
    private Path dataDirectory() {
        var wanted = System.getenv("PARLOUR_DATA");
        return wanted == null || wanted.isBlank() ? data : Path.of(wanted).toAbsolutePath().normalize();
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
        if (closeCodeOfAVisit() == STORAGE_DOWN) {
            System.out.printf(
                    "%n  Parlour is running on %s, but WITHOUT ITS DATABASE: the line \"The database cannot be prepared\" above says why."
                            + "%n  It goes on trying.   (Ctrl-C stops it)%n%n",
                    address("http", "/"));
            return;
        }
        System.out.printf(
                "%n  Parlour is ready.  Open %s  or connect:  npx wscat -c %s   (Ctrl-C stops it)%n%n",
                address("http", "/"), address("ws", "/ws/general"));
    }

    /** Asks as a client does: with the full face one is welcomed, or turned away when the database is not there. */
    private int closeCodeOfAVisit() {
        var closed = new CompletableFuture<Integer>();
        var socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .subprotocols("chat.v1.json")
                .buildAsync(URI.create(address("ws", "/ws/launcher")), new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onText(WebSocket webSocket, CharSequence welcome, boolean last) {
                        closed.complete(0);
                        return null;
                    }

                    @Override
                    public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
                        closed.complete(code);
                        return null;
                    }
                });
        try {
            return closed.get(VISIT_SECONDS, TimeUnit.SECONDS);
        } catch (Exception noAnswer) {
            return STORAGE_DOWN;
        } finally {
            socket.thenAccept(WebSocket::abort);
        }
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
