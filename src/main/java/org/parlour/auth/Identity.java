package org.parlour.auth;

import java.time.Instant;
import java.util.List;
import org.parlour.protocol.Username;

/**
 * Who somebody is, whatever proved it. Does not change; what a connection knows of its client is replaced when it shows a fresh token.
 *
 * @param id stands in the log as the sender's id, at most 64 characters; those of guests and of accounts cannot collide
 * @param name the account's name, which is not for its holder to change; null for a guest, who takes one in each room
 * @param administrator may do everything everywhere; never a guest
 * @param session the login that the proof belongs to, or null
 * @param expiresAt when the proof is good no longer, or null for as long as the connection lasts
 */
public record Identity(Kind kind, String id, Username name, boolean administrator, String session, Instant expiresAt) {

    /** Whether somebody comes back by a token alone, or has an account. */
    public enum Kind {
        GUEST,
        ACCOUNT
    }

    public Identity {
        if ((kind == Kind.GUEST) != (name == null) || kind == Kind.GUEST && administrator) {
            throw new IllegalArgumentException("An account has a name, a guest has neither name nor office");
        }
    }

    /** @param id from {@link GuestTokens} */
    public static Identity guest(String id) {
        return new Identity(Kind.GUEST, id, null, false, null, null);
    }

    /** Whether this is the id of an account, as it stands in the log. */
    public static boolean isAccount(String id) {
        return id.startsWith(AccountRows.PREFIX);
    }

    public boolean isGuest() {
        return kind == Kind.GUEST;
    }

    /** What it may do everywhere, in the words of the protocol. */
    public List<String> roles() {
        return administrator ? List.of("administrator") : List.of();
    }

    /** Whether its proof was good only before this moment. */
    public boolean isExpiredAt(Instant moment) {
        return expiresAt != null && !moment.isBefore(expiresAt);
    }

    /** Without the session: it is a secret of its account, and this may be logged. */
    @Override
    public String toString() {
        return kind + " " + id + (administrator ? " (administrator)" : "");
    }
}
