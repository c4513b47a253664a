package org.parlour.auth;

import org.parlour.config.ChatConfig;

/** Lets the tests of other packages have {@link GuestTokens} without a database. */
public final class GuestTokensForTests {

    private GuestTokensForTests() {}

    public static GuestTokens of(ChatConfig config) {
        return new GuestTokens(new byte[32], config);
    }
}
