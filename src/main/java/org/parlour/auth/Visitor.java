package org.parlour.auth;

/**
 * Somebody who wants something of a room.
 *
 * @param address where it comes from, or null
 * @param fitting the hash that the password which it has shown fits, or null if it has shown none
 */
public record Visitor(Identity identity, String address, String fitting) {

    /** The same, who has shown a password. */
    public Visitor with(String hash) {
        return new Visitor(identity, address, hash);
    }

    /** Without the hash. */
    @Override
    public String toString() {
        return identity.toString();
    }
}
