package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * For the security suite, which is all {@code *AttackIT}: Ann owns a room, Mallory has an account and nothing else, and each test says
 * what he tries and what comes of it. Both are made once, for passwords take time.
 */
abstract class Attacked extends DeployedWar {

    /** Well within the life of an access token. */
    private static final Duration FRESH = Duration.ofMinutes(8);

    private static String annsName;
    private static JsonObject annsLogin;
    private static JsonObject mallorysLogin;
    private static Instant loggedInAt;

    private long readUpTo;

    Rest rest;
    String ann;
    JsonObject anns;
    JsonObject mallorys;

    @BeforeEach
    void somebodyToAttack() {
        readUpTo = ServerLog.length();
        rest = new Rest(base);
        if (loggedInAt == null) {
            annsName = lookingLikeOthers();
            register(annsName);
            register(annsName + ".mallory");
        }
        if (loggedInAt == null || Instant.now().isAfter(loggedInAt.plus(FRESH))) {
            annsLogin = rest.login(annsName);
            mallorysLogin = rest.login(annsName + ".mallory");
            loggedInAt = Instant.now();
        }
        ann = annsName;
        anns = annsLogin;
        mallorys = mallorysLogin;
    }

    /** Whoever could fill the log with stack traces could fill the disk, and hide among them. */
    @AfterEach
    void nobodyHasToReadAStack() throws IOException {
        var log = ServerLog.since(readUpTo);
        assertThat(log)
                .doesNotContain("\tat ")
                .doesNotContain(ApplicationServer.current().fault());
    }

    private void register(String name) {
        assertThat(rest.register(name, Rest.PASSWORD).status()).isEqualTo(201);
    }

    // Of letters that other alphabets have as well, and never the same twice.
    private static String lookingLikeOthers() {
        return "pea"
                + new Random()
                        .ints(12, 0, 5)
                        .mapToObj("aceop"::charAt)
                        .map(String::valueOf)
                        .collect(Collectors.joining());
    }

    /** Sets a room as Ann, who makes it by that. */
    void annSets(String name, String settings) {
        var answer = rest.send("PUT", "rooms/" + name, settings, Rest.bearer(anns));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    /** Gives Mallory a role in a room of Ann's. */
    void annGives(String role, String name) {
        var answer = rest.send(
                "PUT", "rooms/" + name + "/members/" + mallory(), "{\"role\":\"" + role + "\"}", Rest.bearer(anns));
        assertThat(answer.status()).as(answer.text()).isEqualTo(204);
    }

    String mallory() {
        return mallorys.getString("username");
    }

    /** Of the full face, greeted. */
    ChatClient annIn(String name) {
        return greeted(LoggedInClient.connect(base, name, anns, "chat.v1.json"));
    }

    ChatClient malloryIn(String name) {
        return greeted(LoggedInClient.connect(base, name, mallorys, "chat.v1.json"));
    }

    private static ChatClient greeted(ChatClient client) {
        client.send("{\"type\":\"Hello\",\"historyLimit\":0}");
        client.next("Welcome");
        return client;
    }

    /** Nothing that helps to find out what the server is made of, or to attack it better. */
    static void assertTellsNothing(String text) {
        assertThat(text)
                .doesNotContainIgnoringCase(
                        "exception",
                        "\tat ",
                        "org.",
                        "java",
                        "jakarta",
                        "wildfly",
                        "undertow",
                        "jboss",
                        "resteasy",
                        "eclipse",
                        "sqlstate",
                        "postgres");
    }
}
