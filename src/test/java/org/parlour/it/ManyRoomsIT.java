package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.parlour.testing.Eventually.eventually;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One client that makes room after room. */
class ManyRoomsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long HEAP_NOISE = 16 << 20;

    /** How many one connection may be in, unless it is set otherwise. */
    private static final int ROOMS = 50;

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
    void oneClientIsInNoMoreRoomsThanItMay() throws Exception {
        try (var server = new ServerProcess(
                                "share",
                                "-Dparlour.admission=on",
                                "-Dparlour.connection-joins-per-minute=1000",
                                "-Dparlour.connection-message-burst=1000")
                        .start();
                var figures = new Figures(server.pid())) {
            var client = ChatClient.connect(server.address(), "home", "chat.v1.json");
            client.send("{\"type\":\"Hello\"}");
            client.next("Welcome");

            join(client, ROOMS + 10);

            for (int i = 1; i <= 11; i++) {
                assertThat(client.next("Error").getString("code")).isEqualTo("TOO_MANY_ROOMS");
            }
            assertThat(figures.chat.getRooms()).isEqualTo(ROOMS);
        }
    }

    @Test
    void whoMakesRoomsAsFastAsItCanIsThrownOutAndTheRoomsAreGone() throws Exception {
        try (var server = new ServerProcess("rooms-flood", "-Dparlour.admission=on").start();
                var figures = new Figures(server.pid())) {
            var client = ChatClient.connect(server.address(), "home", "chat.v1.json");
            client.send("{\"type\":\"Hello\"}");
            client.next("Welcome");

            assertThatThrownBy(() -> join(client, 100_000))
                    .as("it is closed meanwhile")
                    .isInstanceOf(CompletionException.class);

            assertThat(client.closeCode()).isEqualTo(4101);
            eventually("no room is left", PATIENCE, () -> figures.chat.getRooms() == 0);
        }
    }

    private static void join(ChatClient client, int rooms) {
        for (int i = 0; i < rooms; i++) {
            client.send("{\"type\":\"Join\",\"room\":\"room-" + i + "\",\"ref\":\"" + i + "\"}");
        }
    }
}
