package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.parlour.it.FaultLoad.Fault;

/**
 * What was acknowledged is never lost, doubled or reordered, and nobody is put out, when the server's clock jumps. The server runs under
 * libfaketime (Debian and Ubuntu: {@code apt-get install faketime}); where that is missing the test is skipped.
 */
class ClockFaultsIT {

    private static final Path LIBRARIES = Path.of("/usr/lib");
    private static final String LIBRARY = "libfaketimeMT.so.1";

    /** The library looks for a new time once a second. */
    private static final long NOTICED_SECONDS = 2;

    /** Every look at the clock goes through the library. */
    private static final Duration SLOW_START = Duration.ofMinutes(5);

    private final ControlledPostgres postgres = new ControlledPostgres();
    private final Path offset = Files.createTempFile(Path.of(System.getProperty("parlour.it.directory")), "clock-", "");

    ClockFaultsIT() throws IOException {}

    @BeforeEach
    void theClockIsRight() throws IOException {
        assumeTrue(library().isPresent(), "libfaketime is not installed");
        jumpTo(Duration.ZERO);
    }

    // Only in the long form: a server under the library takes its time.
    @Test
    @Tag("faults")
    void nothingIsLostOrDoubledWhenTheClockJumps() throws Exception {
        try (postgres;
                var server = new ServerProcess("clock", postgres)) {
            postgres.start();
            server.environment(Map.of(
                    "LD_PRELOAD",
                    library().orElseThrow().toString(),
                    "FAKETIME_TIMESTAMP_FILE",
                    offset.toString(),
                    "FAKETIME_CACHE_DURATION",
                    "1",
                    "FAKETIME_DONT_FAKE_MONOTONIC",
                    "1"));
            server.patience(SLOW_START);
            server.start();
            var load = new FaultLoad(server::address, "clock", postgres.url());

            load.bear(List.of(
                    jump(Duration.ofHours(1)),
                    jump(Duration.ofHours(-2)),
                    jump(Duration.ofDays(1)),
                    jump(Duration.ZERO)));

            assertThat(load.hoursBetweenEvents()).as("the clock did jump").contains(1L, -3L, 26L, -24L);
            assertThat(load.connections()).as("nobody is put out").isEqualTo(load.clients());
        }
    }

    private Fault jump(Duration fromNow) {
        return () -> {
            jumpTo(fromNow);
            TimeUnit.SECONDS.sleep(NOTICED_SECONDS);
        };
    }

    private void jumpTo(Duration fromNow) throws IOException {
        Files.writeString(offset, "%+d".formatted(fromNow.toSeconds()));
    }

    private static Optional<Path> library() throws IOException {
        try (Stream<Path> folders = Files.exists(LIBRARIES) ? Files.list(LIBRARIES) : Stream.empty()) {
            return folders.map(folder -> folder.resolve("faketime").resolve(LIBRARY))
                    .filter(Files::exists)
                    .findFirst();
        }
    }
}
