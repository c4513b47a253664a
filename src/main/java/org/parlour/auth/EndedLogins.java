package org.parlour.auth;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.parlour.config.ChatConfig;

/**
 * Logins that ended while access tokens of theirs may still be good. An access token is checked without the database, so this is kept
 * in memory, for as long as such a token lives. Safe for any thread.
 */
@ApplicationScoped
public class EndedLogins {

    private static final int TIDY_ABOVE = 1_000;

    private ChatConfig config;

    /** Sessions and accounts, and when they ended. */
    private final Map<String, Instant> ended = new ConcurrentHashMap<>();

    /** For the container. */
    protected EndedLogins() {}

    @Inject
    EndedLogins(ChatConfig config) {
        this.config = config;
    }

    /** @param key a session, or an account of which all sessions have ended */
    void add(String key, Instant at) {
        if (ended.size() > TIDY_ABOVE) {
            var oldest = Instant.now().minus(config.auth().accessTokenLife());
            ended.values().removeIf(end -> end.isBefore(oldest));
        }
        // A token tells its age in whole seconds: one of the very second of the end counts as older than it.
        ended.put(key, at.truncatedTo(ChronoUnit.SECONDS));
    }

    /** Whether somebody came in by an access token that is good no longer. */
    public boolean concern(Identity identity) {
        return identity.session() != null
                && contains(
                        identity.id(),
                        identity.session(),
                        identity.expiresAt().minus(config.auth().accessTokenLife()));
    }

    /** Whether a token of this session, made then, is good no longer. */
    boolean contains(String account, String session, Instant issuedAt) {
        if (session != null && ended.containsKey(session)) {
            return true;
        }
        var end = ended.get(account);
        return end != null && !issuedAt.isAfter(end);
    }
}
