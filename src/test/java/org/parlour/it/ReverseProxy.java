package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A proxy of this machine with the configuration of {@code server-config/proxy}, on ports of the test's. */
final class ReverseProxy implements AutoCloseable {

    /** Where its connections to the server come from; no client's address. */
    static final String ADDRESS = "127.0.0.9";

    /** After how much silence it cuts a connection. */
    static final int TIMEOUT_SECONDS = 4;

    private static final int START_SECONDS = 30;
    private static final Path CONFIGURATION = Path.of("server-config/proxy");

    enum Kind {
        NGINX("nginx"),
        HAPROXY("haproxy");

        private final String program;

        Kind(String program) {
            this.program = program;
        }

        boolean isInstalled() {
            return List.of("/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin").stream()
                    .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
        }
    }

    private final int port;
    private final Process process;

    private ReverseProxy(int port, Path directory, String... command) throws IOException, InterruptedException {
        this.port = port;
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("proxy.log").toFile());
        builder.environment().merge("PATH", "/usr/sbin:/usr/local/sbin", (path, more) -> path + ":" + more);
        process = builder.start();
        awaitPort(directory.resolve("proxy.log"));
    }

    /** @param directory for what it writes; @param server which it stands before */
    static ReverseProxy start(Kind kind, Path directory, URI server, Path pem)
            throws IOException, InterruptedException {
        var port = freePort();
        return kind == Kind.NGINX ? nginx(port, directory, server, pem) : haproxy(port, directory, server, pem);
    }

    private static ReverseProxy nginx(int port, Path directory, URI server, Path pem)
            throws IOException, InterruptedException {
        var site = changed(
                CONFIGURATION.resolve("nginx.conf"),
                Map.of(
                        "listen 443 ssl;", "listen 127.0.0.1:" + port + " ssl;",
                        "server 127.0.0.1:8080;", "server " + server.getAuthority() + ";",
                        "/etc/ssl/parlour/certificate.pem", pem.toString(),
                        "/etc/ssl/parlour/key.pem", pem.toString(),
                        "proxy_read_timeout 120s;", "proxy_read_timeout " + TIMEOUT_SECONDS + "s;",
                        "proxy_pass http://parlour;", "proxy_pass http://parlour; proxy_bind " + ADDRESS + ";"));
        Files.writeString(directory.resolve("site.conf"), site);
        var temporary = "client_body_temp_path proxy_temp_path fastcgi_temp_path uwsgi_temp_path scgi_temp_path";
        var main = new StringBuilder("worker_processes 1;\ndaemon off;\nerror_log stderr;\npid nginx.pid;\n");
        // A process of root would otherwise change to a user who may not write here.
        if (System.getProperty("user.name").equals("root")) {
            main.append("user root;\n");
        }
        main.append("events {}\nhttp {\naccess_log off;\ninclude site.conf;\n");
        Arrays.stream(temporary.split(" "))
                .forEach(path ->
                        main.append(path).append(" temporary-").append(path).append(";\n"));
        Files.writeString(directory.resolve("main.conf"), main.append("}\n"));
        return new ReverseProxy(port, directory, "nginx", "-p", directory + "/", "-c", "main.conf", "-e", "stderr");
    }

    private static ReverseProxy haproxy(int port, Path directory, URI server, Path pem)
            throws IOException, InterruptedException {
        var configuration = changed(
                CONFIGURATION.resolve("haproxy.cfg"),
                Map.of(
                        "bind :443 ssl", "bind 127.0.0.1:" + port + " ssl",
                        "/etc/ssl/parlour/certificate-and-key.pem", pem.toString(),
                        "timeout tunnel       120s", "timeout tunnel " + TIMEOUT_SECONDS + "s",
                        "server parlour 127.0.0.1:8080",
                                "server parlour " + server.getAuthority() + " source " + ADDRESS));
        var file = directory.resolve("haproxy.cfg");
        Files.writeString(file, configuration);
        return new ReverseProxy(port, directory, "haproxy", "-db", "-f", file.toString());
    }

    private static String changed(Path file, Map<String, String> changes) throws IOException {
        var text = Files.readString(file);
        for (var change : changes.entrySet()) {
            assertThat(text).contains(change.getKey());
            text = text.replace(change.getKey(), change.getValue());
        }
        return text;
    }

    private static int freePort() throws IOException {
        try (var any = new ServerSocket(0)) {
            return any.getLocalPort();
        }
    }

    private void awaitPort(Path log) throws InterruptedException, IOException {
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (true) {
            try (var probe = new Socket("127.0.0.1", port)) {
                return;
            } catch (IOException notYet) {
                assertThat(process.isAlive() && System.nanoTime() < deadline)
                        .as("the proxy is up: %s", Files.readString(log))
                        .isTrue();
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
    }

    URI address() {
        return URI.create("https://127.0.0.1:" + port + "/");
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
    }
}
