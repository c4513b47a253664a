package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parlour.testing.Eventually.eventually;

import java.net.URI;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Twenty clients that talk while something is broken at random moments, and in the end the question whether all that they were told is
 * true: what was acknowledged is in the table, once and in its place; the table has no holes; and what each client saw runs in steps of
 * one and is what the table says. {@code -Dparlour.faults.seed} repeats the moments.
 */
final class FaultLoad {

    private static final int CLIENTS = 20;
    private static final int RATHER_FEW = 100;
    private static final Duration BACK_AFTER_A_FAULT = Duration.ofSeconds(30);

    /** Something breaks, and is whole again when this returns. */
    interface Fault {
        void strike() throws Exception;
    }

    private final String room;
    private final String database;
    private final long seed = Long.getLong("parlour.faults.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final List<FaultClient> clients;
    private final List<Thread> threads;

    /** @param address where the clients connect, asked for every connection; @param database its JDBC address */
    FaultLoad(Supplier<URI> address, String room, String database) {
        this.room = room;
        this.database = database;
        this.clients = IntStream.range(0, CLIENTS)
                .mapToObj(i -> new FaultClient(address, room, "client" + i))
                .toList();
        this.threads = clients.stream().map(Thread::new).toList();
    }

    int clients() {
        return CLIENTS;
    }

    /** How many connections the clients have had. */
    int connections() {
        return clients.stream().mapToInt(client -> client.reconnects).sum();
    }

    /** Has the clients talk while one fault after the other strikes, and holds everything against the table. */
    void bear(List<Fault> faults) throws Exception {
        threads.forEach(Thread::start);
        for (var fault : faults) {
            TimeUnit.MILLISECONDS.sleep(500 + random.nextInt(2_500));
            fault.strike();
            provesThatItAnswersAgain();
        }
        TimeUnit.SECONDS.sleep(1);
        clients.forEach(FaultClient::finish);
        for (var thread : threads) {
            thread.join(Duration.ofSeconds(60).toMillis());
            assertThat(thread.isAlive())
                    .as("a client still waits for an ack; seed %s", seed)
                    .isFalse();
        }
        holdAgainstTheTable();
    }

    private void provesThatItAnswersAgain() {
        var struck = System.nanoTime();
        eventually(
                "half of the clients are answered again; seed " + seed,
                BACK_AFTER_A_FAULT,
                () -> clients.stream().filter(client -> client.ackedAt > struck).count() >= CLIENTS / 2);
    }

    private record Row(long seq, String kind, String content, String nonce, Instant at) {}

    private void holdAgainstTheTable() throws Exception {
        var length = table().size();
        for (var client : clients) {
            client.listenUntil(length);
        }
        var table = table();
        assertThat(table)
                .extracting(Row::seq)
                .as("seq is dense; seed %s", seed)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, table.size())
                        .mapToObj(Long::valueOf)
                        .toList());
        var nonces = new HashSet<String>();
        assertThat(table)
                .as("nothing is stored twice; seed %s", seed)
                .filteredOn(row -> row.nonce() != null)
                .allMatch(row -> nonces.add(row.nonce()));
        for (var client : clients) {
            holdAgainstTheTable(client, table);
        }
        var acked = clients.stream().mapToInt(client -> client.acked.size()).sum();
        assertThat(acked).as("there was load").isGreaterThan(RATHER_FEW);
        System.out.printf(
                "faults: seed %d, %d acknowledged, %d events stored, %d connections%n",
                seed, acked, table.size(), connections());
    }

    private void holdAgainstTheTable(FaultClient client, List<Row> table) {
        assertThat(client.complaints).as("%s; seed %s", client, seed).isEmpty();
        for (var promise : client.acked.entrySet()) {
            assertThat(promise.getValue().seq())
                    .as("%s is stored; seed %s", promise, seed)
                    .isLessThanOrEqualTo(table.size());
            var row = table.get((int) promise.getValue().seq() - 1);
            assertThat(row.nonce()).as("%s; seed %s", promise, seed).isEqualTo(promise.getKey());
            assertThat(row.content()).isEqualTo(promise.getValue().content());
        }
        for (var seen : client.stream) {
            assertThat(seen.seq()).as("%s is stored; seed %s", seen, seed).isLessThanOrEqualTo(table.size());
            if (seen.kind().equals("NewMessage")) {
                assertThat(seen.content())
                        .isEqualTo(table.get((int) seen.seq() - 1).content());
            }
        }
    }

    /** By how many whole hours the time of an event differs from that of the one before, for each pair that differs by so much. */
    List<Long> hoursBetweenEvents() throws SQLException {
        var table = table();
        return IntStream.range(1, table.size())
                .mapToObj(i -> Duration.between(
                                table.get(i - 1).at(), table.get(i).at())
                        .plusMinutes(30))
                .map(gap -> Math.floorDiv(gap.toMinutes(), 60))
                .filter(hours -> hours != 0)
                .toList();
    }

    private List<Row> table() throws SQLException {
        var rows = new ArrayList<Row>();
        try (var connection = DriverManager.getConnection(database, "postgres", "postgres");
                var statement = connection.prepareStatement("select m.seq, m.kind, m.content, m.nonce, m.at"
                        + " from message m join room r on r.id = m.room_id where r.name = ? order by m.seq")) {
            statement.setString(1, room);
            try (var found = statement.executeQuery()) {
                while (found.next()) {
                    rows.add(new Row(
                            found.getLong(1),
                            found.getString(2),
                            found.getString(3),
                            found.getString(4),
                            found.getTimestamp(5).toInstant()));
                }
            }
        }
        return rows;
    }
}
