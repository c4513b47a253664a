package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What the server answers is what its OpenAPI document says: every answer here is held against it, and every status that it tells of is
 * seen, but those that take a flood or a lost database.
 */
@Tag("core")
class OpenApiIT extends DeployedWar {

    /** Seen elsewhere: PasswordFloodAttackIT, StrictServerIT, StorageOutageIT. */
    private static final Set<String> NOT_HERE = Set.of("429", "503");

    private static final String UNKNOWN = "private:nobody:x";

    private final TreeSet<String> seen = new TreeSet<>();
    private Rest rest;
    private Described document;
    private String ann;
    private String bob;
    private String carl;
    private String[] anns;
    private String[] bobs;
    private String[] roots;

    @BeforeEach
    void people() {
        rest = new Rest(base);
        document = new Described(rest.send("GET", "openapi.json", null).json());
        ann = "annie" + room.substring(5, 13);
        bob = "bobby" + room.substring(5, 13);
        carl = "carlo" + room.substring(5, 13);
        anns = Rest.bearer(rest.loggedIn(ann));
        bobs = Rest.bearer(rest.loggedIn(bob));
        roots = Rest.bearer(rest.administrator());
    }

    @Test
    void everyAnswerIsAsDescribedAndEveryDescribedStatusIsAnswered() {
        refusals();
        rooms();
        messages();
        invitations();
        conversations();
        logins();
        administration();
        operation();

        var described = new TreeSet<String>();
        document.operations()
                .forEach(operation -> document.statuses(operation).stream()
                        .filter(status -> !NOT_HERE.contains(status))
                        .forEach(status -> described.add(operation + " " + status)));
        described.removeAll(seen);
        assertThat(described).as("described and never answered").isEmpty();
    }

    private void refusals() {
        for (var operation : document.operations()) {
            var takesBody = document.takesBody(operation);
            var body = takesBody ? "{}" : null;
            ask(401, operation, "x", body, "Authorization", "Bearer x.y.z");
            ask(403, operation, "x", body, "Origin", "https://evil.example");
            if (takesBody) {
                ask(400, operation, "x", "{", roots);
                ask(413, operation, "x", "{\"x\":\"" + "x".repeat(70_000) + "\"}", roots);
                ask(415, operation, "x", "{}", with(roots, "Content-Type", "text/plain"));
            } else if (document.statuses(operation).contains("400")) {
                var odd = operation.contains("{session}") ? "x".repeat(256) : "%20";
                ask(400, operation + "?limit=x&format=x", odd, null, roots);
            }
            if (operation.contains("{room}") && document.statuses(operation).contains("404")) {
                ask(404, operation.replace("{room}", UNKNOWN), "1", body(operation), bobs);
            }
        }
    }

    private static String body(String operation) {
        return switch (operation) {
            case "PUT /rooms/{room}" -> "{\"kind\":\"private\"}";
            case "PUT /rooms/{room}/members/{username}" -> "{\"role\":\"member\"}";
            case "POST /rooms/{room}/messages" -> "{\"content\":\"x\"}";
            case "POST /rooms/{room}/invitations" -> "{}";
            default -> null;
        };
    }

    private void rooms() {
        ask(200, "PUT /rooms/{room}", room, "{\"kind\":\"open\",\"slowMode\":0}", anns);
        asIs("GET /rooms/{room}", room, anns);
        ask(200, "GET /rooms?name=" + room, "", null, anns);
        ask(204, "PUT /rooms/{room}/members/" + bob, room, "{\"role\":\"moderator\"}", anns);
        asIs("GET /rooms/{room}/members", room, anns);
        ask(204, "DELETE /rooms/{room}/members/" + bob, room, null, anns);
        var other = room + "-p";
        try (var there = ChatClient.connect(base, other, "chat.v1.json")) {
            there.send("{\"type\":\"Hello\",\"username\":\"guest\"}");
            there.next("Welcome");
            var present = ask(200, "GET /rooms/{room}/presence", other, null, anns);
            assertThat(present.json().getJsonArray("users")).hasSize(1);
        }
    }

    private void messages() {
        var post = "POST /rooms/{room}/messages";
        var first = ask(201, post, room, "{\"content\":\"one\",\"nonce\":\"n\"}", anns)
                .json()
                .getInt("seq");
        ask(200, post, room, "{\"content\":\"one\"}", with(anns, "Idempotency-Key", "n"));
        ask(409, post, room, "{\"content\":\"two\",\"nonce\":\"n\"}", anns);
        var reply = "{\"content\":\"two\",\"replyTo\":" + first + "}";
        var seq = ask(201, post, room, reply, bobs).json().getInt("seq");
        asIs("GET /rooms/{room}/messages", room, anns);
        ask(200, "GET /rooms/{room}/messages?before=" + seq + "&limit=1", room, null, anns);
        ask(204, "DELETE /rooms/{room}/messages/" + seq, room, null, anns);
        ask(200, "GET /rooms/{room}/messages/" + seq, room, null, anns);
        ask(200, "GET /rooms/{room}/export", room, null, anns);
        ask(200, "GET /rooms/{room}/export?format=text", room, null, anns);
    }

    private void invitations() {
        var path = "/rooms/{room}/invitations";
        var made = ask(201, "POST " + path, room, "{\"uses\":2}", anns).json();
        var shown = "{\"invitation\":\"" + made.getString("invitation") + "\"}";
        ask(200, "GET " + path, room, null, anns);
        ask(200, "POST /invitations", "", shown, bobs);
        ask(404, "POST /invitations", "", "{\"invitation\":\"x\"}", bobs);
        ask(200, "PUT /rooms/{room}", room, "{\"archived\":true}", anns);
        var carls = Rest.bearer(rest.loggedIn(carl));
        ask(409, "POST /invitations", "", shown, carls);
        ask(409, "GET " + path, room, null, anns);
        ask(409, "POST " + path, room, "{}", anns);
        ask(409, "DELETE " + path + "/" + made.getString("id"), room, null, anns);
        ask(200, "PUT /rooms/{room}", room, "{\"archived\":false}", anns);
        ask(204, "DELETE " + path + "/" + made.getString("id"), room, null, anns);
    }

    private void conversations() {
        try (var client = LoggedInClient.connect(base, room + "-s", rest.login(ann), "chat.v1.json")) {
            client.send("{\"type\":\"Hello\"}");
            client.next("Welcome");
            client.send("{\"type\":\"Private\",\"to\":\"" + bob + "\",\"content\":\"psst\",\"ref\":\"p\"}");
            client.next("Ack");
        }
        asIs("GET /conversations", "", bobs);
        asIs("GET /conversations/{username}/messages", ann, bobs);
        ask(404, "GET /conversations/{username}/messages", "nobody" + room.substring(5, 13), null, bobs);
    }

    private void logins() {
        var name = "new" + room.substring(5, 13);
        ask(201, "POST /accounts", "", Rest.credentials(name, Rest.PASSWORD));
        ask(409, "POST /accounts", "", Rest.credentials(name, Rest.PASSWORD));
        var login = ask(201, "POST /sessions", "", Rest.credentials(name, Rest.PASSWORD));
        var refresh = "{\"refreshToken\":\"" + login.json().getString("refreshToken") + "\"}";
        var session =
                Rest.bearer(ask(200, "POST /sessions/refresh", "", refresh).json());
        ask(409, "POST /sessions/refresh", "", refresh);
        asIs("GET /me", "", session);
        ask(200, "GET /me/sessions", "", null, session);
        ask(204, "DELETE /me/sessions/{session}", "none", null, session);
        ask(204, "DELETE /me/sessions", "", null, session);
        ask(
                204,
                "PUT /me/password",
                "",
                "{\"oldPassword\":\"" + Rest.PASSWORD + "\",\"password\":\"another one\"}",
                session);
        ask(204, "DELETE /sessions/current", "", null, session);
    }

    private void administration() {
        ask(200, "GET /accounts?name=" + carl, "", null, roots);
        ask(200, "PUT /accounts/{username}", carl, "{\"disabled\":true}", roots);
        ask(204, "DELETE /accounts/{username}/sessions", carl, null, roots);
        var nobody = "nobody" + room.substring(5, 13);
        ask(404, "PUT /accounts/{username}", nobody, "{\"disabled\":true}", roots);
        ask(404, "DELETE /accounts/{username}/sessions", nobody, null, roots);
        ask(200, "GET /audit?limit=20", "", null, roots);
        ask(200, "GET /metrics", "", null, roots);
    }

    private void operation() {
        ask(200, "GET /health/live", "", null);
        ask(200, "GET /health/ready", "", null);
        asIs("GET /openapi.json", "");
    }

    /** What is there, and that it is not sent again. */
    private void asIs(String operation, String part, String... headers) {
        var answer = ask(200, operation, part, null, headers);
        ask(304, operation, part, null, with(headers, "If-None-Match", answer.header("ETag")));
    }

    /** @param operation method and path, parts of it filled in or with a query; @param part what stands for its other parts */
    private Rest.Answer ask(int status, String operation, String part, String body, String... headers) {
        var words = operation.split(" ");
        var path = words[1].substring(1).replaceAll("\\{\\w+}", part);
        var answer = rest.send(words[0], path, body, headers);
        assertThat(answer.status()).as("%s: %s", operation, answer.text()).isEqualTo(status);
        var described = document.operation(words[0], words[1]);
        document.requireDescribes(described, answer);
        seen.add(described + " " + status);
        return answer;
    }

    private static String[] with(String[] headers, String... more) {
        return Stream.concat(Stream.of(headers), Stream.of(more)).toArray(String[]::new);
    }
}
