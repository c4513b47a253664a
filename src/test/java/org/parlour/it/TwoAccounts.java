package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;

/** For tests of who may do what: Ann, who sets rooms, and Bob have accounts, and others than in the test before. */
abstract class TwoAccounts extends DeployedWar {

    static final Duration AT_ONCE = Duration.ofSeconds(1);

    private static final AtomicInteger COUNT = new AtomicInteger();

    Rest rest;
    String ann;
    JsonObject annsLogin;
    String bob;
    JsonObject bobsLogin;

    @BeforeEach
    void twoAccounts() {
        rest = new Rest(base);
        var number = Integer.toString(COUNT.incrementAndGet() + (int) (System.nanoTime() & 0xFFFFFF), 7) + "x";
        ann = "annika" + number;
        bob = "bobby" + number;
        annsLogin = rest.loggedIn(ann);
        bobsLogin = rest.loggedIn(bob);
    }

    /** Sets a room as Ann, who makes it by that if there is none. */
    JsonObject set(String name, String settings) {
        var answer = rest.send("PUT", "rooms/" + name, settings, Rest.bearer(annsLogin));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    static void within(Duration limit, Runnable check) {
        var begun = System.nanoTime();
        check.run();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(limit);
    }
}
