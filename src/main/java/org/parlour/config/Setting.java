package org.parlour.config;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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
    SERVER_UNNAMED_CONNECTIONS("parlour.server-unnamed-connections", 10_000, 1, 1_000_000),
    GUESTS("parlour.guests", "on"),
    ROOM_MAKERS("parlour.room-makers", "everybody"),
    ACCOUNTS("parlour.accounts", "on"),
    REGISTRATION("parlour.registration", "on"),
    BOOTSTRAP_ADMINISTRATOR("parlour.bootstrap-administrator", "none"),
    ADMINISTRATOR_ROLE("parlour.administrator-role", "parlour-administrator"),
    ACCESS_TOKEN_MINUTES("parlour.access-token-minutes", 15, 1, 60),
    ACCESS_TOKEN_KEY("parlour.access-token-key", "none", 4_000),
    LOGIN_DAYS("parlour.login-days", 30, 1, 365),
    ADDRESS_LOGINS_PER_MINUTE("parlour.address-logins-per-minute", 30, 1, 1_000_000),
    ADDRESS_REGISTRATIONS_PER_HOUR("parlour.address-registrations-per-hour", 20, 1, 1_000_000),
    PASSWORD_ITERATIONS("parlour.password-iterations", 600_000, 100_000, 10_000_000),
    PASSWORD_HASHERS("parlour.password-hashers", 2, 1, 64),
    ALLOWED_ORIGINS("parlour.allowed-origins", "same", 4_000),
    WITHOUT_ORIGIN("parlour.without-origin", "on"),
    ISSUER("parlour.issuer", "none", 250),
    ISSUER_AUDIENCE("parlour.issuer-audience", "parlour", 250),
    ISSUER_KEY("parlour.issuer-key", "none", 4_000),
    ISSUER_KEYS("parlour.issuer-keys", "none", 1_000),
    ISSUER_NAME_CLAIM("parlour.issuer-name-claim", "preferred_username"),
    ISSUER_GROUPS_CLAIM("parlour.issuer-groups-claim", "groups"),
    METRICS_TOKEN("parlour.metrics-token", "none", 250),
    METRICS_FROM("parlour.metrics-from", "none"),
    RETENTION_DAYS("parlour.retention-days", 0, 0, 36_500),
    RETENTION_EVENTS("parlour.retention-events", 0, 0, 1_000_000_000),
    PURGE_SECONDS("parlour.purge-seconds", 600, 1, 86_400),
    PURGE_BATCH("parlour.purge-batch", 500, 1, 10_000);

    private static final Pattern ORIGIN =
            Pattern.compile("https?://[a-z0-9.-]+(:\\d{1,5})?|https?://\\[[0-9a-f:.]+](:\\d{1,5})?");

    private final String key;
    private final String byDefault;
    private final int least;
    private final int most;

    Setting(String key, String byDefault) {
        this(key, byDefault, 100);
    }

    Setting(String key, String byDefault, int most) {
        this.key = key;
        this.byDefault = byDefault;
        this.least = 1;
        this.most = most;
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
        return key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
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

    RoomMakers roomMakers(Function<String, String> source) {
        var value = valueIn(source).strip();
        return Arrays.stream(RoomMakers.values())
                .filter(makers -> makers.toString().equals(value))
                .findFirst()
                .orElseThrow(() -> refused(value, "everybody, accounts or administrators"));
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

    /** Nothing if it is {@code none}. */
    Optional<String> optional(Function<String, String> source) {
        return Optional.of(text(source).strip()).filter(value -> !value.equals("none"));
    }

    Optional<URI> location(Function<String, String> source) {
        return optional(source).map(value -> {
            try {
                var location = URI.create(value);
                if (location.getHost() != null && Set.of("http", "https").contains(location.getScheme())) {
                    return location;
                }
            } catch (IllegalArgumentException notALocation) {
                throw refused(value, "none, or a URL with http or https");
            }
            throw refused(value, "none, or a URL with http or https");
        });
    }

    /** Other origins than the server's own, in small letters. */
    Set<String> origins(Function<String, String> source) {
        var value = text(source).strip().toLowerCase(Locale.ROOT);
        if (value.equals("same")) {
            return Set.of();
        }
        var origins = Arrays.stream(value.split(",")).map(String::strip).collect(Collectors.toUnmodifiableSet());
        if (!origins.stream().allMatch(origin -> ORIGIN.matcher(origin).matches())) {
            throw refused(value, "same, or origins (https://example.org, http://localhost:3000) with commas between");
        }
        return origins;
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
