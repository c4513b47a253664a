package org.parlour.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.parlour.auth.RoomBook;
import org.parlour.config.ChatConfig;
import org.parlour.metrics.ChatMetrics;
import org.parlour.protocol.Face;
import org.parlour.protocol.RoomName;
import org.parlour.protocol.ServerMessage;

class FlowTest {

    private static final RoomName LOBBY = new RoomName("lobby");
    private static final ServerMessage TYPING = new ServerMessage.Typing("lobby", "ann", "active");

    private static final Member ANN = new FakeMember("ann", Face.FULL);

    /** How often a room is asked: the machine may be slow now and then, and then less of a tick is left. */
    private static final int TIMES = 200;

    private final List<Duration> waits = new ArrayList<>();

    @Test
    void aQuietRoomTellsAtOnceAndThenGathersForTheRestOfTheTick() {
        var room = roomOf(3, "1000");

        room.flow().passing(TYPING, ANN);
        room.flow().passing(TYPING, ANN);

        assertThat(waits).hasSize(2);
        assertThat(waits.get(0)).isZero();
        assertThat(waits.get(1)).isBetween(Duration.ofMillis(250), Duration.ofMillis(1_000));
    }

    @ParameterizedTest
    @CsvSource({"10, 5, 4, 5", "100, 5, 6, 10", "1000, 5, 11, 25", "1000, 40, 21, 40"})
    void theTickGrowsWithTheRoomButNotBeyondWhatNobodyFeels(int members, String tick, long least, long most) {
        var room = roomOf(members, tick);

        for (int i = 0; i < TIMES; i++) {
            room.flow().passing(TYPING, ANN);
        }

        assertThat(waits.stream().max(Duration::compareTo).orElseThrow())
                .isBetween(Duration.ofMillis(least), Duration.ofMillis(most));
    }

    @Test
    void withoutATickNobodyWaits() {
        var room = roomOf(1_000, "0");

        for (int i = 0; i < TIMES; i++) {
            room.flow().passing(TYPING, ANN);
        }

        assertThat(waits).containsOnly(Duration.ZERO);
    }

    private Room roomOf(int members, String tickMillis) {
        Pause noted = (nanos, task) -> {
            waits.add(Duration.ofNanos(nanos));
            task.run();
        };
        var settings = Map.of("parlour.tick-millis", tickMillis);
        var room = new Room(
                LOBBY, RoomBook.open(0), new InMemoryLog(), noted, ChatConfig.from(settings::get), new ChatMetrics());
        for (int i = 0; i < members; i++) {
            room.people().seat(new FakeMember("m" + i, Face.FULL), Instant.EPOCH);
        }
        return room;
    }
}
