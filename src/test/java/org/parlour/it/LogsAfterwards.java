package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Reads the logs of all servers that the integration tests of this build have started, in an execution of its own behind theirs:
 * whatever was said, and every token and password, must be in none of them.
 */
class LogsAfterwards {

    private final Path directory = Path.of(System.getProperty("parlour.it.directory"));

    // Of whole seconds, as the build's time is.
    private final Instant begun = Instant.parse(System.getProperty("parlour.it.begun"));

    @Test
    void nothingConfidentialStandsInThem() throws IOException {
        var notes = written("confidential-.*\\.txt");
        assumeThat(notes).as("integration tests have run").isNotEmpty();
        var logs = written(".*\\.log");

        var looked = 0;
        var found = new ArrayList<String>();
        for (var note : notes) {
            var search = new LogSearch(note);
            looked += search.size();
            for (var log : logs) {
                found.addAll(search.in(log));
            }
        }

        assertThat(logs.stream().filter(log -> log.toFile().length() > 0)).isNotEmpty();
        assertThat(looked).isPositive();
        assertThat(found).isEmpty();
        System.out.printf("%d tokens, passwords and contents are in none of %d logs%n", looked, logs.size());
    }

    /** The files with such a name that have been written to since the build began. */
    private List<Path> written(String name) throws IOException {
        try (var files = Files.walk(directory)) {
            return files.filter(file -> file.getFileName().toString().matches(name))
                    .filter(Files::isRegularFile)
                    .filter(file ->
                            !Instant.ofEpochMilli(file.toFile().lastModified()).isBefore(begun))
                    .collect(Collectors.toList());
        }
    }
}
