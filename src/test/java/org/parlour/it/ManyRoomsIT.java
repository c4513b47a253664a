package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parlour.testing.Eventually.eventually;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One client that makes room after room. */
class ManyRoomsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long HEAP_NOISE = 16 << 20;

    /** How many are held at a time. */
    private static final int HELD = 50;

    @Test
    void thousandsOfRoomsOneAfterTheOtherLeaveNothingBehind() throws Exception {
        makeAndLeave(3_000);
    }

    @Test
    @Tag("faults")
    void aHundredThousandRoomsLeaveNothingBehind() throws Exception {
        makeAndLeave(100_000);
    }

    private void makeAndLeave(int rooms) throws Exception {
        try (var server = new ServerProcess("rooms").start();
                var figures = new Figures(server.pid())) {
            var client = ChatClient.connect(server.address(), "home", "chat.v1.json");
            client.send("{\"type\":\"Hello\"}");
            client.next("Welcome");
            visit(client, 0, 500);
            var before = figures.reachableHeap();

            visit(client, 500, rooms);

            eventually("one room is left", PATIENCE, () -> figures.chat.getRooms() == 1);
            assertThat(figures.reachableHeap() - before).isLessThan(HEAP_NOISE);
        }
    }

    private static void visit(ChatClient client, int from, int to) {
        for (int first = from; first < to; first += HELD) {
            for (int i = first; i < first + HELD; i++) {
                client.send("{\"type\":\"Join\",\"room\":\"room-" + i + "\"}");
            }
            for (int i = 0; i < HELD; i++) {
                client.next("Welcome");
            }
            for (int i = first; i < first + HELD; i++) {
                client.send("{\"type\":\"Leave\",\"room\":\"room-" + i + "\"}");
            }
            for (int i = 0; i < HELD; i++) {
                client.next("Notice");
            }
        }
    }

    @Test
    void withTheLimitsOneClientGetsAsFarAsItsShare() throws Exception {
        try (var server = new ServerProcess("share", "-Dparlour.admission=on").start();
                var figures = new Figures(server.pid())) {
            var client = ChatClient.connect(server.address(), "home", "chat.v1.json");
            client.send("{\"type\":\"Hello\"}");
            client.next("Welcome");

            for (int i = 0; i < 500; i++) {
                client.send("{\"type\":\"Join\",\"room\":\"room-" + i + "\",\"ref\":\"" + i + "\"}");
            }

            var refused = client.next("Error");
            assertThat(refused.getString("code")).isIn("RATE_LIMITED", "ROOM_LIMIT", "OVERLOADED");
            assertThat(refused.getBoolean("retryable")).isTrue();
            assertThat(refused.getInt("retryAfterMs")).isPositive();
            assertThat(figures.chat.getRooms()).isLessThan(110);
        }
    }
}
