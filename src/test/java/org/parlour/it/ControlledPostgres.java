package org.parlour.it;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A PostgreSQL that a test starts and stops; its address and its data stay the same. */
final class ControlledPostgres implements AutoCloseable {

    private final Path data;
    private final int port;
    private EmbeddedPostgres running;

    /** With data of its own. */
    ControlledPostgres() throws IOException {
        this(Files.createTempDirectory(
                Files.createDirectories(Path.of(System.getProperty("parlour.it.directory"))), "postgres-"));
    }

    ControlledPostgres(Path data) throws IOException {
        this.data = data;
        try (var any = new ServerSocket(0)) {
            this.port = any.getLocalPort();
        }
    }

    String url() {
        return TestServer.postgresUrl(port);
    }

    void start() throws IOException {
        running = EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                // Off by default here, and then what was committed right before a crash is gone.
                .setServerConfig("synchronous_commit", "on")
                .start();
    }

    void stop() throws IOException {
        if (running != null) {
            running.close();
            running = null;
        }
    }

    /** As a power cut: nothing is tidied up. What was committed has to be there at the next start. */
    void crash() throws IOException, InterruptedException {
        var processes = new ArrayList<ProcessHandle>();
        ProcessHandle.of(postmaster()).ifPresent(one -> {
            processes.add(one);
            one.descendants().forEach(processes::add);
        });
        // SIGQUIT is what "pg_ctl stop -m immediate" sends.
        new ProcessBuilder("kill", "-QUIT", Long.toString(postmaster()))
                .inheritIO()
                .start()
                .waitFor(10, TimeUnit.SECONDS);
        for (var one : processes) {
            one.onExit().orTimeout(10, TimeUnit.SECONDS).join();
        }
        stop();
    }

    private long postmaster() throws IOException {
        return Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).get(0));
    }

    /** Stops all its processes where they are: it neither answers nor breaks a connection. */
    void freeze() throws IOException, InterruptedException {
        signal("-STOP");
    }

    void thaw() throws IOException, InterruptedException {
        signal("-CONT");
    }

    private void signal(String signal) throws IOException, InterruptedException {
        var postmaster = Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).get(0));
        var command = new ArrayList<>(List.of("kill", signal, Long.toString(postmaster)));
        ProcessHandle.of(postmaster).orElseThrow().descendants().forEach(one -> command.add(Long.toString(one.pid())));
        new ProcessBuilder(command).inheritIO().start().waitFor(10, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws IOException {
        stop();
    }
}
