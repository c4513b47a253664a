package org.parlour.room;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.parlour.history.EventKind;
import org.parlour.history.StoredEvent;
import org.parlour.protocol.RoomName;

/** What it costs to remember a message in a room whose memory is full. The event itself, which has to be new, is in the figure. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class RecentMessagesBenchmark {

    private final RoomName room = new RoomName("general");
    private final Instant at = Instant.parse("2026-01-01T12:00:00Z");
    private final RecentMessages recent = new RecentMessages(50);
    private long seq;

    @Benchmark
    public void add() {
        recent.add(new StoredEvent(room, 1, ++seq, EventKind.MESSAGE, "u17", "guest", "hello", null, null, at));
    }
}
