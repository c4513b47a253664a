package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;

/** Programs of this machine that some tests need: where they are missing, the test is skipped. Where CI is set, nothing is left out. */
final class Installed {

    private Installed() {}

    /** @param command does nothing and ends well where it is there */
    static void require(String... command) throws InterruptedException {
        var isThere = isThere(command);
        if (System.getenv("CI") != null) {
            assertThat(isThere).as(String.join(" ", command)).isTrue();
        }
        assumeThat(isThere).as("not installed: %s", String.join(" ", command)).isTrue();
    }

    /** Node 18 builds the page but has no WebSocket. */
    static void requireNodeWithWebSocket() throws InterruptedException {
        require("node", "--experimental-websocket", "--eval", "0");
    }

    static boolean isThere(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException missing) {
            return false;
        }
    }
}
