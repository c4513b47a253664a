package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is told to whoever watches over the server, while its database goes and comes. */
class HealthIT {

    private static final Duration RECOVERY = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void withoutItsDatabaseItLivesAndIsNotReadyAndThenIsAgainByItself() throws Exception {
        try (var postgres = new ControlledPostgres();
                var server = new ServerProcess("health", postgres, "-Dparlour.metrics-from=127.0.0.1")) {
            server.start();
            var live = server.address().resolve("api/v1/health/live");
            var ready = server.address().resolve("api/v1/health/ready");
            var metrics = server.address().resolve("api/v1/metrics");
            var theServers = server.managementAddress().resolve("health/ready");

            assertThat(status(live)).isEqualTo(200);
            assertThat(answer(metrics)).contains("\nparlour_database_available 0.0\n");
            assertThat(status(ready))
                    .as("before the database has ever been there")
                    .isEqualTo(503);
            assertThat(status(theServers)).isEqualTo(503);
            assertThat(status(server.managementAddress().resolve("health/live")))
                    .isEqualTo(200);

            postgres.start();
            await(ready, 200);
            assertThat(answer(ready)).isEqualTo("{\"status\":\"UP\"}");
            await(theServers, 200);
            assertThat(answer(metrics)).contains("\nparlour_database_available 1.0\n");
            assertThat(answer(theServers)).contains("\"name\":\"parlour\"");
            var account = new Rest(server.address()).loggedIn("ann");

            postgres.stop();
            await(ready, 503);
            assertThat(answer(ready)).contains("\"code\":\"STORAGE_UNAVAILABLE\"");
            assertThat(status(live)).isEqualTo(200);
            for (var path : new String[] {"rooms", "conversations", "rooms/lobby/messages"}) {
                var asked = new Rest(server.address()).send("GET", path, null, Rest.bearer(account));
                assertThat(asked.status()).as(path).isEqualTo(503);
                assertThat(asked.code()).isEqualTo("STORAGE_UNAVAILABLE");
                assertThat(asked.header("Retry-After")).isNotNull();
            }
            await(theServers, 503);

            postgres.start();
            await(ready, 200);
            await(theServers, 200);
        }
    }

    @Test
    void aDatabaseThatHangsIsNoticedAndHoldsNobodyUp() throws Exception {
        try (var postgres = new ControlledPostgres();
                var server = new ServerProcess("health-frozen", postgres)) {
            postgres.start();
            server.start();
            var live = server.address().resolve("api/v1/health/live");
            var ready = server.address().resolve("api/v1/health/ready");
            await(ready, 200);

            postgres.freeze();
            try {
                TimeUnit.MILLISECONDS.sleep(1_100);
                var asked = System.nanoTime();
                assertThat(status(ready)).isEqualTo(503);
                for (int i = 0; i < 20; i++) {
                    assertThat(status(ready)).isEqualTo(503);
                }
                assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(4));
                assertThat(status(live)).isEqualTo(200);
            } finally {
                postgres.thaw();
            }

            await(ready, 200);
        }
    }

    // About WildFly: Payara cannot be without it.
    @Test
    @Tag("wildfly")
    void aServerWithoutMicroProfileHealthIsAskedAtParloursOwnAddressOnly() throws Exception {
        try (var server = new ServerProcess("health-plain")) {
            server.configure(xml -> xml.replaceAll(
                    "<(extension module=\"org.wildfly.extension.|subsystem xmlns=\"urn:wildfly:)microprofile[.-]health-smallrye[^>]*/>",
                    ""));
            server.start();

            await(server.address().resolve("api/v1/health/ready"), 200);
            assertThat(answer(server.managementAddress().resolve("health/ready")))
                    .doesNotContain("parlour");
        }
    }

    private void await(URI probe, int status) throws IOException, InterruptedException {
        var deadline = System.nanoTime() + RECOVERY.toNanos();
        while (status(probe) != status) {
            assertThat(System.nanoTime())
                    .as("%s becomes %s in time", probe, status)
                    .isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private int status(URI probe) throws IOException, InterruptedException {
        return http.send(request(probe), BodyHandlers.discarding()).statusCode();
    }

    private String answer(URI probe) throws IOException, InterruptedException {
        return http.send(request(probe), BodyHandlers.ofString()).body();
    }

    private static HttpRequest request(URI probe) {
        return HttpRequest.newBuilder(probe).timeout(ChatClient.PATIENCE).build();
    }
}
