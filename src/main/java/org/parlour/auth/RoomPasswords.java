package org.parlour.auth;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.parlour.config.ChatConfig;
import org.parlour.limits.Attempts;
import org.parlour.protocol.ErrorCode;
import org.parlour.protocol.Refusal;
import org.parlour.protocol.RoomName;

/**
 * Whether a password opens a room. That takes a good part of a second, on purpose, but not for a password that has opened the room
 * before: a thousand members who reconnect at once must not wait for each other.
 */
@ApplicationScoped
public class RoomPasswords {

    private static final int MOST_REMEMBERED = 10_000;
    private static final int MOST_WAITING = 4;
    private static final int KEY_BYTES = 32;

    private Passwords passwords;
    private Audit audit;
    private Attempts attempts;

    private final Semaphore places = new Semaphore(MOST_WAITING);

    /** Makes what is remembered worthless to whoever reads it elsewhere. */
    private final String key = Secrets.random(KEY_BYTES);

    /** Hashes of pairs that fitted: a password, and what is kept of the room's. */
    private final Set<String> fitting = ConcurrentHashMap.newKeySet();

    /** For the container. */
    protected RoomPasswords() {}

    @Inject
    RoomPasswords(Passwords passwords, Audit audit, ChatConfig config) {
        this.passwords = passwords;
        this.audit = audit;
        this.attempts = new Attempts(config.auth().logins());
    }

    /** Whether it is known that the password fits. Returns at once. */
    public boolean isKnownToFit(String password, String hash) {
        return password != null && hash != null && fitting.contains(pair(password, hash));
    }

    /**
     * Finds out whether a password fits. Takes a good part of a second. That one does not is in the audit.
     *
     * @throws Refusal RATE_LIMITED or OVERLOADED
     */
    public boolean fits(String password, String hash, RoomName room, Visitor who) {
        if (isKnownToFit(password, hash)) {
            return true;
        }
        var wait = attempts.take(who.address());
        if (wait > 0) {
            throw Refusal.rateLimited("Too many passwords come from your address. Please wait.", wait);
        }
        if (!places.tryAcquire()) {
            throw new Refusal(ErrorCode.OVERLOADED, "Too many passwords are being looked at. Please try again.");
        }
        try {
            if (!passwords.matches(password, hash)) {
                audit.note(AuditEntry.inRoom(
                        who.identity(),
                        AuditEntry.Action.ROOM_PASSWORD_REFUSED,
                        null,
                        room.value(),
                        null,
                        who.address()));
                return false;
            }
        } finally {
            places.release();
        }
        if (fitting.size() >= MOST_REMEMBERED) {
            fitting.clear();
        }
        fitting.add(pair(password, hash));
        return true;
    }

    private String pair(String password, String hash) {
        return Secrets.hash((key + hash + " " + password).getBytes(StandardCharsets.UTF_8));
    }
}
