package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The PostgreSQL of this machine, for its tools, which the one in the tests' class path has not. With data of its own. */
final class InstalledPostgres implements AutoCloseable {

    /** The folder of Debian and its kin. */
    private static final Path VERSIONS = Path.of("/usr/lib/postgresql");

    private static final int PATIENCE_SECONDS = 60;

    private final Path tools = tools().orElseThrow();
    private final Path directory;
    private final int port;

    InstalledPostgres() throws IOException, InterruptedException {
        directory = Files.createTempDirectory(
                Files.createDirectories(Path.of(System.getProperty("parlour.it.directory"))), "installed-postgres-");
        try (var any = new ServerSocket(0)) {
            port = any.getLocalPort();
        }
        var data = directory.resolve("data").toString();
        run(asSomebody("initdb", "--pgdata=" + data, "--username=postgres", "--auth=trust", "--encoding=UTF8"));
        run(asSomebody(
                "pg_ctl",
                "start",
                "--wait",
                "--pgdata=" + data,
                "--log=" + directory.resolve("server.log"),
                "--options=-p " + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories=''"));
    }

    /** Where its programs are, if it is there. */
    static Optional<Path> tools() throws IOException {
        if (!Files.isDirectory(VERSIONS)) {
            return Optional.empty();
        }
        try (var versions = Files.list(VERSIONS)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin ->
                            Files.isExecutable(bin.resolve("initdb")) && Files.isExecutable(bin.resolve("pg_restore")))
                    .max(Comparator.comparing(Path::toString));
        }
    }

    // It does not run as root; in a namespace without names, root is nobody.
    private List<String> asSomebody(String tool, String... arguments) {
        var command = new ArrayList<String>();
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("unshare", "--user"));
        }
        command.add(tools.resolve(tool).toString());
        command.addAll(List.of(arguments));
        return command;
    }

    String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?reWriteBatchedInserts=true";
    }

    /** Runs something that finds the tools and the server by its environment. @return what it wrote */
    String run(String... command) throws IOException, InterruptedException {
        return run(List.of(command));
    }

    private String run(List<String> command) throws IOException, InterruptedException {
        var output = Files.createTempFile(directory, "told-", ".txt");
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().merge("PATH", tools.toString(), (path, first) -> first + ":" + path);
        builder.environment().put("PGHOST", "127.0.0.1");
        builder.environment().put("PGPORT", Integer.toString(port));
        builder.environment().put("PGUSER", "postgres");
        var process = builder.start();
        process.getOutputStream().close();
        try {
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("%s in time, see %s", command, output)
                    .isTrue();
            var told = Files.readString(output);
            assertThat(process.exitValue()).as("%s: %s", command, told).isZero();
            return told;
        } finally {
            process.destroyForcibly();
        }
    }

    @Override
    public void close() throws IOException {
        try {
            run(asSomebody("pg_ctl", "stop", "--wait", "--mode=immediate", "--pgdata=" + directory.resolve("data")));
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
