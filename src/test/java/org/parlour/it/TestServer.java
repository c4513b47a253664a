package org.parlour.it;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Before the first integration test: starts the database and tells Arquillian where its server finds it, on ports that nobody uses.
 * Unit tests, which name no database, are left alone.
 */
public class TestServer implements LauncherSessionListener {

    /** The origin of the only pages, besides the server's own, that may speak with it. */
    static final String FRIENDLY_PAGE = "https://app.example";

    /** The property that names the PostgreSQL below the server, if that is what it runs on. */
    static final String POSTGRES = "parlour.it.postgres";

    /** The name of the account that becomes an administrator. */
    static final String ADMINISTRATOR = "the.root";

    /** Opens the figures over HTTP. */
    static final String METRICS_TOKEN = "the-token-of-the-figures";

    private static final int HTTP = 8080;

    private EmbeddedPostgres postgres;

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        var database = System.getProperty("parlour.it.database");
        if (database == null) {
            return;
        }
        try {
            var directory = Files.createTempDirectory(
                    Files.createDirectories(Path.of(System.getProperty("parlour.it.directory"))), database + "-");
            Confidential.begin(directory.resolveSibling("confidential-" + database + ".txt"));
            var settings = new ArrayList<>(List.of(
                    "-Dparlour.admission=off",
                    "-Dparlour.password-iterations=100000",
                    "-Dparlour.allowed-origins=" + FRIENDLY_PAGE,
                    "-Dparlour.bootstrap-administrator=" + ADMINISTRATOR,
                    "-Dparlour.purge-seconds=1",
                    "-Dparlour.purge-batch=50",
                    "-Dparlour.metrics-token-file="
                            + Files.writeString(directory.resolve("metrics-token"), METRICS_TOKEN)));
            settings.addAll(databaseArguments(database, directory));
            ApplicationServer.current().runByArquillian(directory.resolve("server"), freeOffset(), settings);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private List<String> databaseArguments(String database, Path directory) throws IOException {
        if (database.equals("h2")) {
            return List.of("-Dparlour.db.url=jdbc:h2:file:" + directory.resolve("h2") + H2_OPTIONS);
        }
        postgres = EmbeddedPostgres.builder().start();
        // For tests that look at what is kept.
        System.setProperty(POSTGRES, postgresUrl(postgres.getPort()));
        return List.of(
                "-Dparlour.db.driver=postgresql",
                "-Dparlour.db.user=postgres",
                "-Dparlour.db.password=postgres",
                "-Dparlour.db.url=" + postgresUrl(postgres.getPort()));
    }

    static final String H2_OPTIONS = ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;WRITE_DELAY=0";

    static String postgresUrl(int port) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?reWriteBatchedInserts=true";
    }

    /** What to add to the standard ports so that this machine has all of them free. */
    static int freeOffset() throws IOException {
        for (int attempt = 0; attempt < 50; attempt++) {
            try (var any = new ServerSocket(0)) {
                var offset = any.getLocalPort() - HTTP;
                if (offset > 0
                        && ApplicationServer.current().ports().stream()
                                .allMatch(port -> port == HTTP || isFree(port + offset))) {
                    return offset;
                }
            }
        }
        throw new IOException("No free ports found");
    }

    private static boolean isFree(int port) {
        if (port >= 65_536) {
            return false;
        }
        try (var probe = new ServerSocket(port)) {
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    @Override
    public void launcherSessionClosed(LauncherSession session) {
        if (postgres != null) {
            try {
                postgres.close();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }
}
