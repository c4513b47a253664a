package org.parlour.auth;

import java.time.Instant;
import org.parlour.protocol.Username;

/**
 * Somebody who is no guest, as the database knows it at the moment.
 *
 * @param id see {@link Identity#id}
 * @param source {@link #LOCAL}, {@link #CONTAINER}, or the issuer of the tokens that it shows
 * @param subject who it is there
 * @param disabled may not come in any more
 */
public record Account(
        String id, String source, String subject, Username name, boolean administrator, boolean disabled) {

    /** It has a password here. */
    public static final String LOCAL = "local";

    /** The application server has logged it in. */
    public static final String CONTAINER = "container";

    /** @param session the login, or null; @param expiresAt of the proof, or null */
    public Identity identity(String session, Instant expiresAt) {
        return new Identity(Identity.Kind.ACCOUNT, id, name, administrator, session, expiresAt);
    }
}
