package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The database goes and comes; the server stays. */
class StorageOutageIT {

    private static final Duration RECOVERY = Duration.ofSeconds(30);

    private final Path data = Files.createTempDirectory(
            Files.createDirectories(Path.of(System.getProperty("parlour.it.directory"))), "postgres-");

    StorageOutageIT() throws IOException {}

    @Test
    void theServerOutlivesItsDatabaseAtStartAndLater() throws Exception {
        try (var postgres = new ControlledPostgres(data);
                var server = new ServerProcess(
                        "outage",
                        "-Dparlour.db.driver=postgresql",
                        "-Dparlour.db.user=postgres",
                        "-Dparlour.db.password=postgres",
                        "-Dparlour.db.url=" + postgres.url() + "&connectTimeout=2")) {
            server.start();
            var alice = ChatClient.connect(server.address(), "general");
            var bob = ChatClient.connect(server.address(), "general");

            alice.send("/user alice");
            assertIsRetryable(alice.next("Error"));

            postgres.start();
            untilNamed(alice, "alice");
            untilNamed(bob, "bob");
            alice.send("before the outage");
            assertThat(bob.nextContent()).isEqualTo("before the outage");

            postgres.stop();
            alice.send("refused");
            assertIsRetryable(alice.next("Error"));
            alice.send("/history 1");
            assertThat(alice.next("NewMessage").getString("content"))
                    .as("what is in memory can be read without the database")
                    .isEqualTo("before the outage");
            bob.vanish();

            postgres.start();
            var left = alice.next("UserLeft");
            assertThat(left.getString("username"))
                    .as("nobody can send a leave again, so it waited for the database")
                    .isEqualTo("bob");
            untilNamed(ChatClient.connect(server.address(), "general"), "carol");
            alice.send("after the outage");
            alice.send("/history");
            assertThat(alice.nextContent()).isEqualTo("before the outage");
            assertThat(alice.nextContent()).as("what was refused is not stored").isEqualTo("after the outage");
            assertThat(Files.readString(server.log()))
                    .contains("The database is back")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void aFrozenDatabaseIsToldWithinThreeSecondsAndHarmsNothingElse() throws Exception {
        try (var postgres = new ControlledPostgres(data);
                var server = new ServerProcess("freeze", postgres)) {
            postgres.start();
            server.start();
            var alice = ChatClient.connect(server.address(), "general", "chat.v1.json")
                    .as("alice");
            var bob = ChatClient.connect(server.address(), "general", "chat.v1.json")
                    .as("bob");
            alice.send("{\"type\":\"Message\",\"content\":\"before\"}");
            assertThat(bob.nextContent()).isEqualTo("before");

            postgres.freeze();
            var frozen = System.nanoTime();
            try {
                for (int i = 0; i < 20; i++) {
                    alice.send("{\"type\":\"Message\",\"content\":\"frozen " + i + "\",\"nonce\":\"n" + i + "\"}");
                }
                for (int i = 0; i < 20; i++) {
                    assertIsRetryable(alice.next("Error"));
                }
                assertThat(Duration.ofNanos(System.nanoTime() - frozen)).isLessThan(Duration.ofSeconds(3));
                bob.send("{\"type\":\"History\",\"limit\":1,\"ref\":\"h\"}");
                assertThat(bob.next("Batch").toString())
                        .as("what is in memory can be read")
                        .contains("before");
            } finally {
                postgres.thaw();
            }

            resendUntilAcknowledged(alice, "{\"type\":\"Message\",\"content\":\"frozen 0\",\"nonce\":\"n0\"}");
            alice.send("{\"type\":\"Message\",\"content\":\"after\"}");
            var heard = new ArrayList<String>();
            while (!heard.contains("after")) {
                heard.add(bob.nextContent());
            }
            assertThat(heard)
                    .as("stored at most once, told at most once")
                    .doesNotHaveDuplicates()
                    .contains("frozen 0");
            assertThat(Files.readString(server.log()))
                    .contains("The database is back")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void threadsDoNotPileUpBehindAFrozenDatabase() throws Exception {
        try (var postgres = new ControlledPostgres(data);
                var server = new ServerProcess("threads", postgres)) {
            postgres.start();
            server.start();
            var clients = new ArrayList<ChatClient>();
            for (int i = 0; i < 50; i++) {
                clients.add(ChatClient.connect(server.address(), "room" + i, "chat.v1.json")
                        .as("client" + i));
            }
            try (var figures = new Figures(server.pid())) {
                var before = figures.threads();

                postgres.freeze();
                try {
                    for (var client : clients) {
                        client.send("{\"type\":\"Message\",\"content\":\"frozen\"}");
                        client.send("{\"type\":\"History\",\"limit\":50,\"before\":1}");
                        client.send("{\"type\":\"Join\",\"room\":\"another\"}");
                    }
                    for (var client : clients) {
                        assertIsRetryable(client.next("Error"));
                    }

                    assertThat(figures.threads()).isLessThan(before + clients.size() / 2);
                } finally {
                    postgres.thaw();
                }
            }
        }
    }

    private static void assertIsRetryable(JsonObject error) {
        assertThat(error.getString("code")).isEqualTo("STORAGE_UNAVAILABLE");
        assertThat(error.getBoolean("retryable")).isTrue();
    }

    /** As a client would: sends again while the refusal says that it may. */
    private static void untilNamed(ChatClient client, String username) throws InterruptedException {
        var deadline = System.nanoTime() + RECOVERY.toNanos();
        while (System.nanoTime() < deadline) {
            client.send("/user " + username);
            client.send("/who");
            var answer = client.next(message -> message.getString("type").equals("Error")
                    || message.toString().contains("\"WHO\""));
            if (answer.getString("message").contains(username)) {
                client.drain();
                return;
            }
            if (answer.getString("type").equals("Error")) {
                assertIsRetryable(answer);
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
        throw new AssertionError("The server did not recover within " + RECOVERY);
    }

    // In the moment of the thaw the lane may still be giving up what it has.
    private static void resendUntilAcknowledged(ChatClient client, String message) throws InterruptedException {
        for (int i = 0; i < 50; i++) {
            client.send(message);
            var answer = client.next(reply -> List.of("Ack", "Error").contains(reply.getString("type")));
            if (answer.getString("type").equals("Ack")) {
                return;
            }
            assertIsRetryable(answer);
            Thread.sleep(100);
        }
        throw new AssertionError("Never acknowledged: " + message);
    }
}
