package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.parlour.testing.Race;

/** What is said and read over HTTP: the same log, rights and limits as over a socket. */
@Tag("core")
class MessagesIT extends TwoAccounts {

    @Test
    void whatIsPostedIsStoredAndHeardInTheRoomAtOnce() {
        var guest = full();
        guest.send("{\"type\":\"Hello\",\"username\":\"guest\"}");
        guest.next("Welcome");

        var answer = post(annsLogin, "{\"content\":\"from outside\",\"nonce\":\"n1\",\"replyTo\":1}");

        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        var posted = answer.json();
        var heard = guest.next("NewMessage");
        assertThat(heard.getString("username")).isEqualTo(ann);
        assertThat(heard.getString("content")).isEqualTo("from outside");
        assertThat(heard.getInt("replyTo")).isEqualTo(1);
        assertThat(heard.getInt("seq")).isEqualTo(posted.getInt("seq"));
        assertThat(heard.getString("id")).isEqualTo(posted.getString("id"));
        assertThat(heard.getString("at")).isEqualTo(posted.getString("at"));
        assertThat(heard.containsKey("nonce")).isFalse();
        assertThat(posted.getBoolean("duplicate")).isFalse();
        assertThat(answer.header("Location")).endsWith("/rooms/" + room + "/messages/" + posted.getInt("seq"));
        var read =
                rest.send("GET", "rooms/" + room + "/messages/" + posted.getInt("seq"), null, Rest.bearer(annsLogin));
        assertThat(read.json().getString("content")).isEqualTo("from outside");
        assertThat(read.json().getString("nonce")).isEqualTo("n1");
    }

    @Test
    void aRepeatedKeyIsAnsweredWithTheFirstAndOtherWordsAreRefused() {
        var path = "rooms/" + room + "/messages";
        var headers = new String[] {"Authorization", Rest.bearer(annsLogin)[1], "Idempotency-Key", "\"k-1\""};

        var first = rest.post(path, "{\"content\":\"once\"}", headers);
        var second = rest.post(path, "{\"content\":\"once\"}", headers);
        var other = rest.post(path, "{\"content\":\"twice\"}", headers);
        var bobsOwn = post(bobsLogin, "{\"content\":\"once\",\"nonce\":\"k-1\"}");

        assertThat(first.status()).isEqualTo(201);
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.json().getBoolean("duplicate")).isTrue();
        assertThat(second.json().getInt("seq")).isEqualTo(first.json().getInt("seq"));
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.code()).isEqualTo("NONCE_CONFLICT");
        assertThat(bobsOwn.status()).isEqualTo(201);
        assertThat(contents(page(annsLogin, ""))).isEqualTo("once once");
    }

    @Test
    void ofTwentyWithOneKeyOneIsStored() {
        var stored = new ConcurrentLinkedQueue<Integer>();
        var seqs = new ConcurrentLinkedQueue<Integer>();

        Race.among(20, number -> {
            var answer = post(annsLogin, "{\"content\":\"once\",\"nonce\":\"same\"}");
            assertThat(answer.status()).as(answer.text()).isIn(200, 201);
            seqs.add(answer.json().getInt("seq"));
            if (answer.status() == 201) {
                stored.add(number);
            }
        });

        assertThat(stored).hasSize(1);
        assertThat(seqs).hasSize(20).containsOnly(seqs.peek());
        assertThat(contents(page(annsLogin, ""))).isEqualTo("once");
    }

    @Test
    void theHistoryIsReadInPagesInBothDirections() {
        IntStream.rangeClosed(1, 7).forEach(i -> post(annsLogin, "{\"content\":\"" + i + "\"}"));

        var newest = page(bobsLogin, "?limit=3");
        var older = page(bobsLogin, "?limit=3&before=" + newest.getInt("before"));
        var newer = page(bobsLogin, "?limit=3&after=" + older.getInt("after"));
        var around = page(bobsLogin, "?limit=3&around=" + older.getInt("after"));

        assertThat(contents(newest)).isEqualTo("5 6 7");
        assertThat(newest.getBoolean("hasMore")).isTrue();
        assertThat(contents(older)).isEqualTo("2 3 4");
        assertThat(contents(newer)).isEqualTo("5 6 7");
        assertThat(contents(around)).isEqualTo("3 4 5");
        assertThat(contents(page(bobsLogin, ""))).isEqualTo("1 2 3 4 5 6 7");
        assertThat(page(bobsLogin, "").getBoolean("hasMore")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"?limit=0", "?limit=x", "?before=0", "?before=1&after=2", "?around=-1", "?after=1e3"})
    void aPageThatThereCannotBeIsRefused(String query) {
        assertThat(rest.send("GET", "rooms/" + room + "/messages" + query, null, Rest.bearer(annsLogin))
                        .code())
                .isEqualTo("BAD_MESSAGE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"content\":7}",
                "{\"content\":\" \"}",
                "{\"content\":\"a\\u0000b\"}",
                "{\"content\":\"x\",\"replyTo\":0}",
                "{\"content\":\"x\",\"nonce\":\"\"}",
                "{\"content\":\"x\"}}"
            })
    void whatIsNoMessageIsRefusedAndNotStored(String body) {
        var answer = post(annsLogin, body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isIn("BAD_MESSAGE", "CONTENT_EMPTY", "CONTENT_REJECTED");
        assertThat(post(annsLogin, "{\"content\":\"good\"}").json().getInt("seq"))
                .isEqualTo(1);
    }

    @Test
    void keysThatCannotBeOrDifferAreRefused() {
        var path = "rooms/" + room + "/messages";
        var token = Rest.bearer(annsLogin)[1];

        assertThat(rest.post(path, "{\"content\":\"x\"}", "Authorization", token, "Idempotency-Key", "k".repeat(65))
                        .code())
                .isEqualTo("BAD_MESSAGE");
        assertThat(rest.post(
                                path,
                                "{\"content\":\"x\",\"nonce\":\"a\"}",
                                "Authorization",
                                token,
                                "Idempotency-Key",
                                "b")
                        .code())
                .isEqualTo("BAD_MESSAGE");
    }

    @Test
    void guestsReadButSpeakOverTheirSocketOnly() {
        var guest = full();
        guest.send("{\"type\":\"Hello\",\"username\":\"guest\"}");
        var token = "Bearer " + guest.next("Welcome").getString("token");
        post(annsLogin, "{\"content\":\"for all\"}");

        var read = rest.send("GET", "rooms/" + room + "/messages", null, "Authorization", token);
        var post = rest.post("rooms/" + room + "/messages", "{\"content\":\"x\"}", "Authorization", token);

        assertThat(contents(read.json())).isEqualTo("for all");
        assertThat(post.status()).isEqualTo(403);
        assertThat(rest.send("GET", "rooms/" + room + "/messages", null).status())
                .isEqualTo(401);
        assertThat(rest.post("rooms/" + room + "/messages", "{\"content\":\"x\"}")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void aPrivateRoomIsNotThereForOthers() {
        var name = "private:" + ann + ":board";
        assertThat(rest.send("PUT", "rooms/" + name, "{\"kind\":\"private\"}", Rest.bearer(annsLogin))
                        .status())
                .isEqualTo(200);
        assertThat(post(annsLogin, name, "{\"content\":\"secret\"}").status()).isEqualTo(201);
        var nowhere = "private:" + ann + ":nowhere";

        for (var path : new String[] {"/messages", "/messages/1", "/presence"}) {
            var there = rest.send("GET", "rooms/" + name + path, null, Rest.bearer(bobsLogin));
            var not = rest.send("GET", "rooms/" + nowhere + path, null, Rest.bearer(bobsLogin));
            assertThat(there.status()).as(path).isEqualTo(404);
            assertThat(there.text()).isEqualTo(not.text());
        }
        var there = post(bobsLogin, name, "{\"content\":\"x\"}");
        assertThat(there.status()).isEqualTo(404);
        assertThat(there.text())
                .isEqualTo(post(bobsLogin, nowhere, "{\"content\":\"x\"}").text());
        assertThat(contents(rest.send("GET", "rooms/" + name + "/messages", null, Rest.bearer(annsLogin))
                        .json()))
                .isEqualTo("secret");
    }

    @Test
    void whoIsMutedOrTooFastOrInAClosedRoomIsRefused() {
        rest.send("PUT", "rooms/" + room, "{\"kind\":\"open\",\"slowMode\":30}", Rest.bearer(annsLogin));
        assertThat(post(bobsLogin, "{\"content\":\"one\",\"nonce\":\"n\"}").status())
                .isEqualTo(201);

        var slow = post(bobsLogin, "{\"content\":\"two\"}");
        assertThat(slow.status()).isEqualTo(429);
        assertThat(Integer.parseInt(slow.header("Retry-After"))).isBetween(1, 30);
        assertThat(post(bobsLogin, "{\"content\":\"one\",\"nonce\":\"n\"}").status())
                .isEqualTo(200);

        rest.send("PUT", "rooms/" + room, "{\"archived\":true}", Rest.bearer(annsLogin));
        assertThat(post(annsLogin, "{\"content\":\"late\"}").code()).isEqualTo("ROOM_ARCHIVED");
        assertThat(contents(page(annsLogin, ""))).isEqualTo("one");
    }

    @Test
    void whoIsThereIsTold() {
        var guest = full();
        guest.send("{\"type\":\"Hello\",\"username\":\"guest\"}");
        guest.next("Welcome");

        var there = rest.send("GET", "rooms/" + room + "/presence", null, Rest.bearer(annsLogin))
                .json();

        assertThat(there.getString("room")).isEqualTo(room);
        assertThat(there.getInt("count")).isEqualTo(1);
        assertThat(there.getJsonArray("users").getJsonObject(0).getString("username"))
                .isEqualTo("guest");
    }

    private Rest.Answer post(JsonObject session, String body) {
        return post(session, room, body);
    }

    private Rest.Answer post(JsonObject session, String name, String body) {
        return rest.post("rooms/" + name + "/messages", body, Rest.bearer(session));
    }

    private JsonObject page(JsonObject session, String query) {
        var answer = rest.send("GET", "rooms/" + room + "/messages" + query, null, Rest.bearer(session));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private static String contents(JsonObject page) {
        return String.join(
                " ",
                page.getJsonArray("events").getValuesAs(JsonObject.class).stream()
                        .map(event -> event.getString("content"))
                        .toList());
    }
}
