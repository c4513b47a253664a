package org.parlour.testing;

import java.text.MessageFormat;
import java.util.List;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Keeps what is logged through {@link System.Logger} from INFO on, for tests that count lines. It has to be the finder itself: one
 * that comes with a test library would keep the lines from java.util.logging.
 */
public final class LogLines extends System.LoggerFinder {

    private static final Map<String, List<String>> LINES = new ConcurrentHashMap<>();

    @Override
    public System.Logger getLogger(String name, Module module) {
        return new Lines(name);
    }

    /** What this class has logged since {@link #forget}. */
    public static List<String> of(Class<?> source) {
        return List.copyOf(linesOf(source.getName()));
    }

    public static void forget() {
        LINES.clear();
    }

    private static List<String> linesOf(String logger) {
        return LINES.computeIfAbsent(logger, key -> new CopyOnWriteArrayList<>());
    }

    private record Lines(String name) implements System.Logger {

        @Override
        public String getName() {
            return name;
        }

        @Override
        public boolean isLoggable(Level level) {
            return level.getSeverity() >= Level.INFO.getSeverity() && level != Level.OFF;
        }

        @Override
        public void log(Level level, ResourceBundle bundle, String message, Throwable thrown) {
            if (isLoggable(level)) {
                linesOf(name).add(level + " " + message + (thrown == null ? "" : " (" + thrown + ")"));
            }
        }

        @Override
        public void log(Level level, ResourceBundle bundle, String format, Object... parameters) {
            log(
                    level,
                    bundle,
                    parameters == null || parameters.length == 0 ? format : MessageFormat.format(format, parameters),
                    (Throwable) null);
        }
    }
}
