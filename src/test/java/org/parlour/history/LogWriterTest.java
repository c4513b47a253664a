package org.parlour.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parlour.testing.Eventually.eventually;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.parlour.config.ChatConfig;
import org.parlour.metrics.ChatMetrics;
import org.parlour.protocol.RoomName;
import org.parlour.testing.HeldTasks;
import org.parlour.testing.Race;

class LogWriterTest {

    private static final int SENDERS = 16;
    private static final int EACH = 2_000;
    private static final List<RoomName> ROOMS =
            IntStream.range(0, 5).mapToObj(i -> new RoomName("room-" + i)).toList();

    private final ExecutorService threads = Executors.newFixedThreadPool(4);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void everyDraftOfRacingSendersHasOneOutcomeInTheOrderOfItsRoomsSeq() {
        var writer = writerWith(4);
        var outcomes = new AtomicIntegerArray(SENDERS * EACH);
        var told = new AtomicInteger();
        // A plain list each: a room's outcomes come from one thread at a time, and this is how the test would notice.
        Map<RoomName, List<StoredEvent>> stored = new ConcurrentHashMap<>();
        ROOMS.forEach(room -> stored.put(room, new java.util.ArrayList<>()));

        Race.among(SENDERS, sender -> {
            for (int i = 0; i < EACH; i++) {
                int number = sender * EACH + i;
                var room = ROOMS.get(i % ROOMS.size());
                var taken = writer.offer(say(room, sender, i), outcome -> {
                    outcomes.incrementAndGet(number);
                    stored.get(room).add(((Outcome.Stored) outcome).event());
                    told.incrementAndGet();
                });
                assertThat(taken).isTrue();
            }
        });
        eventually("all outcomes are told", () -> told.get() >= SENDERS * EACH);

        assertThat(IntStream.range(0, SENDERS * EACH).map(outcomes::get)).containsOnly(1);
        for (var room : ROOMS) {
            var events = stored.get(room);
            assertThat(events)
                    .extracting(StoredEvent::seq)
                    .containsExactlyElementsOf(LongStream.rangeClosed(1, SENDERS * EACH / ROOMS.size())
                            .boxed()
                            .toList());
            assertThatEachSendersMessagesAreInOrder(events);
        }
    }

    private static void assertThatEachSendersMessagesAreInOrder(List<StoredEvent> events) {
        for (int sender = 0; sender < SENDERS; sender++) {
            var id = Integer.toString(sender);
            assertThat(events)
                    .filteredOn(event -> event.senderId().equals(id))
                    .extracting(event -> Integer.valueOf(event.content()))
                    .isSorted();
        }
    }

    @Test
    void aRoomAlwaysWritesThroughTheSameLane() {
        var held = new HeldTasks();
        var transactions = new CopyOnWriteArraySet<Set<RoomName>>();
        var log = new ScriptedLog();
        var writer = new LogWriter(
                drafts -> {
                    transactions.add(Set.copyOf(drafts.stream().map(Draft::room).toList()));
                    return log.apply(drafts);
                },
                held,
                held,
                configWith(3),
                new ChatMetrics());
        for (int round = 0; round < 10; round++) {
            for (var room : ROOMS) {
                writer.offer(say(room, 0, round), outcome -> {});
            }
        }
        var lanesInUse = held.count();

        held.runAll();

        // Each lane took its rooms' drafts in one transaction: no room shows up in two of them.
        assertThat(transactions).hasSize(lanesInUse).hasSizeLessThanOrEqualTo(3).hasSizeGreaterThan(1);
        assertThat(transactions.stream().flatMap(Set::stream)).containsExactlyInAnyOrderElementsOf(ROOMS);
    }

    @Test
    void aRoomsFullLaneDoesNotHinderTheOthers() {
        var held = new HeldTasks();
        var log = new ScriptedLog();
        var settings = Map.of("parlour.lanes", "16", "parlour.lane-capacity", "1");
        var writer = new LogWriter(log, held, held, ChatConfig.from(settings::get), new ChatMetrics());
        var first = ROOMS.get(0);
        var other = ROOMS.stream()
                .filter(room -> Math.floorMod(room.hashCode(), 16) != Math.floorMod(first.hashCode(), 16))
                .findFirst()
                .orElseThrow();
        writer.offer(say(first, 0, 1), outcome -> {});

        assertThat(writer.offer(say(first, 0, 2), outcome -> {})).isFalse();

        assertThat(writer.offer(say(other, 0, 1), outcome -> {})).isTrue();
    }

    private LogWriter writerWith(int lanes) {
        return new LogWriter(new ScriptedLog(), threads, threads, configWith(lanes), new ChatMetrics());
    }

    private static ChatConfig configWith(int lanes) {
        var settings = Map.of("parlour.lanes", Integer.toString(lanes), "parlour.lane-capacity", "100000");
        return ChatConfig.from(settings::get);
    }

    private static Draft say(RoomName room, int sender, int number) {
        return new Draft(
                room, EventKind.MESSAGE, "sender " + sender, Integer.toString(sender), Integer.toString(number));
    }
}
