package org.parlour.config;

import java.util.Arrays;
import java.util.List;
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
    STORAGE_PATIENCE_MILLIS("parlour.storage-patience-millis", 2_000, 100, 60_000),
    STORAGE_READERS("parlour.storage-readers", 8, 1, 64),
    STALL_SECONDS("parlour.stall-seconds", 30, 1, 3_600),
    HEARTBEAT_SECONDS("parlour.heartbeat-seconds", 25, 1, 3_600),
    GRACE_SECONDS("parlour.grace-seconds", 15, 0, 3_600),
    PRESENCE_LIMIT("parlour.presence-limit", 100, 0, 10_000),
    GUEST_TOKEN_DAYS("parlour.guest-token-days", 30, 1, 3_650),
    MIGRATION_RETRY_SECONDS("parlour.migration-retry-seconds", 2, 1, 60),
    ADMISSION("parlour.admission", "on"),
    TRUSTED_PROXIES("parlour.trusted-proxies", "none"),
    FLOOD_BREACHES("parlour.flood-breaches", 100, 1, 100_000),
    CONNECTION_MESSAGES_PER_SECOND("parlour.connection-messages-per-second", 10, 1, 100_000),
    CONNECTION_MESSAGE_BURST("parlour.connection-message-burst", 60, 1, 1_000_000),
    CONNECTION_JOINS_PER_MINUTE("parlour.connection-joins-per-minute", 60, 1, 1_000_000),
    CONNECTION_ROOMS("parlour.connection-rooms", 50, 1, 10_000),
    USER_MESSAGES_PER_SECOND("parlour.user-messages-per-second", 20, 1, 100_000),
    USER_MESSAGE_BURST("parlour.user-message-burst", 120, 1, 1_000_000),
    USER_JOINS_PER_MINUTE("parlour.user-joins-per-minute", 200, 1, 1_000_000),
    USER_CONNECTIONS("parlour.user-connections", 100, 1, 10_000),
    USER_ROOMS("parlour.user-rooms", 100, 1, 10_000),
    ADDRESS_MESSAGES_PER_SECOND("parlour.address-messages-per-second", 500, 1, 1_000_000),
    ADDRESS_MESSAGE_BURST("parlour.address-message-burst", 2_000, 1, 1_000_000),
    ADDRESS_JOINS_PER_MINUTE("parlour.address-joins-per-minute", 10_000, 1, 10_000_000),
    ADDRESS_CONNECTIONS("parlour.address-connections", 2_000, 1, 1_000_000),
    ADDRESS_UNNAMED_CONNECTIONS("parlour.address-unnamed-connections", 1_000, 1, 1_000_000),
    SERVER_MESSAGES_PER_SECOND("parlour.server-messages-per-second", 20_000, 1, 1_000_000),
    SERVER_JOINS_PER_MINUTE("parlour.server-joins-per-minute", 100_000, 1, 10_000_000),
    SERVER_CONNECTIONS("parlour.server-connections", 20_000, 1, 1_000_000),
    SERVER_UNNAMED_CONNECTIONS("parlour.server-unnamed-connections", 10_000, 1, 1_000_000);

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

    boolean isOn(Function<String, String> source) {
        var value = valueIn(source).strip();
        if (!value.equals("on") && !value.equals("off")) {
            throw refused(value, "on or off");
        }
        return value.equals("on");
    }

    List<Network> networks(Function<String, String> source) {
        var value = valueIn(source).strip();
        if (value.equals("none")) {
            return List.of();
        }
        try {
            return Arrays.stream(value.split(","))
                    .map(String::strip)
                    .map(Network::parse)
                    .toList();
        } catch (IllegalArgumentException notANetwork) {
            throw refused(
                    value, "none, or addresses and networks (10.1.2.3, 10.0.0.0/8, 2001:db8::/32) with commas between");
        }
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
