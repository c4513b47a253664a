package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.parlour.testing.Race;

/** What an account finds when it comes back, and how far it has read. */
@Tag("core")
class ConversationsIT extends TwoAccounts {

    @Test
    void whoWasAwayIsToldThatSomethingWaitsAndFindsIt() {
        assertThat(welcome(bobsLogin, room).containsKey("waiting")).isFalse();
        say(annsLogin, bob, "first", "second");

        var welcome = welcome(bobsLogin, room);
        var listed = conversations(bobsLogin);
        var page = rest.send("GET", "conversations/" + ann + "/messages?limit=1", null, Rest.bearer(bobsLogin));

        assertThat(welcome.getInt("waiting")).isEqualTo(1);
        assertThat(listed).singleElement().satisfies(one -> {
            assertThat(one.getString("with")).isEqualTo(ann);
            assertThat(one.getString("userId")).isEqualTo(idOf(annsLogin));
            assertThat(one.getInt("head")).isEqualTo(2);
            assertThat(one.getInt("read")).isZero();
            assertThat(one.getInt("unread")).isEqualTo(2);
            assertThat(one.getString("lastAt")).endsWith("Z");
        });
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.json().getString("with")).isEqualTo(ann);
        assertThat(page.json().getBoolean("hasMore")).isTrue();
        assertThat(page.json().getJsonArray("events").getJsonObject(0).getString("content"))
                .isEqualTo("second");
        assertThat(page.json().getJsonArray("events").getJsonObject(0).getString("type"))
                .isEqualTo("PrivateMessage");
        assertThat(conversations(annsLogin))
                .singleElement()
                .satisfies(own -> assertThat(own.getInt("unread")).isZero());
        assertThat(welcome(annsLogin, room).containsKey("waiting")).isFalse();
    }

    @Test
    void whatIsReadIsToldToTheOtherConnectionsAndWaitsNoLonger() {
        say(annsLogin, bob, "first", "second", "third");
        var one = connected(bobsLogin, room);
        var other = connected(bobsLogin, room + "-2");
        var annsOwn = connected(annsLogin, room);

        var two = read(one, "\"with\":\"" + ann + "\",\"seq\":2");

        assertThat(two.getInt("seq")).isEqualTo(2);
        assertThat(two.getString("with")).isEqualTo(ann);
        assertThat(two.getString("withId")).isEqualTo(idOf(annsLogin));
        var told = other.next("ReadMarker");
        assertThat(told.getInt("seq")).isEqualTo(2);
        assertThat(told.getString("with")).isEqualTo(ann);
        assertThat(told.containsKey("ref")).isFalse();
        assertThat(conversations(bobsLogin).get(0).getInt("unread")).isEqualTo(1);
        assertThat(read(one, "\"with\":\"" + ann + "\",\"seq\":1").getInt("seq"))
                .as("not back")
                .isEqualTo(2);
        assertThat(read(one, "\"userId\":\"" + idOf(annsLogin) + "\",\"seq\":999")
                        .getInt("seq"))
                .as("not beyond the end")
                .isEqualTo(3);
        assertThat(conversations(bobsLogin).get(0).getInt("read")).isEqualTo(3);
        assertThat(welcome(bobsLogin, room).containsKey("waiting")).isFalse();
        assertThat(annsOwn.drain().toString()).doesNotContain("ReadMarker");
        assertThat(other.drain().stream().filter(frame -> frame.contains("ReadMarker")))
                .hasSize(1);
    }

    @Test
    void aMarkerOfARoomGivesItsUnreadCount() {
        var client = connected(annsLogin, room);
        var guest = plain().as("guest");
        for (int i = 0; i < 3; i++) {
            guest.send("line " + i);
        }
        var third =
                client.next(message -> message.toString().contains("line 2")).getInt("seq");
        client.send("{\"type\":\"Message\",\"content\":\"own\",\"ref\":\"m\"}");
        client.next("Ack");

        assertThat(read(client, "\"seq\":" + (third - 1)).getString("room")).isEqualTo(room);

        assertThat(rooms(annsLogin)).singleElement().satisfies(one -> {
            assertThat(one.getString("room")).isEqualTo(room);
            assertThat(one.getInt("read")).isEqualTo(third - 1);
            assertThat(one.getInt("unread")).isEqualTo(1);
            assertThat(one.getInt("head")).isGreaterThan(third);
        });
        assertThat(rooms(bobsLogin)).isEmpty();
    }

    @Test
    void aRoomThatMayNotBeReadAnyMoreIsNotListed() {
        var closed = "private:" + ann + ":board";
        rest.send("PUT", "rooms/" + closed, "{\"kind\":\"private\"}", Rest.bearer(annsLogin));
        rest.send("PUT", "rooms/" + closed + "/members/" + bob, "{\"role\":\"member\"}", Rest.bearer(annsLogin));
        read(connected(bobsLogin, closed), "\"seq\":1");
        assertThat(rooms(bobsLogin)).hasSize(1);

        rest.send("DELETE", "rooms/" + closed + "/members/" + bob, null, Rest.bearer(annsLogin));

        assertThat(rooms(bobsLogin)).isEmpty();
        assertThat(rooms(annsLogin)).extracting(one -> one.getString("room")).containsExactly(closed);
    }

    @Test
    void conversationsComeInPagesTheNewestFirst() {
        var partners = new ArrayList<String>();
        for (int i = 0; i < 5; i++) {
            var name = "p" + i + ann;
            say(rest.loggedIn(name), ann, "hello");
            partners.add(0, name);
        }

        var first = page(annsLogin, "?limit=2");
        var second = page(annsLogin, "?limit=2&before=" + first.getString("before"));
        var third = page(annsLogin, "?limit=2&before=" + second.getString("before"));

        assertThat(List.of(first, second, third))
                .flatMap(page -> page.getJsonArray("conversations").getValuesAs(JsonObject.class))
                .extracting(one -> one.getString("with"))
                .containsExactlyElementsOf(partners);
        assertThat(third.containsKey("before")).isFalse();
        assertThat(second.containsKey("rooms")).isFalse();
        assertThat(rest.send("GET", "conversations?before=x", null, Rest.bearer(annsLogin))
                        .code())
                .isEqualTo("BAD_MESSAGE");
    }

    @Test
    void ofEightWhoMarkAtTheSameMomentTheFurthestStays() {
        say(annsLogin, bob, "1", "2", "3", "4", "5", "6", "7", "8", "9", "10");
        var clients = new ArrayList<ChatClient>();
        for (int i = 0; i < 8; i++) {
            clients.add(connected(bobsLogin, room));
        }

        Race.among(
                8,
                number -> assertThat(read(clients.get(number), "\"with\":\"" + ann + "\",\"seq\":" + (number + 3))
                                .getInt("seq"))
                        .isBetween(number + 3, 10));

        assertThat(conversations(bobsLogin).get(0).getInt("read")).isEqualTo(10);
        assertThat(conversations(bobsLogin).get(0).getInt("unread")).isZero();
    }

    @Test
    void theseAreForAccounts() {
        var guest = full();
        guest.send("{\"type\":\"Hello\",\"username\":\"guest\"}");
        var token = guest.next("Welcome").getString("token");

        assertThat(read(guest, "\"seq\":1").getString("code")).isEqualTo("FORBIDDEN");
        assertThat(rest.send("GET", "conversations", null).status()).isEqualTo(401);
        assertThat(rest.send("GET", "conversations", null, "Authorization", "Bearer " + token)
                        .code())
                .isEqualTo("FORBIDDEN");
        assertThat(rest.send("GET", "conversations/" + bob + "/messages", null, "Authorization", "Bearer " + token)
                        .code())
                .isEqualTo("FORBIDDEN");
    }

    @Test
    void nobodyElseFindsThemNotEvenAnAdministrator() {
        say(annsLogin, bob, "between us");
        var root = rest.administrator();
        var carla = rest.loggedIn("carla" + ann);

        for (var session : List.of(root, carla)) {
            var page = rest.send("GET", "conversations/" + bob + "/messages", null, Rest.bearer(session));
            assertThat(page.json().getJsonArray("events")).isEmpty();
            assertThat(rest.send("GET", "conversations", null, Rest.bearer(session))
                            .text())
                    .doesNotContain("between us", bob);
        }
        assertThat(rest.send("GET", "conversations/nobody" + ann + "/messages", null, Rest.bearer(root))
                        .code())
                .isEqualTo("USER_NOT_FOUND");
        assertThat(rest.send("GET", "conversations/" + ann + "/messages", null, Rest.bearer(annsLogin))
                        .code())
                .isEqualTo("BAD_MESSAGE");
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        var client = connected(bobsLogin, room);

        assertThat(read(client, "\"with\":\"" + ann + "\"").getString("code")).isEqualTo("BAD_MESSAGE");
        assertThat(read(client, "\"seq\":-1").getString("code")).isEqualTo("BAD_MESSAGE");
        assertThat(read(client, "\"with\":\"nobody" + ann + "\",\"seq\":1").getString("code"))
                .isEqualTo("USER_NOT_FOUND");
        assertThat(read(client, "\"room\":\"elsewhere\",\"seq\":1").getString("code"))
                .isEqualTo("ROOM_NOT_FOUND");
        assertThat(read(client, "\"with\":\"" + ann + "\",\"seq\":5").getInt("seq"))
                .isZero();
    }

    private ChatClient connected(JsonObject session, String place) {
        var client = LoggedInClient.connect(base, place, session, "chat.v1.json");
        client.send("{\"type\":\"Hello\",\"historyLimit\":0}");
        client.next("Welcome");
        return client;
    }

    private JsonObject welcome(JsonObject session, String place) {
        try (var client = LoggedInClient.connect(base, place, session, "chat.v1.json")) {
            client.send("{\"type\":\"Hello\",\"historyLimit\":0}");
            return client.next("Welcome");
        }
    }

    private void say(JsonObject session, String to, String... contents) {
        try (var client = connected(session, room + "-s")) {
            for (var content : contents) {
                client.send(
                        "{\"type\":\"Private\",\"to\":\"" + to + "\",\"content\":\"" + content + "\",\"ref\":\"s\"}");
                var answer = client.next(message -> message.getString("ref", "").equals("s"));
                assertThat(answer.getString("type")).as("%s", answer).isEqualTo("Ack");
            }
        }
    }

    private static JsonObject read(ChatClient client, String fields) {
        client.send("{\"type\":\"Read\",\"ref\":\"r\"," + fields + "}");
        return client.next(message -> message.getString("ref", "").equals("r"));
    }

    private JsonObject page(JsonObject session, String query) {
        var answer = rest.send("GET", "conversations" + query, null, Rest.bearer(session));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private List<JsonObject> conversations(JsonObject session) {
        return page(session, "").getJsonArray("conversations").getValuesAs(JsonObject.class);
    }

    private List<JsonObject> rooms(JsonObject session) {
        return page(session, "").getJsonArray("rooms").getValuesAs(JsonObject.class);
    }

    private String idOf(JsonObject session) {
        return rest.me(session.getString("accessToken")).json().getString("userId");
    }
}
