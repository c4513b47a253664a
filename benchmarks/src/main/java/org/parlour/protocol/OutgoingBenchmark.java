package org.parlour.protocol;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a message costs once for a whole room, however many members it has. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class OutgoingBenchmark {

    private static final int GATHERED = 32;

    private final ServerMessage message = message(17);
    private List<Outgoing> rendered;

    static ServerMessage message(long seq) {
        return new ServerMessage.NewMessage(
                "u17",
                "x".repeat(64),
                null,
                null,
                "general",
                seq,
                "1-" + seq,
                "2026-01-01T12:00:00.000Z",
                "5d3c0b0e-7a5f-4f6e-9a55-3a1f0e6f2b11",
                null);
    }

    @Setup
    public void render() {
        rendered = LongStream.range(0, GATHERED)
                .mapToObj(seq -> new Outgoing(message(seq)))
                .toList();
        rendered.forEach(part -> part.frames(Face.FULL));
    }

    @Benchmark
    public List<String> encodeOnce() {
        return new Outgoing(message).frames(Face.FULL);
    }

    /** The JSON of the 32 is there already, as it is when a tick ends. */
    @Benchmark
    public String joinThirtyTwo() {
        return Bundle.of(rendered).frame();
    }

    @Benchmark
    public String encodeAndJoinThirtyTwo() {
        return Bundle.of(rendered.stream()
                        .map(part -> new Outgoing(part.message()))
                        .toList())
                .frame();
    }
}
