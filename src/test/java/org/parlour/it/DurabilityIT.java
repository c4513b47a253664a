package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.ArrayList;
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
    void aStopWithPeopleOnlineSaysGoodbyeAndLogsNoFault() throws Exception {
        try (var server = new ServerProcess("stop")) {
            server.start();
            var alice = ChatClient.connect(server.address(), "general").as("alice");

            server.stop();

            assertThat(alice.closeCode()).isEqualTo(1001);
            assertThat(Files.readString(server.log())).doesNotContain("ERROR").doesNotContain("\tat ");
        }
    }
}
