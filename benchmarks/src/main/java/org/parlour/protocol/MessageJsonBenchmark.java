package org.parlour.protocol;

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

/** What one request of a client costs before anybody looks at what it asks: checked strictly, then bound. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class MessageJsonBenchmark {

    // Not final: a constant would be folded away.
    private String said =
            "{\"type\":\"Message\",\"ref\":\"r-17\",\"nonce\":\"4f1c2a90-17\",\"content\":\"" + "x".repeat(64) + "\"}";

    @Benchmark
    public ClientMessage decode() {
        return MessageJson.decode(said);
    }
}
