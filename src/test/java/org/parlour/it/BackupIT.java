package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import jakarta.json.JsonObject;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Going back to a backup with what docs/operations.md says, and what clients are told that have seen more than there is. */
class BackupIT {

    /** What ann was told before the backup. */
    private JsonObject welcome;

    private JsonObject carol;

    @Test
    void whoComesBackToARestoredPostgresIsToldThatItBeginsAnew() throws Exception {
        assumeTrue(
                InstalledPostgres.tools().isPresent() || System.getenv("CI") != null,
                "PostgreSQL is not installed: apt-get install postgresql");
        try (var postgres = new InstalledPostgres()) {
            postgres.run("createdb", "parlour");
            var dump = Files.createTempDirectory("dump").resolve("parlour.dump");
            try (var server = new ServerProcess("backup", settings(postgres, "parlour")).start()) {
                try (var ann = before(server.address())) {
                    postgres.run("pg_dump", "--format=custom", "--file=" + dump, "parlour");
                    afterTheBackup(ann, server.address());
                }
                server.stop();
            }

            var told = postgres.run("server-config/postgres/restore.sh", dump.toString(), "parlour_restored");

            assertThat(told).contains("parlour_restored is ready").doesNotContain("ERROR");
            assertThat(postgres.run(
                            "psql", "-XAtc", "select count(*) = count(distinct epoch) from room", "parlour_restored"))
                    .isEqualTo("t\n");
            try (var server = new ServerProcess("restored", settings(postgres, "parlour_restored")).start()) {
                check(server.address());
            }
            assertThat(postgres.run("psql", "-XAtc", "select max(seq) from message", "parlour"))
                    .as("the old one is as it was")
                    .isNotEqualTo("11\n");
        }
    }

    @Test
    void aRestoreThatFailsLeavesNoDatabase() throws Exception {
        assumeTrue(InstalledPostgres.tools().isPresent() || System.getenv("CI") != null);
        try (var postgres = new InstalledPostgres()) {
            var dump = Files.createTempDirectory("dump").resolve("other.dump");
            postgres.run("createdb", "other");
            postgres.run("psql", "-Xc", "create table something (id integer)", "other");
            postgres.run("pg_dump", "--format=custom", "--file=" + dump, "other");

            assertThatThrownBy(() -> postgres.run("server-config/postgres/restore.sh", dump.toString(), "parlour"))
                    .as("a dump of something else")
                    .hasMessageContaining("relation \"room\" does not exist");
            assertThatThrownBy(() -> postgres.run("server-config/postgres/restore.sh", dump.toString(), "other"))
                    .as("a database that is there")
                    .hasMessageContaining("already exists");

            assertThat(postgres.run("psql", "-XAtc", "select datname from pg_database", "postgres"))
                    .contains("other")
                    .doesNotContain("parlour");
        }
    }

    @Test
    @Tag("wildfly")
    void whoComesBackToARestoredH2FileIsToldThatItBeginsAnew() throws Exception {
        try (var server = new ServerProcess("backup-h2")) {
            var file = server.directory().resolve("data/parlour.mv.db");
            var copy = server.directory().resolve("backup.mv.db");
            server.start();
            before(server.address()).close();
            server.stop();
            Files.copy(file, copy);
            server.start();
            try (var ann = comeBack(server.address(), 11)) {
                assertThat(ann.next("Welcome").getBoolean("recovered"))
                        .as("after a mere restart")
                        .isTrue();
                ann.as("ann");
                afterTheBackup(ann, server.address());
            }
            server.stop();
            Files.delete(file);
            Files.copy(copy, file);

            runAfterRestore(file);

            server.start();
            check(server.address());
        }
    }

    // The command of the book, with the names that a shell would have put in.
    private static void runAfterRestore(Path file) throws Exception {
        var book = Files.readString(Path.of("docs/operations.md"));
        var command = Pattern.compile("(?m)^java -cp [^`]+after-restore\\.sql$").matcher(book);
        assertThat(command.find()).isTrue();
        var builder = new ProcessBuilder("sh", "-c", command.group()).inheritIO();
        builder.environment()
                .put("JBOSS_HOME", ApplicationServer.HOME.toAbsolutePath().toString());
        builder.environment()
                .put("PARLOUR_DATA", file.getParent().toAbsolutePath().toString());
        var process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    private static String[] settings(InstalledPostgres postgres, String database) {
        return List.of(
                        "-Dparlour.db.driver=postgresql",
                        "-Dparlour.db.user=postgres",
                        "-Dparlour.db.password=postgres",
                        "-Dparlour.db.url=" + postgres.url(database))
                .toArray(String[]::new);
    }

    /** What the backup has: a join and ten messages, an account. @return who has said them */
    private ChatClient before(URI base) {
        carol = new Rest(base).loggedIn("carol");
        var ann = ChatClient.connect(base, "general", "chat.v1.json");
        ann.send("{\"type\":\"Hello\",\"username\":\"ann\"}");
        welcome = ann.next("Welcome");
        say(ann, 1, 10);
        return ann;
    }

    /** What it has not: acknowledged all the same. */
    private void afterTheBackup(ChatClient ann, URI base) {
        say(ann, 11, 15);
        ChatClient.connect(base, "later", "chat.v1.json").as("ann").close();
    }

    private static void say(ChatClient client, int from, int to) {
        for (int i = from; i <= to; i++) {
            client.send("{\"type\":\"Message\",\"content\":\"message " + i + "\",\"nonce\":\"n-" + i + "\"}");
            client.next("Ack");
        }
    }

    private void check(URI base) {
        // One that has seen all there was, one whose newest is there, and one whose newest number is given out again.
        for (int since : new int[] {16, 5}) {
            assertBegunAnew(base, since);
        }
        var other = ChatClient.connect(base, "general", "chat.v1.json");
        other.send("{\"type\":\"Hello\",\"username\":\"bob\"}");
        other.next("Welcome");
        say(other, 100, 104);
        assertBegunAnew(base, 14);

        var ann = comeBack(base, 0);
        var now = ann.next("Welcome");
        assertThat(now.getString("userId")).isEqualTo(welcome.getString("userId"));
        assertThat(now.getBoolean("recovered"))
                .as("since 0 is good for every log")
                .isTrue();
        var first = ann.next("Batch").getJsonArray("events").getValuesAs(JsonObject.class);
        assertThat(first.subList(1, 11))
                .extracting(event -> event.getString("content"))
                .startsWith("message 1")
                .endsWith("message 10");
        ann.send("/user ann");
        ann.send("{\"type\":\"Message\",\"content\":\"message 3\",\"nonce\":\"n-3\",\"ref\":\"again\"}");
        var again = ann.next(message -> message.getString("ref", "").equals("again"));
        assertThat(again.getInt("seq")).isEqualTo(4);
        assertThat(again.getBoolean("duplicate")).isTrue();

        var rest = new Rest(base);
        assertThat(rest.refresh(carol.getString("refreshToken")).status()).isEqualTo(401);
        assertThat(rest.login("carol").getString("userId")).isEqualTo(carol.getString("userId"));
    }

    private void assertBegunAnew(URI base, int since) {
        try (var client = comeBack(base, since)) {
            var told = client.next("Welcome");
            assertThat(told.getBoolean("recovered")).as("since %d", since).isFalse();
            assertThat(told.getString("epoch")).isNotEqualTo(welcome.getString("epoch"));
            assertThat(told.getInt("oldest")).isEqualTo(1);
        }
    }

    private ChatClient comeBack(URI base, int since) {
        var client = ChatClient.connect(base, "general", "chat.v1.json");
        client.send("{\"type\":\"Hello\",\"token\":\"" + welcome.getString("token") + "\",\"since\":" + since
                + ",\"epoch\":\"" + welcome.getString("epoch", "") + "\"}");
        return client;
    }
}
