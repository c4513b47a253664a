package org.parlour.config;

import java.time.Duration;
import java.util.function.Function;

/**
 * How long what was said is kept, in every room; a room's owner may say less.
 *
 * @param days from when on an event is too old, 0 for never
 * @param events how many of the newest of each room are kept, 0 for all
 * @param interval from one look after what is to go to the next
 * @param batch how many events of a room go at once
 */
public record RetentionConfig(int days, int events, Duration interval, int batch) {

    static RetentionConfig from(Function<String, String> source) {
        return new RetentionConfig(
                Setting.RETENTION_DAYS.number(source),
                Setting.RETENTION_EVENTS.number(source),
                Duration.ofSeconds(Setting.PURGE_SECONDS.number(source)),
                Setting.PURGE_BATCH.number(source));
    }
}
