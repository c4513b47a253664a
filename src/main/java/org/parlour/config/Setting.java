package org.parlour.config;

import java.util.function.Function;

/** One setting: its key, default and range. The environment variable is the key in capitals with {@code _} for {@code . -}. */
public enum Setting {
    SERVER_NAME("parlour.server-name", "parlour"),
    MAX_FRAME_BYTES("parlour.max-frame-bytes", 65_536, 1_024, 1_048_576),
    MAX_CONTENT_LENGTH("parlour.max-content-length", 4_000, 1, 4_000),
    RECENT_MESSAGES("parlour.recent-messages", 50, 1, 1_000),
    HISTORY_LIMIT("parlour.history-limit", 1_000, 1, 10_000),
    LANES("parlour.lanes", 1, 1, 16),
    LANE_CAPACITY("parlour.lane-capacity", 10_000, 1, 1_000_000),
    LANE_BATCH("parlour.lane-batch", 500, 1, 5_000),
    OUTBOX_EVENTS("parlour.outbox-events", 512, 16, 100_000),
    OUTBOX_BYTES("parlour.outbox-bytes", 1_048_576, 65_536, 134_217_728),
    TICK_MILLIS("parlour.tick-millis", 5, 0, 1_000),
    STALL_SECONDS("parlour.stall-seconds", 30, 1, 3_600),
    HEARTBEAT_SECONDS("parlour.heartbeat-seconds", 25, 1, 3_600),
    GRACE_SECONDS("parlour.grace-seconds", 15, 0, 3_600),
    PRESENCE_LIMIT("parlour.presence-limit", 100, 0, 10_000),
    ROOMS_PER_CONNECTION("parlour.rooms-per-connection", 50, 1, 1_000),
    GUEST_TOKEN_DAYS("parlour.guest-token-days", 30, 1, 3_650),
    MIGRATION_RETRY_SECONDS("parlour.migration-retry-seconds", 2, 1, 60);

    private final String key;
    private final String byDefault;
    private final int least;
    private final int most;

    Setting(String key, String byDefault) {
        this.key = key;
        this.byDefault = byDefault;
        this.least = 1;
        this.most = 100;
    }

    Setting(String key, int byDefault, int least, int most) {
        this.key = key;
        this.byDefault = Integer.toString(byDefault);
        this.least = least;
        this.most = most;
    }

    public String key() {
        return key;
    }

    public String byDefault() {
        return byDefault;
    }

    public String environmentVariable() {
        return key.toUpperCase(java.util.Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    String text(Function<String, String> source) {
        var value = valueIn(source);
        if (value.length() > most) {
            throw refused(value, "a text of " + least + " to " + most + " characters");
        }
        return value;
    }

    int number(Function<String, String> source) {
        var value = valueIn(source);
        try {
            var number = Integer.parseInt(value.strip());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            throw refused(value, rangeInWords());
        }
        throw refused(value, rangeInWords());
    }

    private String valueIn(Function<String, String> source) {
        var value = source.apply(key);
        return value == null || value.isBlank() ? byDefault : value;
    }

    private String rangeInWords() {
        return "a whole number from " + least + " to " + most;
    }

    private IllegalArgumentException refused(String value, String allowed) {
        return new IllegalArgumentException(
                key + " (" + environmentVariable() + ") is \"" + value + "\"; allowed is " + allowed + ".");
    }
}
