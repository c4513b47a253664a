package org.parlour.auth;

/**
 * Somebody who wants something of a room.
 *
 * @param address where it comes from, or null
 * @param fitting the hash that the password which it has shown fits, or null if it has shown none
 * @param verdict what the {@link RoomPolicy} says of it, or null if none decides about the room
 */
public record Visitor(Identity identity, String address, String fitting, Verdict verdict) {

    /** One of whom nothing else is known. */
    public Visitor(Identity identity, String address) {
        this(identity, address, null, null);
    }

    /** The same, with a fresh proof of who it is. */
    public Visitor identified(Identity fresh) {
        return new Visitor(fresh, address, fitting, verdict);
    }

    /** The same, who has shown a password. */
    public Visitor with(String hash) {
        return new Visitor(identity, address, hash, verdict);
    }

    /** The same, with what a policy says. */
    public Visitor judged(Verdict said) {
        return new Visitor(identity, address, fitting, said);
    }

    /** Without the hash. */
    @Override
    public String toString() {
        return identity.toString();
    }
}
