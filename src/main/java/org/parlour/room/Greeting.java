package org.parlour.room;

import org.parlour.protocol.ClientMessage;

/**
 * With what a member of the full face enters a room.
 *
 * @param ref of the request that its {@code Welcome} answers, or null
 * @param username the name to go by, or null
 * @param since the newest seq that it has seen, or null; @param epoch the log that it saw it in
 * @param historyLimit how many earlier messages it wants to see, or null for the usual number
 */
public record Greeting(String ref, String username, Long since, String epoch, Integer historyLimit) {

    public static Greeting of(ClientMessage.Hello hello) {
        return new Greeting(hello.ref(), hello.username(), hello.since(), hello.epoch(), hello.historyLimit());
    }

    /** @param username the name that it has elsewhere, or null */
    public static Greeting of(ClientMessage.Join join, String username) {
        return new Greeting(join.ref(), username, join.since(), join.epoch(), join.historyLimit());
    }
}
