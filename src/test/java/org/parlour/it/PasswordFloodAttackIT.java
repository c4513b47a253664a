package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.parlour.testing.Race;

/**
 * Attack: passwords by the hundred, to guess one or to use up the processors. Outcome: most are refused before they cost anything, with
 * the time to wait; and those who talk go on. With the limits and the iterations that an operator gets.
 */
class PasswordFloodAttackIT {

    private static final int ATTEMPTS = 60;
    /** Two passwords being hashed keep two processors busy; a chat that waited for them would stand still for seconds. */
    private static final long BEARABLE_MILLIS = 1_000;

    private static ServerProcess server;
    private static URI base;
    private static Rest rest;

    @BeforeAll
    static void start() throws Exception {
        server = new ServerProcess(
                "passwords",
                "-Dparlour.admission=on",
                "-Dparlour.password-iterations=600000",
                "-Dparlour.trusted-proxies=127.0.0.1",
                "-Dparlour.address-registrations-per-hour=10");
        server.start();
        base = server.address();
        rest = new Rest(base);
        assertThat(rest.register("ann", Rest.PASSWORD).status()).isEqualTo(201);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void whoGuessesFromOneAddressIsToldToWait() {
        var answers = new ArrayList<Rest.Answer>();
        for (int i = 0; i < ATTEMPTS; i++) {
            // A made-up hop before the last one is what the guesser has written himself.
            answers.add(login("ann", "guess number " + i, "10.9." + i + ".1, 192.0.2.1"));
        }

        var refused = answers.stream().filter(answer -> answer.status() == 429).toList();
        assertThat(refused).hasSizeGreaterThan(ATTEMPTS / 3).allSatisfy(answer -> {
            assertThat(answer.code()).isEqualTo("RATE_LIMITED");
            assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(1, 60);
        });
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 429)
                .allSatisfy(answer -> assertThat(answer.status()).isEqualTo(401));
        assertThat(login("ann", Rest.PASSWORD, "192.0.2.2").status())
                .as("Ann herself, from elsewhere")
                .isEqualTo(201);
    }

    @Test
    void aFloodFromManyAddressesDoesNotStopThoseWhoTalk() throws Exception {
        var alice = ChatClient.connect(base, "general", "chat.v1.json").as("alice");
        var bob = ChatClient.connect(base, "general", "chat.v1.json").as("bob");
        bob.drain();
        var answers = new ConcurrentLinkedQueue<Rest.Answer>();

        var flood = CompletableFuture.runAsync(() -> Race.among(
                ATTEMPTS, number -> answers.add(login("ann", "guess number " + number, "198.51.100." + number))));
        var millis = new ArrayList<Long>();
        for (int i = 0; !flood.isDone() || i < 20; i++) {
            var sent = System.nanoTime();
            alice.send("{\"type\":\"Message\",\"content\":\"line " + i + "\"}");
            bob.nextContent();
            millis.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - sent));
            TimeUnit.MILLISECONDS.sleep(60);
        }
        flood.get(30, TimeUnit.SECONDS);

        Collections.sort(millis);
        assertThat(millis.get(millis.size() * 95 / 100)).as("%s", millis).isLessThan(BEARABLE_MILLIS);
        assertThat(answers)
                .hasSize(ATTEMPTS)
                .allSatisfy(answer -> assertThat(answer.status()).isIn(401, 503));
        var busy = answers.stream().filter(answer -> answer.status() == 503).toList();
        assertThat(busy).isNotEmpty().allSatisfy(answer -> {
            assertThat(answer.code()).isEqualTo("OVERLOADED");
            assertThat(Integer.parseInt(answer.header("Retry-After"))).isPositive();
        });
    }

    @Test
    void accountsByTheHundredAreNotMade() {
        var statuses = new ArrayList<Integer>();
        for (int i = 0; i < 30; i++) {
            statuses.add(rest.post(
                            "accounts",
                            Rest.credentials(
                                    "made-by-the-hundred-" + "abcdefghijklmnopqrstuvwxyzABCDEF".charAt(i), "x"),
                            "X-Forwarded-For",
                            "203.0.113.5")
                    .status());
        }

        assertThat(statuses).endsWith(429);
        assertThat(List.copyOf(statuses).stream().filter(status -> status != 429))
                .hasSizeLessThanOrEqualTo(10);
    }

    private static Rest.Answer login(String name, String password, String from) {
        return rest.post("sessions", Rest.credentials(name, password), "X-Forwarded-For", from);
    }
}
