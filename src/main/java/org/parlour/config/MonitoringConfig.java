package org.parlour.config;

import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Who may read the figures over HTTP besides administrators.
 *
 * @param token a bearer token that opens them and nothing else; empty = none
 * @param from addresses to which they are open
 */
public record MonitoringConfig(Secret token, List<Network> from) {

    /** RFC 6750 section 2.1, and long enough that nobody guesses it. */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]{16,}=*");

    static MonitoringConfig from(Function<String, String> source) {
        return new MonitoringConfig(token(source), Setting.METRICS_FROM.networks(source));
    }

    // The value itself must not get into the log, so the sentence does not repeat it.
    private static Secret token(Function<String, String> source) {
        var text = Setting.METRICS_TOKEN.optional(source).orElse("");
        if (!text.isEmpty() && !TOKEN.matcher(text).matches()) {
            throw new IllegalArgumentException(Setting.METRICS_TOKEN.key() + " ("
                    + Setting.METRICS_TOKEN.environmentVariable()
                    + ") is no token; allowed is none, or at least 16 letters, digits and . _ ~ + / -");
        }
        return new Secret(text);
    }
}
