package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Peers that are connected but not there, on a server that is quick to notice. */
class VanishedPeersIT {

    private static ServerProcess server;

    @BeforeAll
    static void anImpatientServer() throws Exception {
        server = new ServerProcess("impatient", "-Dparlour.heartbeat-seconds=1", "-Dparlour.stall-seconds=3").start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aPeerThatGivesNoSignOfLifeIsTakenOut() throws IOException {
        var alice = ChatClient.connect(server.address(), "silence").as("alice");
        try (var silent = RawClient.connect(server.address(), "silence")) {
            silent.say("/user silent");
            alice.next("UserJoined");

            var left = alice.next("UserLeft");

            assertThat(left.getString("username")).isEqualTo("silent");
            assertThat(left.getString("reason")).isEqualTo("timeout");
        }
        assertThat(alice.isOpen()).as("whoever answers pings stays").isTrue();
    }

    @Test
    void aReaderThatTakesNothingIsTakenOutAndTheRoomGoesOn() throws IOException {
        var alice = ChatClient.connect(server.address(), "stall").as("alice");
        var bob = ChatClient.connect(server.address(), "stall").as("bob");
        try (var stalled = RawClient.connect(server.address(), "stall", 4_096)) {
            stalled.say("/user stalled");
            alice.next("UserJoined");
            alice.next("UserJoined");

            var text = "x".repeat(3_900);
            for (int i = 0; i < 2_000; i++) {
                alice.send(text);
            }
            for (int i = 0; i < 2_000; i++) {
                bob.next("NewMessage");
            }

            var left = alice.next("UserLeft");
            assertThat(left.getString("username")).isEqualTo("stalled");
            assertThat(left.getString("reason")).isEqualTo("timeout");
        }
        assertThat(bob.isOpen()).isTrue();
    }
}
