package org.parlour.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parlour.testing.Eventually.eventually;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.parlour.protocol.Bundle;
import org.parlour.protocol.Face;
import org.parlour.protocol.Outgoing;
import org.parlour.protocol.ServerMessage;
import org.parlour.room.Feed;
import org.parlour.testing.HeldTasks;
import org.parlour.testing.Race;

class OutboxTest {

    private static final int FRAMES = 10;
    private static final int BYTES = 2_000;

    private final FakeSender prompt = FakeSender.atOnce();
    private final FakeSender held = FakeSender.held();
    private final HeldTasks feeder = new HeldTasks();
    private final HeldTasks alarms = new HeldTasks();
    private final AtomicInteger broken = new AtomicInteger();

    private Outbox outboxOn(FakeSender sender) {
        return outboxOn(sender, FRAMES, BYTES);
    }

    private Outbox outboxOn(FakeSender sender, int frames, int bytes) {
        return new Outbox(sender, feederOn(feeder), Face.TEXT, frames, bytes, broken::incrementAndGet);
    }

    private Feeder feederOn(Executor readers) {
        return new Feeder(readers, task -> {
            var stopped = new AtomicBoolean();
            alarms.execute(() -> {
                if (!stopped.get()) {
                    task.run();
                }
            });
            return () -> stopped.set(true);
        });
    }

    // Order, one at a time

    @Test
    void framesAreSentInTheOrderInWhichTheyWereOffered() {
        var outbox = outboxOn(prompt);

        outbox.offer(alone(line("one")));
        outbox.answer(line("two"));
        outbox.offer(alone(line("three")));

        assertThat(prompt.sent()).containsExactly("one", "two", "three");
    }

    @Test
    void theNextFrameIsSentWhenTheOneBeforeItHasArrived() {
        var outbox = outboxOn(held);

        offer(outbox, 1, 3);
        assertThat(held.sent()).containsExactly("1");
        held.complete();
        assertThat(held.sent()).containsExactly("1", "2");
        held.completeAll();

        assertThat(held.sent()).containsExactly("1", "2", "3");
        assertThat(held.mostInFlight()).isEqualTo(1);
    }

    @Test
    void aHundredThousandSendsThatCompleteAtOnceNeedNoDeeperStackThanOne() {
        var gate = FakeSender.held();
        var thereAfter = FakeSender.atOnce();
        var first = new AtomicInteger();
        var outbox = new Outbox(
                (frame, done) -> (first.getAndIncrement() == 0 ? gate : thereAfter).send(frame, done),
                feederOn(feeder),
                Face.TEXT,
                200_000,
                10_000_000,
                broken::incrementAndGet);
        offer(outbox, 0, 100_000);

        gate.complete();

        assertThat(thereAfter.sent()).hasSize(100_000).startsWith("1").endsWith("100000");
        assertThat(thereAfter.mostInFlight()).isEqualTo(1);
    }

    @Test
    void whatSuchAMemberIsNotToldTakesNoRoom() {
        var outbox = outboxOn(held);

        for (int i = 0; i < 3 * FRAMES; i++) {
            assertThat(outbox.offer(alone(new Outgoing(new ServerMessage.Pong(null, "now")))))
                    .isTrue();
        }

        assertThat(held.sent()).isEmpty();
        assertThat(offer(outbox, 1, 5)).containsOnly(true);
    }

    @Test
    void racingOffersAreSentOneAtATimeAndEachOffersInOrder() {
        var threads = Executors.newSingleThreadExecutor();
        var now = new AtomicInteger();
        var most = new AtomicInteger();
        var sent = new ConcurrentLinkedQueue<String>();
        var turns = new AtomicInteger();
        var outbox = new Outbox(
                (frame, done) -> {
                    most.accumulateAndGet(now.incrementAndGet(), Math::max);
                    sent.add(frame);
                    Runnable completion = () -> {
                        now.decrementAndGet();
                        done.accept(null);
                    };
                    // Sometimes at once, sometimes on another thread.
                    if (turns.getAndIncrement() % 3 == 0) {
                        threads.execute(completion);
                    } else {
                        completion.run();
                    }
                },
                feederOn(feeder),
                Face.TEXT,
                100_000,
                100_000_000,
                broken::incrementAndGet);

        try {
            Race.among(8, number -> {
                for (int i = 0; i < 5_000; i++) {
                    assertThat(outbox.offer(alone(line(number + ":" + i)))).isTrue();
                }
            });
            eventually("all is sent", () -> turns.get() == 40_000 && now.get() == 0);
        } finally {
            threads.shutdownNow();
        }

        assertThat(most).hasValue(1);
        for (int number = 0; number < 8; number++) {
            var prefix = number + ":";
            assertThat(sent.stream().filter(frame -> frame.startsWith(prefix)))
                    .containsExactlyElementsOf(
                            IntStream.range(0, 5_000).mapToObj(i -> prefix + i).toList());
        }
    }

    // Budgets

    @Test
    void noMoreThanSoManyFramesWait() {
        var outbox = outboxOn(held);
        offer(outbox, 0, FRAMES);

        assertThat(outbox.offer(alone(line("too much")))).isFalse();

        assertThat(broken).hasValue(0);
        held.complete();
        assertThat(outbox.offer(alone(line("fits again")))).isTrue();
        assertThat(outbox.offer(alone(line("too much")))).isFalse();
        held.completeAll();
        assertThat(held.sent()).hasSize(FRAMES + 2).endsWith("10", "fits again");
    }

    @Test
    void noMoreThanSoManyBytesWait() {
        var outbox = outboxOn(held);
        outbox.offer(alone(line("in flight")));
        outbox.offer(alone(line("x".repeat(BYTES / 2 - 3))));

        assertThat(outbox.offer(alone(line("four")))).isFalse();
        assertThat(outbox.offer(alone(line("two")))).isTrue();
        assertThat(outbox.offer(alone(line("1")))).isFalse();

        held.completeAll();
        assertThat(outbox.offer(alone(line("x".repeat(BYTES / 2))))).isTrue();
    }

    @Test
    void aMessageOfTwoFramesIsTakenWholeOrNotAtAll() {
        var outbox = outboxOn(held);
        offer(outbox, 0, FRAMES - 1);

        var renamed = new Outgoing(new ServerMessage.UserRenamed("ann", "eve", 1, "lobby", 1, "1-1", "now", null));

        assertThat(outbox.offer(alone(renamed))).isFalse();
        held.completeAll();
        assertThat(outbox.offer(alone(renamed))).isTrue();
        held.completeAll();
        assertThat(held.sent()).hasSize(FRAMES + 2).endsWith("<-- ann left the room", "--> eve joined the room");
    }

    @Test
    void answersMayUseTheBudgetTwiceAndThenTheConnectionIsBrokenOnce() {
        var outbox = outboxOn(held);
        offer(outbox, 0, FRAMES);
        for (int i = 0; i < FRAMES; i++) {
            outbox.answer(line("answer " + i));
        }
        assertThat(broken).hasValue(0);

        outbox.answer(line("one too many"));
        outbox.answer(line("and another"));
        outbox.answer(pages("page"));

        assertThat(broken).hasValue(1);
        held.completeAll();
        assertThat(held.sent()).as("what waited is forgotten").containsExactly("0");
    }

    @Test
    void answersMayUseTwiceTheBytes() {
        var outbox = outboxOn(held);
        outbox.offer(alone(line("in flight")));
        outbox.answer(line("x".repeat(BYTES)));
        assertThat(broken).hasValue(0);

        outbox.answer(line("1"));

        assertThat(broken).hasValue(1);
    }

    @Test
    void feedsCountToo() {
        var outbox = outboxOn(held);
        outbox.offer(alone(line("in flight")));
        for (int i = 0; i < 2 * FRAMES; i++) {
            outbox.answer(pages("page"));
        }
        assertThat(broken).hasValue(0);

        outbox.answer(pages("page"));

        assertThat(broken).hasValue(1);
    }

    @Test
    void theConnectionIsBrokenOnceEvenIfTheFrameInFlightFailsAfterwards() {
        var outbox = outboxOn(held);
        for (int i = 0; i < 2 * FRAMES + 2; i++) {
            outbox.answer(line("answer"));
        }
        assertThat(broken).hasValue(1);

        held.fail();

        assertThat(broken).hasValue(1);
    }

    // Feeds

    @Test
    void aFeedIsAskedOnlyWhenAllBeforeItHasBeenSent() {
        var outbox = outboxOn(held);
        offer(outbox, 1, 2);

        outbox.answer(pages("page"));
        held.complete();
        assertThat(feeder.count()).isZero();
        held.complete();

        assertThat(feeder.count()).isEqualTo(1);
        feeder.runOne();
        assertThat(held.sent()).containsExactly("1", "2", "page");
    }

    @Test
    void theNextPageIsFetchedOnlyWhenTheOneBeforeItHasBeenSent() {
        var outbox = outboxOn(held);
        outbox.answer(pages("a b", "c"));

        feeder.runOne();
        assertThat(feeder.count()).isZero();
        held.complete();
        assertThat(feeder.count()).isZero();
        held.complete();
        assertThat(feeder.count()).isEqualTo(1);
        feeder.runOne();
        held.complete();
        feeder.runAll();

        assertThat(held.sent()).containsExactly("a", "b", "c");
        assertThat(held.isInFlight()).isFalse();
    }

    @Test
    void whatIsOfferedWhileAFeedRunsComesAfterItsLastPage() {
        var outbox = outboxOn(held);
        outbox.answer(pages("a b", "c"));
        outbox.offer(alone(line("later")));
        outbox.answer(pages("second"));
        feeder.runOne();

        outbox.offer(alone(line("last")));
        for (int i = 0; i < 20; i++) {
            held.completeAll();
            feeder.runAll();
        }

        assertThat(held.sent()).containsExactly("a", "b", "c", "later", "second", "last");
    }

    @Test
    void aPageThatSuchAMemberIsNotToldDoesNotEndTheFeed() {
        var outbox = outboxOn(prompt);
        var rest = new ArrayDeque<>(List.of(
                List.of(new Outgoing(new ServerMessage.Pong(null, "now"))),
                List.of(line("told")),
                List.<Outgoing>of()));

        outbox.answer(feed(rest::poll));
        feeder.runAll();

        assertThat(prompt.sent()).containsExactly("told");
    }

    @Test
    void aFeedOfAThousandPagesNeedsNoDeeperStackThanOne() {
        var outbox = new Outbox(prompt, feederOn(Runnable::run), Face.TEXT, FRAMES, BYTES, broken::incrementAndGet);
        var pages = IntStream.range(0, 20_000).mapToObj(Integer::toString).toArray(String[]::new);

        outbox.answer(pages(pages));

        assertThat(prompt.sent()).hasSize(20_000).endsWith("19999");
    }

    @Test
    void aFeedThatFailsSaysWhyAndEnds() {
        var outbox = outboxOn(prompt);
        var failing = new Feed() {
            @Override
            public List<Outgoing> next() {
                throw new IllegalStateException("as the test wants");
            }

            @Override
            public List<Outgoing> failed() {
                return List.of(line("could not be read"));
            }
        };

        outbox.answer(failing);
        outbox.offer(alone(line("and on")));
        feeder.runAll();

        assertThat(prompt.sent()).containsExactly("could not be read", "and on");
        assertThat(broken).hasValue(0);
    }

    @Test
    void anEndedFeedGivesItsPlaceInTheBudgetBack() {
        var outbox = outboxOn(held);
        outbox.answer(pages("page"));
        feeder.runOne();
        held.complete();
        feeder.runAll();

        assertThat(offer(outbox, 0, FRAMES)).containsOnly(true);
        assertThat(outbox.offer(alone(line("too much")))).isFalse();
    }

    @Test
    void aServerThatIsStoppingFeedsNobody() {
        feeder.stop();
        var outbox = outboxOn(prompt);

        outbox.answer(pages("page"));
        outbox.offer(alone(line("later")));

        assertThat(prompt.sent()).isEmpty();
        assertThat(broken).hasValue(1);
    }

    @Test
    void racingEventsDoNotGetIntoTheMidstOfAFeed() {
        var threads = Executors.newFixedThreadPool(2);
        var outbox = new Outbox(prompt, feederOn(threads), Face.TEXT, 100_000, 100_000_000, broken::incrementAndGet);

        try {
            Race.among(4, number -> {
                for (int i = 0; i < 500; i++) {
                    if (number == 0) {
                        outbox.answer(pages("< -", "- >"));
                    } else {
                        outbox.offer(alone(line("event")));
                    }
                }
            });
            eventually("all is sent", () -> prompt.sent().size() == 3 * 500 + 4 * 500);
        } finally {
            threads.shutdownNow();
        }

        assertThat(String.join("", prompt.sent()).replace("event", "").replace("<-->", ""))
                .isEmpty();
        assertThat(String.join("", prompt.sent()).split("<-->", -1)).hasSize(501);
        assertThat(prompt.mostInFlight()).isEqualTo(1);
    }

    // The end

    @Test
    void aSendThatFailsBreaksTheConnectionOnceAndNothingMoreIsSent() {
        var outbox = outboxOn(held);
        offer(outbox, 1, 3);

        held.fail();
        outbox.offer(alone(line("in vain")));
        outbox.answer(line("in vain"));

        assertThat(broken).hasValue(1);
        assertThat(held.sent()).containsExactly("1");
    }

    @Test
    void aSendThatFailsAfterTheCloseBreaksNothing() {
        var outbox = outboxOn(held);
        offer(outbox, 1, 3);
        outbox.close();

        held.fail();

        assertThat(broken).hasValue(0);
    }

    @Test
    void closeForgetsWhatWaitsAndWhatIsOfferedLater() {
        var outbox = outboxOn(held);
        offer(outbox, 1, 5);
        outbox.answer(pages("page"));

        outbox.close();
        held.complete();
        assertThat(outbox.offer(alone(line("later"))))
                .as("nobody has to catch up")
                .isTrue();
        outbox.answer(line("later"));
        outbox.answer(pages("page"));

        assertThat(held.sent()).containsExactly("1");
        assertThat(feeder.count()).isZero();
        assertThat(broken).hasValue(0);
    }

    @Test
    void aPageThatIsFetchedDuringTheCloseIsNotSent() {
        var outbox = outboxOn(prompt);
        outbox.answer(feed(() -> {
            outbox.close();
            return List.of(line("page"));
        }));

        feeder.runAll();

        assertThat(prompt.sent()).isEmpty();
    }

    // Stalling

    @Test
    void onlyAFrameInFlightStalls() {
        var outbox = outboxOn(held);
        assertThat(outbox.stalledNanos()).isZero();

        outbox.offer(alone(line("one")));
        eventually("time passes", () -> outbox.stalledNanos() > 0);
        var stalled = outbox.stalledNanos();
        eventually("more time passes", () -> outbox.stalledNanos() > stalled);
        held.complete();

        assertThat(outbox.stalledNanos()).isZero();
    }

    @Test
    void aSlowFeedIsNotTheReadersFault() {
        var outbox = outboxOn(held);

        outbox.answer(pages("page"));

        assertThat(feeder.count()).isEqualTo(1);
        assertThat(outbox.stalledNanos()).isZero();
    }

    @Test
    void eachFrameHasItsOwnTime() {
        var outbox = outboxOn(held);
        offer(outbox, 1, 2);
        eventually("time passes", () -> outbox.stalledNanos() > 50_000_000);

        held.complete();

        assertThat(held.isInFlight()).isTrue();
        assertThat(outbox.stalledNanos()).isLessThan(50_000_000);
    }

    // Words of these tests

    private static List<Boolean> offer(Outbox outbox, int from, int to) {
        var taken = new ArrayList<Boolean>();
        for (int i = from; i <= to; i++) {
            taken.add(outbox.offer(alone(line(Integer.toString(i)))));
        }
        return taken;
    }

    private static Outgoing line(String text) {
        return new Outgoing(new ServerMessage.Notice("TEST", text, null, null));
    }

    /** @param pages the lines of each page, with blanks between them */
    private static Feed pages(String... pages) {
        var rest = new ArrayDeque<>(List.of(pages));
        return feed(() -> rest.isEmpty()
                ? List.of()
                : Stream.of(rest.poll().split(" ")).map(OutboxTest::line).toList());
    }

    private interface Source {
        List<Outgoing> next();
    }

    private static Feed feed(Source source) {
        return new Feed() {
            @Override
            public List<Outgoing> next() {
                return source.next();
            }

            @Override
            public List<Outgoing> failed() {
                throw new AssertionError("This feed does not fail");
            }
        };
    }

    private static Bundle alone(Outgoing message) {
        return Bundle.of(List.of(message));
    }
}
