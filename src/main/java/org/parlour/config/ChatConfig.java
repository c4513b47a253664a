package org.parlour.config;

import java.time.Duration;
import java.util.function.Function;

/**
 * Every setting, read once at start. Immutable; the values are within the ranges of {@link Setting}.
 *
 * @param serverName what Parlour calls itself in {@code Welcome}
 * @param maxFrameBytes longest text frame a client may send, in bytes of UTF-8
 * @param maxContentLength longest message, in code points
 * @param recentMessages how many messages of each live room stay in memory
 * @param historyLimit most messages one {@code /history} answers with
 * @param lanes how many transactions may write to the log at once; a room always uses the same one
 * @param laneCapacity how many drafts may wait in one lane
 * @param laneBatch most drafts in one transaction
 * @param outboxEvents how many events may wait for one connection
 * @param outboxBytes how many bytes of UTF-16 may wait for one connection
 * @param tick how long a room that has just told its members something waits before it tells them more; zero = not at all
 * @param storagePatience how long the database may take for an answer before people are told to try again
 * @param storageReaders how many may wait for the database at once to read history
 * @param stallLimit how long a connection may take nothing of what waits for it
 * @param heartbeat time between two protocol pings
 * @param grace how long somebody whose connection broke is still here
 * @param presenceLimit most members that are listed by name
 * @param guestTokenLife how long a guest token is good for, from its last renewal
 * @param migrationRetry time between two attempts to reach the database at start
 * @param admission how much one connection, user, address and the server may do
 * @param auth who may come in, and by what proof
 * @param monitoring who may read the figures
 * @param retention how long what was said is kept
 */
public record ChatConfig(
        String serverName,
        int maxFrameBytes,
        int maxContentLength,
        int recentMessages,
        int historyLimit,
        int lanes,
        int laneCapacity,
        int laneBatch,
        int outboxEvents,
        int outboxBytes,
        Duration tick,
        Duration storagePatience,
        int storageReaders,
        Duration stallLimit,
        Duration heartbeat,
        Duration grace,
        int presenceLimit,
        Duration guestTokenLife,
        Duration migrationRetry,
        AdmissionConfig admission,
        AuthConfig auth,
        MonitoringConfig monitoring,
        RetentionConfig retention) {

    /** The settings by their defaults. */
    public static ChatConfig defaults() {
        return from(key -> null);
    }

    /**
     * @param source a key to its text, or null where it is not set
     * @throws IllegalArgumentException naming key, value and what is allowed
     */
    public static ChatConfig from(Function<String, String> source) {
        return new ChatConfig(
                Setting.SERVER_NAME.text(source),
                Setting.MAX_FRAME_BYTES.number(source),
                Setting.MAX_CONTENT_LENGTH.number(source),
                Setting.RECENT_MESSAGES.number(source),
                Setting.HISTORY_LIMIT.number(source),
                Setting.LANES.number(source),
                Setting.LANE_CAPACITY.number(source),
                Setting.LANE_BATCH.number(source),
                Setting.OUTBOX_EVENTS.number(source),
                Setting.OUTBOX_BYTES.number(source),
                Duration.ofMillis(Setting.TICK_MILLIS.number(source)),
                Duration.ofMillis(Setting.STORAGE_PATIENCE_MILLIS.number(source)),
                Setting.STORAGE_READERS.number(source),
                Duration.ofSeconds(Setting.STALL_SECONDS.number(source)),
                Duration.ofSeconds(Setting.HEARTBEAT_SECONDS.number(source)),
                Duration.ofSeconds(Setting.GRACE_SECONDS.number(source)),
                Setting.PRESENCE_LIMIT.number(source),
                Duration.ofDays(Setting.GUEST_TOKEN_DAYS.number(source)),
                Duration.ofSeconds(Setting.MIGRATION_RETRY_SECONDS.number(source)),
                AdmissionConfig.from(source),
                AuthConfig.from(source),
                MonitoringConfig.from(source),
                RetentionConfig.from(source));
    }
}
