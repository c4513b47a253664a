package org.parlour.socket;

import java.util.List;
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
import org.openjdk.jmh.infra.Blackhole;
import org.parlour.protocol.Bundle;
import org.parlour.protocol.Face;
import org.parlour.protocol.Outgoing;
import org.parlour.protocol.ServerMessage;

/** What a bundle costs per member before the server's own send, with a reader that takes everything at once. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class OutboxBenchmark {

    private final Bundle bundle = Bundle.of(List.of(new Outgoing(new ServerMessage.Typing("general", "u17", "start"))));
    private Blackhole wire;
    private final Outbox outbox = new Outbox(
            (frame, done) -> {
                wire.consume(frame);
                done.accept(null);
            },
            new Feeder(Runnable::run, alarm -> () -> {}),
            Face.FULL,
            512,
            1 << 20,
            () -> {
                throw new IllegalStateException("Nothing breaks here");
            });

    @Benchmark
    public boolean offer(Blackhole blackhole) {
        wire = blackhole;
        return outbox.offer(bundle);
    }
}
