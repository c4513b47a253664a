package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The embedded database of a newcomer keeps what was acknowledged, also when the process is killed. */
class DurabilityIT {

    @Test
    void anAcknowledgedMessageSurvivesTheServer() throws Exception {
        try (var server = new ServerProcess("durable")) {
            server.start();
            var alice = ChatClient.connect(server.address(), "general", "chat.v1.json")
                    .as("alice");
            IntStream.rangeClosed(1, 60).forEach(i -> alice.send("message " + i));
            IntStream.rangeClosed(1, 60)
                    .forEach(
                            i -> alice.next(message -> message.getString("type").equals("Ack")
                                    && message.getJsonNumber("seq").longValue() > i));

            server.kill();
            server.start();

            var bob = ChatClient.connect(server.address(), "general", "chat.v1.json")
                    .as("bob");
            bob.drain();
            bob.send("/history");
            var contents = new ArrayList<String>();
            for (var more = true; more; ) {
                var batch = bob.next("Batch");
                batch.getJsonArray("events")
                        .forEach(event -> contents.add(event.asJsonObject().getString("content")));
                more = batch.getBoolean("hasMore");
            }
            assertThat(contents)
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, 60)
                            .mapToObj(i -> "message " + i)
                            .toList());
        }
    }

    @Test
    void slowModeIsNotForgotten() throws Exception {
        try (var server = new ServerProcess("slow")) {
            server.start();
            var rest = new Rest(server.address());
            rest.send("PUT", "rooms/slow", "{\"kind\":\"open\",\"slowMode\":600}", Rest.bearer(rest.loggedIn("anna")));
            rest.loggedIn("boris");
            var carla = rest.loggedIn("carla");
            var boris = speaking(server, rest.login("boris"));
            assertThat(said(boris, "one").getString("type")).isEqualTo("Ack");

            server.kill();
            server.start();

            var again = said(speaking(server, rest.login("boris")), "two");
            assertThat(again.getString("code")).isEqualTo("RATE_LIMITED");
            assertThat(again.getInt("retryAfterMs")).isBetween(300_000, 600_000);
            var posted = rest.send(
                    "POST", "rooms/slow/messages", "{\"content\":\"three\"}", Rest.bearer(rest.login("boris")));
            assertThat(posted.status()).isEqualTo(429);
            var other = speaking(server, carla);
            assertThat(said(other, "four").getString("type")).isEqualTo("Ack");
            assertThat(said(other, "five").getString("code")).isEqualTo("RATE_LIMITED");
        }
    }

    private static ChatClient speaking(ServerProcess server, JsonObject session) {
        var client = LoggedInClient.connect(server.address(), "slow", session, "chat.v1.json");
        client.send("{\"type\":\"Hello\",\"historyLimit\":0}");
        client.next("Welcome");
        return client;
    }

    private static JsonObject said(ChatClient client, String content) {
        client.send("{\"type\":\"Message\",\"content\":\"" + content + "\",\"ref\":\"" + content + "\"}");
        return client.next(message -> message.getString("ref", "").equals(content));
    }

    @Test
    void aStopStoresWhatWasTakenAndLogsNoFault() throws Exception {
        try (var server = new ServerProcess("stop")) {
            server.start();
            var alice = ChatClient.connect(server.address(), "general", "chat.v1.json")
                    .as("alice");
            var bob = ChatClient.connect(server.address(), "general").as("bob");
            IntStream.rangeClosed(1, 200).forEach(i -> alice.send("message " + i));

            server.stop();

            assertThat(alice.closeCode()).isEqualTo(1001);
            assertThat(bob.closeCode()).isEqualTo(1001);
            assertNoFaultIn(server);
            var highest = highestAck(alice);
            server.start();
            var told = everythingThatHappened(server);
            assertThat(told.size()).as("what was acknowledged is stored").isGreaterThanOrEqualTo(highest);
            assertThat(told).filteredOn(event -> event.contains("UserLeft")).hasSize(2);
        }
    }

    @Test
    void aRedeploymentAcknowledgesWhatWasTakenAndTellsEverybodyWhenToComeBack() throws Exception {
        try (var server = new ServerProcess("redeploy")) {
            server.start();
            var alice = ChatClient.connect(server.address(), "general", "chat.v1.json")
                    .as("alice");
            var bob = ChatClient.connect(server.address(), "general").as("bob");

            server.undeploy();
            for (int i = 0; alice.isOpen() && i < 100_000; i++) {
                sendIfOpen(alice, "message " + i);
            }

            assertThat(alice.closeCode()).isEqualTo(1001);
            assertThat(bob.closeCode()).isEqualTo(1001);
            var goodbye = alice.next("GoingAway");
            assertThat(goodbye.getInt("reconnectAfterMs")).isBetween(1_000, 2_000);
            server.deploy();
            assertNoFaultIn(server);
            assertThat(everythingThatHappened(server))
                    .filteredOn(event -> event.contains("UserLeft"))
                    .hasSize(2)
                    .allSatisfy(event -> assertThat(event).contains("\"reason\":\"restart\""));
        }
    }

    private static void sendIfOpen(ChatClient client, String text) throws InterruptedException {
        try {
            client.send(text);
        } catch (RuntimeException closing) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        TimeUnit.MILLISECONDS.sleep(1);
    }

    private static int highestAck(ChatClient client) {
        return client.drain().stream()
                .map(ChatClient::json)
                .filter(message -> message.getString("type").equals("Ack"))
                .mapToInt(ack -> ack.getInt("seq"))
                .max()
                .orElse(0);
    }

    private static void assertNoFaultIn(ServerProcess server) throws IOException {
        assertThat(Files.readString(server.log()))
                .doesNotContain(ApplicationServer.current().fault())
                .doesNotContain("\tat ")
                .doesNotContain("database is away")
                .doesNotContain("could not be stored");
    }

    private static List<String> everythingThatHappened(ServerProcess server) {
        var carol = ChatClient.connect(server.address(), "general", "chat.v1.json");
        carol.send("{\"type\":\"Hello\",\"since\":0}");
        var head = carol.next("Welcome").getInt("head");
        var told = new ArrayList<String>();
        while (told.size() < head) {
            carol.next("Batch").getJsonArray("events").forEach(event -> told.add(event.toString()));
        }
        return told;
    }
}
