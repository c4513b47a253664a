package org.parlour.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.parlour.protocol.Outgoing;
import org.parlour.protocol.ServerMessage;
import org.parlour.room.Feed;
import org.parlour.testing.HeldTasks;

class FeederTest {

    private final HeldTasks readers = new HeldTasks();
    private final List<String> told = new ArrayList<>();
    private Runnable alarm;
    private boolean alarmStopped;

    private final Feeder feeder = new Feeder(readers, task -> {
        alarm = task;
        return () -> alarmStopped = true;
    });

    @Test
    void aFeedThatHangsIsGivenUpAndItsLatePageIsNotTold() {
        fetch(() -> {
            // The database hangs until the alarm has gone off.
            alarm.run();
            return page("late");
        });

        readers.runAll();

        assertThat(told).containsExactly("failed, last");
    }

    @Test
    void aFeedThatHangsAndThenFailsSaysSoOnce() {
        fetch(() -> {
            alarm.run();
            throw new IllegalStateException("as the test wants");
        });

        readers.runAll();

        assertThat(told).containsExactly("failed, last");
    }

    @Test
    void aPromptPageIsToldAndItsAlarmStopped() {
        fetch(() -> page("page"));

        readers.runAll();

        assertThat(told).containsExactly("page");
        assertThat(alarmStopped).isTrue();
    }

    @Test
    void anAlarmThatComesTooLateChangesNothing() {
        fetch(() -> page("page"));
        readers.runAll();

        alarm.run();

        assertThat(told).containsExactly("page");
    }

    @Test
    void anEmptyPageIsTheLast() {
        fetch(List::of);

        readers.runAll();

        assertThat(told).containsExactly(", last");
    }

    @Test
    void nothingIsAskedBeforeThereIsAThreadForIt() {
        fetch(() -> page("page"));

        assertThat(alarm).isNull();
        assertThat(told).isEmpty();
    }

    private void fetch(Supplier<List<Outgoing>> next) {
        var feed = new Feed() {
            @Override
            public List<Outgoing> next() {
                return next.get();
            }

            @Override
            public List<Outgoing> failed() {
                return page("failed");
            }
        };
        feeder.fetch(feed, page -> told.add(said(page)));
    }

    private static String said(Feeder.Page page) {
        var text = String.join(
                " ",
                page.messages().stream()
                        .map(message -> ((ServerMessage.Notice) message.message()).message())
                        .toList());
        return page.isLast() ? text + ", last" : text;
    }

    private static List<Outgoing> page(String text) {
        return List.of(new Outgoing(new ServerMessage.Notice("TEST", text, null, null)));
    }
}
