package org.parlour.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.parlour.config.ChatConfig;
import org.parlour.metrics.ChatMetrics;
import org.parlour.protocol.ErrorCode;
import org.parlour.protocol.RoomName;
import org.parlour.testing.HeldTasks;
import org.parlour.testing.LogLines;

class LaneTest {

    private static final RoomName LOBBY = new RoomName("lobby");

    private final ScriptedLog log = new ScriptedLog();
    private final HeldTasks executor = new HeldTasks();
    private final HeldTasks later = new HeldTasks();
    private final ChatMetrics metrics = new ChatMetrics();
    private final List<String> told = new ArrayList<>();
    private final List<StoredEvent> lateOnes = new ArrayList<>();
    private final Lane lane = laneWith(executor);

    @BeforeEach
    void forgetWhatWasLogged() {
        LogLines.forget();
    }

    // Group commit

    @Test
    void whatPilesUpWhileATransactionRunsGoesIntoOneNextTransaction() {
        log.whileATransactionRuns(() -> {
            if (log.attempts().size() == 1) {
                offer("two", "three", "four");
            }
        });

        offer("one");
        executor.runAll();

        assertThat(log.commits()).containsExactly(List.of("one"), List.of("two", "three", "four"));
        assertThat(metrics.getCommits()).isEqualTo(2);
        assertThat(metrics.getEventsStored()).isEqualTo(4);
    }

    @Test
    void aLaneThatHasJustWrittenGathersForTheRestOfItsTick() {
        var tick = Duration.ofMillis(200);
        var ticking = laneWith(executor, Map.of("parlour.tick-millis", Long.toString(tick.toMillis())));
        var begun = new ArrayList<Long>();
        log.whileATransactionRuns(() -> begun.add(System.nanoTime()));

        ticking.offer(say("one"), tell("one"));
        executor.runAll();
        ticking.offer(say("two"), tell("two"));
        executor.runAll();

        assertThat(log.commits()).containsExactly(List.of("one"), List.of("two"));
        assertThat(Duration.ofNanos(begun.get(1) - begun.get(0))).isGreaterThanOrEqualTo(tick.minusMillis(1));
    }

    @Test
    void aFullBatchDoesNotWaitForTheTick() {
        var ticking = laneWith(executor, Map.of("parlour.tick-millis", "1000", "parlour.lane-batch", "2"));
        var started = System.nanoTime();

        List.of(numbers(1, 10)).forEach(content -> ticking.offer(say(content), tell(content)));
        executor.runAll();

        assertThat(log.commits()).hasSize(5);
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofMillis(4_000));
    }

    @Test
    void oneTransactionTakesAtMostABatch() {
        offer(numbers(1, 12));

        executor.runAll();

        assertThat(log.commits()).extracting(List::size).containsExactly(5, 5, 2);
        assertThat(told).containsExactly(stored(1, 12));
    }

    @Test
    void outcomesAreToldInTheOrderOfTheOffersAndOnlyAfterTheCommit() {
        log.whileATransactionRuns(() -> assertThat(told).isEmpty());
        offer("one", "two", "three");
        assertThat(told).isEmpty();

        executor.runAll();

        assertThat(told).containsExactly("one=1", "two=2", "three=3");
    }

    @Test
    void anOfferFromAnOutcomeIsStoredNext() {
        lane.offer(say("question"), outcome -> offer("answer"));

        executor.runAll();

        assertThat(log.commits()).containsExactly(List.of("question"), List.of("answer"));
        assertThat(told).containsExactly("answer=2");
    }

    @Test
    void aLaneThatIsIdleAsksForAThreadOnceAndNotForEachDraft() {
        offer("one", "two", "three");
        assertThat(executor.count()).isEqualTo(1);
        executor.runAll();

        offer("four");

        assertThat(executor.count()).isEqualTo(1);
    }

    @Test
    void aBusyLaneGivesItsThreadBackFromTimeToTime() {
        log.whileATransactionRuns(() -> {
            if (log.attempts().size() < 150) {
                offer("more");
            }
        });
        offer("first");

        executor.runOne();

        assertThat(log.commits()).hasSize(100);
        assertThat(executor.count()).isEqualTo(1);
        executor.runAll();
        assertThat(log.commits()).hasSize(150);
    }

    // A full lane

    @Test
    void aFullLaneRefusesAtOnceAndQueuesNothing() {
        assertThat(offer(numbers(1, 20))).containsOnly(true);

        assertThat(offer("too much")).containsExactly(false);

        executor.runAll();
        assertThat(told).containsExactly(stored(1, 20));
        assertThat(offer("again")).containsExactly(true);
    }

    @Test
    void aLeaveFindsRoomInAFullLane() {
        offer(numbers(1, 20));

        assertThat(lane.offer(leave("quit"), tell("leave"))).isTrue();

        executor.runAll();
        assertThat(told).last().isEqualTo("leave=21");
    }

    // The database is away

    @Test
    void everybodyWhoWaitsIsToldToTryAgainWhenTheDatabaseIsAway() {
        log.away(true);
        offer(numbers(1, 12));

        executor.runAll();

        assertThat(log.attempts()).hasSize(1);
        assertThat(told).hasSize(12).allMatch(line -> line.endsWith("=STORAGE_UNAVAILABLE retryable"));
        assertThat(told).extracting(LaneTest::nameIn).containsExactly(numbers(1, 12));
        assertThat(later.count()).isZero();
    }

    @Test
    void theLaneGoesOnOnceTheDatabaseIsBack() {
        log.away(true);
        offer("lost");
        executor.runAll();

        log.away(false);
        offer("kept");
        executor.runAll();

        assertThat(told).containsExactly("lost=STORAGE_UNAVAILABLE retryable", "kept=1");
    }

    @Test
    void leavesAreKeptWhileTheDatabaseIsAwayAndStoredFirstWhenItIsBack() {
        log.away(true);
        offer("one");
        lane.offer(leave("quit"), tell("first leave"));
        offer("two");
        lane.offer(leave("timeout"), tell("second leave"));
        executor.runAll();
        later.runOne();
        assertThat(told).containsExactly("one=STORAGE_UNAVAILABLE retryable", "two=STORAGE_UNAVAILABLE retryable");
        assertThat(later.count()).isEqualTo(1);

        log.away(false);
        offer("three");
        later.runAll();

        assertThat(executor.count()).isZero();
        assertThat(log.commits()).containsExactly(List.of("quit", "timeout", "three"));
        assertThat(told).endsWith("first leave=1", "second leave=2", "three=3");
    }

    @Test
    void theDatabasesAbsenceIsLoggedOnceAndItsReturnOnce() {
        log.away(true);
        lane.offer(leave("quit"), tell("leave"));
        executor.runAll();
        for (int i = 0; i < 10; i++) {
            offer("in vain");
            later.runOne();
        }

        log.away(false);
        later.runAll();
        offer("all is well");
        executor.runAll();

        assertThat(metrics.getStorageFailures()).isEqualTo(11);
        assertThat(LogLines.of(Lane.class)).hasSize(2);
        assertThat(LogLines.of(Lane.class).get(0)).contains("is away").contains("as the test wants");
        assertThat(LogLines.of(Lane.class).get(1)).contains("is back");
    }

    // Conflicts

    @Test
    void aTransactionThatLostAConflictIsTriedAgainWhole() {
        log.failNext("23505", "40001", "40P01");
        offer("one", "two");

        executor.runAll();

        assertThat(log.attempts()).hasSize(4).containsOnly(List.of("one", "two"));
        assertThat(told).containsExactly("one=1", "two=2");
        assertThat(LogLines.of(Lane.class)).isEmpty();
    }

    @Test
    void aConflictThatDoesNotEndCountsAsAnAbsence() {
        log.failNext("40001", "40001", "40001", "40001", "40001");
        offer("one");

        executor.runAll();

        assertThat(log.attempts()).hasSize(5);
        assertThat(told).containsExactly("one=STORAGE_UNAVAILABLE retryable");
    }

    // Poison

    @Test
    void onlyTheDraftThatTheDatabaseRefusesIsRefused() {
        log.poison("three");
        offer("one", "two", "three", "four", "five", "six");

        executor.runAll();

        assertThat(told).containsExactly("one=1", "two=2", "three=CONTENT_REJECTED", "four=3", "five=4", "six=5");
        assertThat(log.commits())
                .containsExactly(List.of("one"), List.of("two"), List.of("four"), List.of("five"), List.of("six"));
    }

    @Test
    void whoCannotBeStoredBecauseTheDatabaseGoesAmidTheSearchForPoisonIsToldSo() {
        log.poison("two");
        log.whileATransactionRuns(() -> {
            // All three together, then the first, then the second alone.
            if (log.attempts().size() == 4) {
                log.away(true);
            }
        });
        offer("one", "two", "three");

        executor.runAll();

        assertThat(told).containsExactly("one=1", "two=CONTENT_REJECTED", "three=STORAGE_UNAVAILABLE retryable");
    }

    // Trouble on this side

    @Test
    void whoeverWaitsIsToldWhenTheServerStops() {
        executor.stop();

        offer("one");
        lane.offer(leave("quit"), tell("leave"));

        assertThat(told).containsExactly("one=STORAGE_UNAVAILABLE retryable", "leave=STORAGE_UNAVAILABLE retryable");
        assertThat(log.attempts()).isEmpty();
    }

    @Test
    void leavesThatWereKeptAreGivenUpWhenTheServerStops() {
        log.away(true);
        later.stop();
        lane.offer(leave("quit"), tell("leave"));

        executor.runAll();

        assertThat(told).containsExactly("leave=STORAGE_UNAVAILABLE retryable");
    }

    @Test
    void anOutcomeThatThrowsDoesNotStopTheLane() {
        offer("one");
        lane.offer(say("two"), outcome -> {
            throw new IllegalStateException("a bug in a room");
        });
        offer("three");

        executor.runAll();
        offer("four");
        executor.runAll();

        assertThat(told).containsExactly("one=1", "three=3", "four=4");
        assertThat(LogLines.of(Lane.class)).singleElement().asString().contains("could not be told");
    }

    @Test
    void aLaneWhoseThreadIsTheCallersStoresAtOnce() {
        var direct = laneWith(Runnable::run);

        direct.offer(say("one"), tell("one"));

        assertThat(told).containsExactly("one=1");
    }

    // A database that does not answer

    @Test
    void whoWaitsForADatabaseThatHangsIsToldToTryAgain() {
        log.whileATransactionRuns(() -> {
            offer("waiting");
            lane.offer(leave("bye"), tell("bye"));
            lane.giveUpAfter(Duration.ofMinutes(1));
            assertThat(told).isEmpty();
            lane.giveUpAfter(Duration.ZERO);
            log.whileATransactionRuns(() -> {});
        });
        offer("in flight");

        executor.runAll();

        assertThat(told)
                .containsExactly(
                        "in flight=STORAGE_UNAVAILABLE retryable", "waiting=STORAGE_UNAVAILABLE retryable", "bye=2");
        assertThat(log.commits()).containsExactly(List.of("in flight"), List.of("bye"));
        assertThat(lateOnes).extracting(StoredEvent::content).containsExactly("in flight");
        assertThat(LogLines.of(Lane.class)).hasSize(2);
    }

    @Test
    void aDeletionThatWasStoredAfterAllIsToldToTheOthers() {
        log.whileATransactionRuns(() -> lane.giveUpAfter(Duration.ZERO));
        lane.offer(Draft.deletion(LOBBY, "ann", "1", 7, null, null), tell("deletion"));

        executor.runAll();

        assertThat(told).containsExactly("deletion=STORAGE_UNAVAILABLE retryable");
        assertThat(lateOnes).extracting(StoredEvent::kind).containsExactly(EventKind.DELETED);
    }

    @Test
    void whoWasToldToTryAgainIsNotToldAnythingElse() {
        log.whileATransactionRuns(() -> {
            lane.giveUpAfter(Duration.ZERO);
            lane.giveUpAfter(Duration.ZERO);
        });
        log.failNext("08006");
        offer("lost");

        executor.runAll();

        assertThat(told).containsExactly("lost=STORAGE_UNAVAILABLE retryable");
        assertThat(lateOnes).isEmpty();
    }

    @Test
    void aCheckedExceptionFromTheContainerDoesNotStopTheLane() {
        log.whileATransactionRuns(() -> {
            log.whileATransactionRuns(() -> {});
            LaneTest.<RuntimeException>sneak(new Exception("the answer to the commit is lost"));
        });
        offer("lost");
        executor.runAll();

        offer("next");
        executor.runAll();

        assertThat(told).containsExactly("lost=STORAGE_UNAVAILABLE retryable", "next=1");
    }

    @SuppressWarnings("unchecked")
    private static <E extends Exception> void sneak(Exception hidden) throws E {
        throw (E) hidden;
    }

    @Test
    void aNameThatIsBeingWrittenWaits() {
        log.whileATransactionRuns(() -> lane.giveUpAfter(Duration.ZERO));
        lane.offer(new Draft(LOBBY, EventKind.JOINED, "ann", "1", null), tell("join"));

        executor.runAll();

        assertThat(told).containsExactly("join=1");
    }

    // Words of these tests

    private Lane laneWith(Executor thread) {
        return laneWith(thread, Map.of("parlour.lane-batch", "5", "parlour.lane-capacity", "20"));
    }

    private Lane laneWith(Executor thread, Map<String, String> settings) {
        return new Lane(log, thread, later, () -> {}, lateOnes::add, ChatConfig.from(settings::get), metrics);
    }

    private List<Boolean> offer(String... contents) {
        var taken = new ArrayList<Boolean>();
        for (var content : contents) {
            taken.add(lane.offer(say(content), tell(content)));
        }
        return taken;
    }

    private Consumer<Outcome> tell(String what) {
        return outcome -> told.add(what + "=" + inWords(outcome));
    }

    private static String inWords(Outcome outcome) {
        if (outcome instanceof Outcome.Stored stored) {
            return Long.toString(stored.event().seq());
        }
        ErrorCode code = ((Outcome.Refused) outcome).refusal().code();
        return code + (code.retryable() ? " retryable" : "");
    }

    private static String nameIn(String line) {
        return line.substring(0, line.indexOf('='));
    }

    private static String[] numbers(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(Integer::toString).toArray(String[]::new);
    }

    private static String[] stored(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(i -> i + "=" + i).toArray(String[]::new);
    }

    private static Draft say(String content) {
        return new Draft(LOBBY, EventKind.MESSAGE, "ann", "1", content);
    }

    private static Draft leave(String reason) {
        return new Draft(LOBBY, EventKind.LEFT, "ann", "1", reason);
    }
}
