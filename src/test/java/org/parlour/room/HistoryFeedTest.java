package org.parlour.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.parlour.room.FakeServer.LOBBY;
import static org.parlour.testing.Eventually.eventually;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.parlour.auth.RoomBook;
import org.parlour.config.ChatConfig;
import org.parlour.metrics.ChatMetrics;
import org.parlour.protocol.ClientMessage;
import org.parlour.protocol.Face;
import org.parlour.protocol.ServerMessage;
import org.parlour.testing.HeldTasks;
import org.parlour.testing.Race;

class HistoryFeedTest {

    private static final Pause AT_ONCE = (nanos, task) -> task.run();

    private final FakeServer server = new FakeServer();

    // What is read, and what is not

    @Test
    void memoryAloneNeedsNoRead() {
        var ann = server.enterNamed("ann");
        IntStream.rangeClosed(1, 60).forEach(i -> server.type(ann, "message " + i));
        ann.forget();

        server.type(ann, "/history 50");
        server.type(ann, "/history 1");

        assertThat(ann.frames()).hasSize(51).startsWith("[ann] message 11").endsWith("[ann] message 60");
        assertThat(server.log.reads()).isZero();
    }

    @Test
    void aRoomThatIsKnownFromItsFirstEventNeedsNoReadForMoreThanThereIs() {
        var ann = server.enterNamed("ann");
        server.type(ann, "hello");
        ann.forget();

        server.type(ann, "/history");
        server.enterNamed("bob");

        assertThat(ann.frames()).startsWith("[ann] hello");
        assertThat(server.log.reads()).isZero();
    }

    @Test
    void theDatabaseIsReadWhenSomebodyFirstNeedsItAndNotAgain() {
        server.log.saidLongAgo(LOBBY, 100);
        server.enter("nameless");
        assertThat(server.log.reads()).isZero();

        var ann = server.enterNamed("ann");
        var bob = server.enterNamed("bob");
        var cat = server.enterNamed("cat");

        assertThat(server.log.reads()).isEqualTo(1);
        assertThat(List.of(ann, bob, cat))
                .allSatisfy(member -> assertThat(member.frames())
                        .startsWith("[ghost] 51")
                        .contains("[ghost] 100")
                        .filteredOn(frame -> frame.startsWith("[ghost]"))
                        .hasSize(50));
    }

    @Test
    void theDatabaseIsReadOnceForEightThatNeedItAtOnce() {
        var inside = new AtomicInteger();
        var open = new AtomicBoolean();
        var room = new Room(LOBBY, RoomBook.open(0), server.log, AT_ONCE, ChatConfig.defaults(), new ChatMetrics());
        server.log.saidLongAgo(LOBBY, 80);
        server.log.whileItReads(() -> {
            inside.incrementAndGet();
            eventually("the others have come", open::get);
        });
        var started = new AtomicInteger();

        Race.among(9, number -> {
            if (number == 8) {
                eventually("all have started and one reads", () -> started.get() == 8 && inside.get() == 1);
                open.set(true);
                return;
            }
            started.incrementAndGet();
            assertThat(seqsOf(HistoryFeed.recent(room, 50, Long.MAX_VALUE))).containsExactlyElementsOf(seqs(31, 80));
        });

        assertThat(server.log.reads()).isEqualTo(1);
    }

    @Test
    void aReadThatFailedIsTriedAgainByTheNextWhoNeedsIt() {
        server.log.saidLongAgo(LOBBY, 3);
        var room = new Room(LOBBY, RoomBook.open(0), server.log, AT_ONCE, ChatConfig.defaults(), new ChatMetrics());
        server.log.away(true);
        var inVain = HistoryFeed.recent(room, 50, Long.MAX_VALUE);
        assertThatThrownBy(inVain::next).isInstanceOf(RuntimeException.class);
        server.log.away(false);

        var found = seqsOf(HistoryFeed.recent(room, 50, Long.MAX_VALUE));

        assertThat(found).containsExactly(1L, 2L, 3L);
    }

    // Pages and limits

    @Test
    void aLongHistoryComesInPagesAndTheLastOneSaysSo() {
        server.log.saidLongAgo(LOBBY, 300);
        var ann = server.enter(LOBBY, "ann", Face.FULL);
        server.type(ann, "/user ann");
        ann.forget();

        server.send(ann, new ClientMessage.Recall("r1", 280, null));

        var pages = ann.heard(ServerMessage.Batch.class);
        assertThat(pages).allSatisfy(page -> {
            assertThat(page.kind()).isEqualTo("history");
            assertThat(page.ref()).isEqualTo("r1");
            assertThat(page.room()).isEqualTo("lobby");
        });
        assertThat(pages).extracting(page -> page.events().size()).containsExactly(50, 50, 50, 50, 30, 50);
        assertThat(pages).extracting(ServerMessage.Batch::hasMore).containsExactly(true, true, true, true, true, false);
    }

    @Test
    void aReaderThatDoesNotReadCostsOnePage() {
        server.log.saidLongAgo(LOBBY, 1_000);
        var feeder = new HeldTasks();
        var ann = server.enter(LOBBY, new FakeMember("ann", Face.TEXT, feeder));
        server.type(ann, "/user ann");
        feeder.runAll();
        var before = server.log.reads();

        server.type(ann, "/history");
        feeder.runOne();

        assertThat(server.log.reads()).as("where it starts, and the first page").isEqualTo(before + 2);
        assertThat(feeder.count()).isEqualTo(1);
    }

    @Test
    void historyIsTheNewestThousandOldestFirst() {
        server.log.saidLongAgo(LOBBY, 1_200);
        var ann = server.enterNamed("ann");
        ann.forget();

        server.type(ann, "/history");

        assertThat(ann.frames())
                .containsExactlyElementsOf(IntStream.rangeClosed(201, 1_200)
                        .mapToObj(i -> "[ghost] " + i)
                        .toList());
    }

    @Test
    void nobodyGetsMoreThanAThousandAtATime() {
        server.log.saidLongAgo(LOBBY, 1_200);
        var ann = server.enterNamed("ann");
        ann.forget();

        server.type(ann, "/history 5000");

        assertThat(ann.frames()).hasSize(1_000).endsWith("[ghost] 1200");
    }

    @Test
    void historyBeforeASeqEndsBelowIt() {
        server.log.saidLongAgo(LOBBY, 300);
        var ann = server.enterNamed("ann");
        ann.forget();

        server.type(ann, "/history 3 before 120");
        server.type(ann, "/history 3 before 299");
        server.type(ann, "/history 3 before 2");
        server.type(ann, "/history 3 before 1");

        assertThat(ann.frames())
                .containsExactly(
                        "[ghost] 117",
                        "[ghost] 118",
                        "[ghost] 119",
                        "[ghost] 296",
                        "[ghost] 297",
                        "[ghost] 298",
                        "[ghost] 1");
    }

    @Test
    void historyBeginsCountingAtOne() {
        var ann = server.enterNamed("ann");

        server.send(ann, new ClientMessage.Recall("r1", 0, null));
        server.send(ann, new ClientMessage.Recall("r2", null, 0L));
        server.send(ann, new ClientMessage.Recall("r3", -5, null));

        assertThat(ann.heard(ServerMessage.Error.class))
                .extracting(error -> error.code() + " " + error.field() + " " + error.ref())
                .containsExactly("BAD_MESSAGE limit r1", "BAD_MESSAGE before r2", "BAD_MESSAGE limit r3");
    }

    @Test
    void aRoomInWhichNothingWasSaidAnswersWithOneEmptyPage() {
        var ann = server.enter(LOBBY, "ann", Face.FULL);
        server.type(ann, "/user ann");
        ann.forget();

        server.send(ann, new ClientMessage.Recall("r1", null, null));

        assertThat(ann.heard())
                .containsExactly(new ServerMessage.Batch("history", "lobby", "r1", false, null, null, List.of()));
    }

    // The border between memory and log

    @Test
    void thereIsNeitherGapNorDoubleWhereMemoryMeetsTheLog() {
        server.log.saidLongAgo(LOBBY, 90);
        var ann = server.enterNamed("ann");
        IntStream.rangeClosed(1, 20).forEach(i -> server.type(ann, "new " + i));

        for (int limit = 1; limit <= 115; limit++) {
            ann.forget();
            server.type(ann, "/history " + limit);

            var all = LongStream.rangeClosed(1, 111)
                    .filter(seq -> seq != 91)
                    .boxed()
                    .toList();
            var expected = all.subList(Math.max(0, all.size() - limit), all.size());
            assertThat(seqsIn(ann.heard())).as("the last " + limit).containsExactlyElementsOf(expected);
        }
    }

    @Test
    void messagesThatComeWhileTheLogIsReadLeaveNeitherGapNorDouble() {
        server.log.saidLongAgo(LOBBY, 90);
        var ann = server.enterNamed("ann");
        var bob = server.enterNamed("bob");
        ann.forget();
        server.log.whileItReads(() -> {
            server.log.whileItReads(() -> {});
            IntStream.rangeClosed(1, 70).forEach(i -> server.type(bob, "meanwhile " + i));
        });

        server.send(ann, new ClientMessage.Recall("r1", 80, null));

        var history = ann.heard(ServerMessage.Batch.class).stream()
                .flatMap(page -> page.events().stream())
                .toList();
        assertThat(seqsOf(history)).containsExactlyElementsOf(seqs(11, 90));
        assertThat(ann.heard(ServerMessage.NewMessage.class)).hasSize(70);
    }

    @Test
    void racingMessagesLeaveNeitherGapNorDoubleWhereMemoryMeetsTheLog() {
        server.log.saidLongAgo(LOBBY, 200);
        var room = new Room(
                LOBBY,
                RoomBook.open(0),
                server.log,
                AT_ONCE,
                ChatConfig.from(Map.of("parlour.recent-messages", "5")::get),
                new ChatMetrics());
        var events = server.log.events(LOBBY);
        var ended = new AtomicBoolean();
        room.memory().note(events.get(99));

        Race.among(4, number -> {
            if (number == 0) {
                for (var event : events.subList(100, 200)) {
                    room.memory().note(event);
                    seqsOf(HistoryFeed.of(room, null, 3, Long.MAX_VALUE));
                }
                ended.set(true);
                return;
            }
            while (!ended.get()) {
                var found = seqsOf(HistoryFeed.of(room, null, 20, Long.MAX_VALUE));
                assertThat(found).containsExactlyElementsOf(seqs(found.get(0), found.get(0) + 19));
            }
        });
    }

    @Test
    void aReadThatFillsTheMemoryMeanwhileLeavesNoGap() {
        for (int round = 0; round < 300; round++) {
            var log = new InMemoryLog();
            log.saidLongAgo(LOBBY, 100);
            var room = new Room(LOBBY, RoomBook.open(0), log, AT_ONCE, ChatConfig.defaults(), new ChatMetrics());
            room.memory().note(log.events(LOBBY).get(99));

            Race.among(2, number -> {
                if (number == 0) {
                    room.memory().loadRecent();
                } else {
                    assertThat(seqsOf(HistoryFeed.of(room, null, 60, Long.MAX_VALUE)))
                            .containsExactlyElementsOf(seqs(41, 100));
                }
            });
        }
    }

    // The database is away

    @Test
    void aHistoryThatCannotBeReadIsAnsweredWithOneErrorWithItsRef() {
        server.log.saidLongAgo(LOBBY, 500);
        var ann = server.enterNamed("ann");
        ann.forget();
        server.log.away(true);

        server.send(ann, new ClientMessage.Recall("r1", null, null));

        assertThat(ann.heard()).singleElement().isInstanceOfSatisfying(ServerMessage.Error.class, error -> {
            assertThat(error.code()).isEqualTo("STORAGE_UNAVAILABLE");
            assertThat(error.ref()).isEqualTo("r1");
            assertThat(error.retryable()).isTrue();
        });
    }

    @Test
    void aHistoryThatBreaksOffEndsWithTheError() {
        server.log.saidLongAgo(LOBBY, 500);
        var feeder = new HeldTasks();
        var ann = server.enter(LOBBY, new FakeMember("ann", Face.FULL, feeder));
        feeder.runAll();
        server.type(ann, "/user ann");
        feeder.runAll();
        ann.forget();
        server.send(ann, new ClientMessage.Recall("r1", null, null));
        feeder.runOne();

        server.log.away(true);
        feeder.runAll();

        assertThat(ann.heard())
                .extracting(message -> message.getClass().getSimpleName())
                .containsExactly("Batch", "Error");
    }

    private static List<Long> seqs(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    private static List<Long> seqsOf(Feed feed) {
        var found = new ArrayList<ServerMessage>();
        for (var page = feed.next(); !page.isEmpty(); page = feed.next()) {
            page.forEach(one -> found.addAll(((ServerMessage.Batch) one.message()).events()));
        }
        return seqsOf(found);
    }

    private static List<Long> seqsIn(List<ServerMessage> pages) {
        return seqsOf(pages.stream()
                .flatMap(page -> ((ServerMessage.Batch) page).events().stream())
                .toList());
    }

    private static List<Long> seqsOf(List<ServerMessage> messages) {
        return messages.stream()
                .map(message -> ((ServerMessage.NewMessage) message).seq())
                .toList();
    }
}
