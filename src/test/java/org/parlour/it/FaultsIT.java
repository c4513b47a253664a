package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parlour.testing.Eventually.eventually;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What was acknowledged is never lost, doubled or reordered, whatever is killed: the real server and the real database under load,
 * broken at random moments ({@code -Dparlour.faults.seed} repeats them), and in the end every client's memory is held against the
 * table. The long forms run with {@code -Pfaults}.
 */
class FaultsIT {

    private static final int CLIENTS = 20;
    private static final String ROOM = "faults";

    private final long seed = Long.getLong("parlour.faults.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final Path data = Files.createTempDirectory(
            Files.createDirectories(Path.of(System.getProperty("parlour.it.directory"))), "postgres-");

    FaultsIT() throws IOException {}

    private interface Fault {
        void strike(ServerProcess server, ControlledPostgres postgres) throws Exception;
    }

    private static void killServer(ServerProcess server, ControlledPostgres postgres) throws Exception {
        server.kill();
        server.start();
    }

    private static void crashDatabase(ServerProcess server, ControlledPostgres postgres) throws Exception {
        postgres.crash();
        postgres.start();
    }

    private static void restartServer(ServerProcess server, ControlledPostgres postgres) throws Exception {
        server.stop();
        server.start();
    }

    @Test
    void nothingIsLostOrDoubledWhateverIsKilled() throws Exception {
        run(List.of(FaultsIT::killServer, FaultsIT::crashDatabase, FaultsIT::restartServer, FaultsIT::crashDatabase));
    }

    @Test
    @Tag("faults")
    void twentyKillsOfTheServer() throws Exception {
        run(IntStream.range(0, 20).mapToObj(i -> (Fault) FaultsIT::killServer).toList());
    }

    @Test
    @Tag("faults")
    void tenCrashesOfTheDatabase() throws Exception {
        run(IntStream.range(0, 10)
                .mapToObj(i -> (Fault) FaultsIT::crashDatabase)
                .toList());
    }

    @Test
    @Tag("faults")
    void tenCrashesOfBothInTurn() throws Exception {
        run(IntStream.range(0, 10)
                .mapToObj(i -> i % 2 == 0 ? (Fault) FaultsIT::killServer : (Fault) FaultsIT::crashDatabase)
                .toList());
    }

    @Test
    @Tag("faults")
    void fiveGracefulRestarts() throws Exception {
        run(IntStream.range(0, 5).mapToObj(i -> (Fault) FaultsIT::restartServer).toList());
    }

    private void run(List<Fault> faults) throws Exception {
        try (var postgres = new ControlledPostgres(data);
                var server = new ServerProcess(
                        "faults",
                        "-Dparlour.db.driver=postgresql",
                        "-Dparlour.db.user=postgres",
                        "-Dparlour.db.password=postgres",
                        "-Dparlour.db.url=" + postgres.url())) {
            postgres.start();
            server.start();
            var clients = IntStream.range(0, CLIENTS)
                    .mapToObj(i -> new FaultClient(server::address, ROOM, "client" + i))
                    .toList();
            var threads = clients.stream().map(Thread::new).toList();
            threads.forEach(Thread::start);

            for (var fault : faults) {
                TimeUnit.MILLISECONDS.sleep(500 + random.nextInt(2_500));
                fault.strike(server, postgres);
                provesThatItAnswersAgain(clients);
            }

            TimeUnit.SECONDS.sleep(1);
            clients.forEach(FaultClient::finish);
            for (var thread : threads) {
                thread.join(Duration.ofSeconds(60).toMillis());
                assertThat(thread.isAlive())
                        .as("a client still waits for an ack; seed %s", seed)
                        .isFalse();
            }
            holdAgainstTheTable(clients, postgres.url());
        }
    }

    private void provesThatItAnswersAgain(List<FaultClient> clients) {
        var struck = System.nanoTime();
        eventually(
                "half of the clients are answered again; seed " + seed,
                () -> clients.stream().filter(client -> client.ackedAt > struck).count() >= CLIENTS / 2);
        assertThat(Duration.ofNanos(System.nanoTime() - struck)).isLessThan(Duration.ofSeconds(30));
    }

    private record Row(long seq, String kind, String senderId, String content, String nonce) {}

    private void holdAgainstTheTable(List<FaultClient> clients, String url) throws Exception {
        var table = table(url);
        for (var client : clients) {
            client.listenUntil(table.size());
        }
        table = table(url);

        assertThat(table)
                .extracting(Row::seq)
                .as("seq is dense; seed %s", seed)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, table.size())
                        .mapToObj(Long::valueOf)
                        .toList());
        var nonces = new HashSet<String>();
        assertThat(table).filteredOn(row -> row.nonce() != null).allMatch(row -> nonces.add(row.nonce()));
        for (var client : clients) {
            assertThat(client.complaints).as("%s; seed %s", client, seed).isEmpty();
            for (var promise : client.acked.entrySet()) {
                var row = table.get((int) promise.getValue().seq() - 1);
                assertThat(row.nonce()).as("%s; seed %s", promise, seed).isEqualTo(promise.getKey());
                assertThat(row.content()).isEqualTo(promise.getValue().content());
            }
            for (var seen : client.stream) {
                var row = table.get((int) seen.seq() - 1);
                if (seen.kind().equals("NewMessage")) {
                    assertThat(seen.content()).isEqualTo(row.content());
                }
            }
        }
        var acked = clients.stream().mapToInt(client -> client.acked.size()).sum();
        assertThat(acked).as("there was load").isGreaterThan(100);
        System.out.printf(
                "faults: seed %d, %d acknowledged, %d events stored, %d connections%n",
                seed,
                acked,
                table.size(),
                clients.stream().mapToInt(client -> client.reconnects).sum());
    }

    private static List<Row> table(String url) throws SQLException {
        var rows = new ArrayList<Row>();
        try (var connection = DriverManager.getConnection(url, "postgres", "postgres");
                var statement = connection.prepareStatement("select m.seq, m.kind, m.sender_id, m.content, m.nonce"
                        + " from message m join room r on r.id = m.room_id where r.name = ? order by m.seq")) {
            statement.setString(1, ROOM);
            try (var found = statement.executeQuery()) {
                while (found.next()) {
                    rows.add(new Row(
                            found.getLong(1),
                            found.getString(2),
                            found.getString(3),
                            found.getString(4),
                            found.getString(5)));
                }
            }
        }
        return rows;
    }
}
