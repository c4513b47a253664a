package org.parlour.it;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;

/** A PostgreSQL that a test starts and stops; its address and its data stay the same. */
final class ControlledPostgres implements AutoCloseable {

    private final Path data;
    private final int port;
    private EmbeddedPostgres running;

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
                .start();
    }

    void stop() throws IOException {
        if (running != null) {
            running.close();
            running = null;
        }
    }

    @Override
    public void close() throws IOException {
        stop();
    }
}
