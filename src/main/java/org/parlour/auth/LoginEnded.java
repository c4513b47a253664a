package org.parlour.auth;

/**
 * Told at once when a login is good no longer: whoever is connected by it has to go. Fired after it has been committed.
 *
 * @param account whose; @param session which login, or null for all of them and for every other proof of that account
 * @param mayReturn whether a new login would be good; if not, the account may not come in any more
 */
public record LoginEnded(String account, String session, boolean mayReturn) {

    /** Whether this is somebody who has to go. */
    public boolean concerns(Identity identity) {
        return account.equals(identity.id()) && (session == null || session.equals(identity.session()));
    }
}
