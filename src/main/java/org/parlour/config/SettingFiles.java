package org.parlour.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * Settings whose values lie in files, as secrets of containers do: {@code parlour.metrics-token-file} (PARLOUR_METRICS_TOKEN_FILE) names
 * the file with the value of {@code parlour.metrics-token}. Works for every setting.
 */
final class SettingFiles {

    private static final String SUFFIX = "-file";
    private static final int MOST_BYTES = 64 * 1024;

    private SettingFiles() {}

    /** What a source says, and where it names a file, what stands in that, without blanks around it. */
    static Function<String, String> over(Function<String, String> source) {
        return key -> {
            var file = source.apply(key + SUFFIX);
            if (file == null || file.isBlank()) {
                return source.apply(key);
            }
            var value = source.apply(key);
            if (value != null && !value.isBlank()) {
                throw new IllegalArgumentException(
                        key + " and " + key + SUFFIX + " are both set; allowed is one of them.");
            }
            return read(key + SUFFIX, file.strip());
        };
    }

    private static String read(String key, String file) {
        try {
            var path = Path.of(file);
            if (Files.isRegularFile(path) && Files.size(path) <= MOST_BYTES) {
                return Files.readString(path).strip();
            }
        } catch (IOException | InvalidPathException unreadable) {
            throw refused(key, file);
        }
        throw refused(key, file);
    }

    private static IllegalArgumentException refused(String key, String file) {
        return new IllegalArgumentException(key + " is \"" + file + "\"; allowed is a file of UTF-8 text that the"
                + " server may read, of at most " + MOST_BYTES + " bytes.");
    }
}
