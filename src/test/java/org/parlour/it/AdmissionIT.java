package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A server with its limits on, as an operator gets it. */
class AdmissionIT {

    @Test
    void aFloodIsToldThenEndedAndTheOthersAreHeard() throws Exception {
        try (var server = new ServerProcess("admission", "-Dparlour.admission=on", "-Dparlour.address-connections=8")) {
            server.start();
            var alice = ChatClient.connect(server.address(), "general", "chat.v1.json")
                    .as("alice");
            var bob = ChatClient.connect(server.address(), "general", "chat.v1.json")
                    .as("bob");
            var mallory = ChatClient.connect(server.address(), "general", "chat.v1.json")
                    .as("mallory");

            IntStream.range(0, 80)
                    .forEach(i -> mallory.send("{\"type\":\"Message\",\"content\":\"flood\",\"ref\":\"r" + i + "\"}"));
            var refused = mallory.next("Error");
            mallory.send("{\"type\":\"Private\",\"to\":\"bob\",\"content\":\"flood\",\"ref\":\"p\"}");
            var alone = mallory.next(message -> message.getString("ref", "").equals("p"));
            assertThat(alone.getString("code")).as("to one as to all").isEqualTo("RATE_LIMITED");
            assertThat(refused.getString("code")).isEqualTo("RATE_LIMITED");
            assertThat(refused.getString("ref")).startsWith("r");
            assertThat(refused.getBoolean("retryable")).isTrue();
            assertThat(refused.getInt("retryAfterMs")).isPositive();

            for (int i = 0; mallory.isOpen() && i < 5_000; i++) {
                try {
                    mallory.send("{\"type\":\"Message\",\"content\":\"flood\"}");
                } catch (RuntimeException closing) {
                    break;
                }
            }
            assertThat(mallory.closeCode()).isEqualTo(4101);
            alice.send("is anybody here?");
            var heard = bob.next(message -> message.getString("type").equals("NewMessage")
                    && message.getString("username").equals("alice"));
            assertThat(heard.getString("content")).isEqualTo("is anybody here?");

            var more = new ArrayList<ChatClient>();
            for (int i = 0; i < 7; i++) {
                more.add(ChatClient.connect(server.address(), "general"));
            }
            assertThat(more.get(6).next("Error").getString("code")).isEqualTo("TOO_MANY_CONNECTIONS");
            assertThat(more.get(6).closeCode()).isEqualTo(4010);
        }
    }

    @Test
    void aFloodOverHttpIsHeldUpWithATimeToWait() throws Exception {
        try (var server = new ServerProcess(
                "admission-http",
                "-Dparlour.admission=on",
                "-Dparlour.user-messages-per-second=1",
                "-Dparlour.user-message-burst=5")) {
            server.start();
            var rest = new Rest(server.address());
            var ann = Rest.bearer(rest.loggedIn("ann"));
            var bob = Rest.bearer(rest.loggedIn("bob"));

            var refused = IntStream.range(0, 50)
                    .mapToObj(i -> rest.post("rooms/lobby/messages", "{\"content\":\"" + i + "\"}", ann))
                    .filter(answer -> answer.status() != 201)
                    .findFirst()
                    .orElseThrow();

            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.code()).isEqualTo("RATE_LIMITED");
            assertThat(refused.header("Retry-After")).isEqualTo("1");
            assertThat(rest.post("rooms/lobby/messages", "{\"content\":\"me\"}", bob)
                            .status())
                    .isEqualTo(201);
        }
    }
}
