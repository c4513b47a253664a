package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.parlour.protocol.Face;
import org.parlour.testing.Race;

/** Who may enter which room, and who may stay. */
@Tag("core")
class RoomsIT extends TwoAccounts {

    private String closed;

    @BeforeEach
    void aNameForAPrivateRoom() {
        closed = "private:" + ann + ":board";
    }

    // Protected

    @Test
    void aProtectedRoomIsEnteredByItsPassword() {
        set(room, "{\"kind\":\"protected\",\"password\":\"open sesame\"}");
        var client = full();

        client.send("{\"type\":\"Hello\",\"ref\":\"h1\"}");
        assertThat(client.next("Error").getString("code")).isEqualTo("PASSWORD_REQUIRED");
        client.send("{\"type\":\"Message\",\"content\":\"let me in\",\"ref\":\"m1\"}");
        assertThat(client.next("Error").getString("code")).isEqualTo("PASSWORD_REQUIRED");
        client.send("{\"type\":\"Hello\",\"username\":\"carl\",\"password\":\"open barley\",\"ref\":\"h2\"}");
        assertThat(client.next("Error").toString()).contains("PASSWORD_REQUIRED", "h2");
        client.send("{\"type\":\"Hello\",\"username\":\"carl\",\"password\":\"open sesame\",\"ref\":\"h3\"}");

        assertThat(client.next("Welcome").getString("username")).isEqualTo("carl");
        client.send("{\"type\":\"Message\",\"content\":\"in\",\"ref\":\"m2\"}");
        assertThat(client.next("Ack").getString("ref")).isEqualTo("m2");
    }

    @Test
    void aProtectedRoomIsJoinedByItsPassword() {
        set(room, "{\"kind\":\"protected\",\"password\":\"open sesame\"}");
        var client = ChatClient.connect(base, room + "-lobby", "chat.v1.json");
        client.send("{\"type\":\"Hello\",\"username\":\"carl\"}");
        client.next("Welcome");

        client.send("{\"type\":\"Join\",\"room\":\"" + room + "\",\"ref\":\"j1\"}");
        var refused = client.next("Error");
        client.send("{\"type\":\"Join\",\"room\":\"" + room + "\",\"password\":\"open sesame\",\"ref\":\"j2\"}");
        client.send("{\"type\":\"Message\",\"room\":\"" + room + "\",\"content\":\"in\",\"ref\":\"m1\"}");

        assertThat(refused.getString("code")).isEqualTo("PASSWORD_REQUIRED");
        assertThat(refused.getString("ref")).isEqualTo("j1");
        assertThat(client.next("Welcome").getString("room")).isEqualTo(room);
        assertThat(client.next("Ack").getString("ref"))
                .as("what was asked for meanwhile has waited")
                .isEqualTo("m1");
    }

    @Test
    void aPlainClientShowsThePasswordByAHelloAndATextClientCannot() {
        set(room, "{\"kind\":\"protected\",\"password\":\"open sesame\"}");

        var plain = plain();
        assertThat(plain.next("Error").getString("code")).isEqualTo("PASSWORD_REQUIRED");
        plain.send("{\"type\":\"Hello\",\"password\":\"open sesame\"}");
        var text = text();

        plain.next("Welcome");
        assertThat(text.next()).contains("password");
        assertThat(text.closeCode()).isEqualTo(4003);
    }

    @Test
    void aProtectedRoomWithoutAPasswordTakesAnAccount() {
        set(room, "{\"kind\":\"protected\"}");

        var guest = full();
        guest.send("{\"type\":\"Hello\"}");
        var account = LoggedInClient.connect(base, room, bobsLogin, "chat.v1.json");
        account.send("{\"type\":\"Hello\"}");

        assertThat(guest.next("Error").getString("code")).isEqualTo("NOT_AUTHENTICATED");
        assertThat(guest.closeCode()).isEqualTo(4001);
        assertThat(account.next("Welcome").getString("username")).isEqualTo(bob);
    }

    @Test
    void aChangedPasswordPutsOutWhoeverCameByTheOldOne() {
        set(room, "{\"kind\":\"protected\",\"password\":\"open sesame\"}");
        var stranger = full();
        stranger.send("{\"type\":\"Hello\",\"username\":\"carl\",\"password\":\"open sesame\"}");
        stranger.next("Welcome");
        var insider = LoggedInClient.connect(base, room, annsLogin, "chat.v1.json");
        insider.send("{\"type\":\"Hello\"}");
        insider.next("Welcome");

        set(room, "{\"kind\":\"protected\",\"password\":\"open barley\"}");

        within(AT_ONCE, () -> assertThat(stranger.closeCode()).isEqualTo(4003));
        assertThat(stranger.next("Error").getString("code")).isEqualTo("PASSWORD_REQUIRED");
        assertThat(insider.next("UserLeft").toString()).contains("\"kicked\"", "carl");
    }

    // Private

    @Test
    void aPrivateRoomIsForThoseWhoHaveARoleInIt() {
        set(closed, "{\"kind\":\"private\"}");
        rest.send("PUT", path(closed) + "/members/" + bob, "{\"role\":\"reader\"}", Rest.bearer(annsLogin));
        var annsClient = LoggedInClient.connect(base, closed, annsLogin).as(ann);
        annsClient.send("welcome");

        var bobsClient = LoggedInClient.connect(base, closed, bobsLogin, "chat.v1.json");
        bobsClient.send("{\"type\":\"Hello\",\"historyLimit\":10}");
        assertThat(bobsClient.next("Batch").toString()).contains("welcome");
        assertThat(answerTo(bobsClient, "thank you").getString("code")).isEqualTo("FORBIDDEN");
        rest.send("PUT", path(closed) + "/members/" + bob, "{\"role\":\"member\"}", Rest.bearer(annsLogin));

        within(AT_ONCE, () -> {
            while (answerTo(bobsClient, "thanks").getString("type").equals("Error")) {
                Thread.onSpinWait();
            }
        });
        assertThat(annsClient.nextContent()).isEqualTo("thanks");
    }

    @Test
    void whoseRoleIsTakenIsPutOutAtOnceAndHearsNothingMore() {
        set(closed, "{\"kind\":\"private\"}");
        rest.send("PUT", path(closed) + "/members/" + bob, "{\"role\":\"member\"}", Rest.bearer(annsLogin));
        var annsClient = LoggedInClient.connect(base, closed, annsLogin).as(ann);
        var bobsClient = LoggedInClient.connect(base, closed, bobsLogin).as(bob);
        bobsClient.drain();

        var answer = rest.send("DELETE", path(closed) + "/members/" + bob, null, Rest.bearer(annsLogin));

        assertThat(answer.status()).isEqualTo(204);
        within(AT_ONCE, () -> assertThat(bobsClient.closeCode()).isEqualTo(4004));
        assertThat(annsClient.next("UserLeft").getString("reason")).isEqualTo("kicked");
        annsClient.send("now that we are alone");
        assertThat(bobsClient.drain().toString()).contains("ROOM_NOT_FOUND").doesNotContain("alone");
        assertThat(rest.send("GET", path(closed), null, Rest.bearer(bobsLogin)).status())
                .isEqualTo(404);
    }

    @Test
    void whoIsPutOutOfOneRoomStaysInTheOthers() {
        set(closed, "{\"kind\":\"private\"}");
        rest.send("PUT", path(closed) + "/members/" + bob, "{\"role\":\"member\"}", Rest.bearer(annsLogin));
        var client = LoggedInClient.connect(base, room, bobsLogin, "chat.v1.json");
        client.send("{\"type\":\"Hello\"}");
        client.next("Welcome");
        client.send("{\"type\":\"Join\",\"room\":\"" + closed + "\"}");
        client.next("Welcome");

        rest.send("DELETE", path(closed) + "/members/" + bob, null, Rest.bearer(annsLogin));

        var told = client.next("Error");
        assertThat(told.getString("code")).isEqualTo("ROOM_NOT_FOUND");
        assertThat(told.getString("room")).isEqualTo(closed);
        client.send("{\"type\":\"Message\",\"content\":\"still here\",\"ref\":\"m1\"}");
        assertThat(client.next("Ack").getString("room")).isEqualTo(room);
        client.send("{\"type\":\"History\",\"room\":\"" + closed + "\",\"ref\":\"h1\"}");
        assertThat(client.next("Error").getString("code")).isEqualTo("ROOM_NOT_FOUND");
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void aStrangerCannotTellAPrivateRoomFromNone(Face face) {
        set(closed, "{\"kind\":\"private\"}");
        LoggedInClient.connect(base, closed, annsLogin).as(ann);
        var none = "private:" + ann + ":other";

        assertThat(met(closed, face, null)).isEqualTo(met(none, face, null)).contains("4004");
        assertThat(met(closed, face, bobsLogin))
                .isEqualTo(met(none, face, bobsLogin))
                .contains("4004");
    }

    /** Everything that somebody meets at a room's door. */
    private String met(String name, Face face, JsonObject session) {
        var faces = face == Face.PLAIN ? new String[0] : new String[] {face.subprotocol()};
        var client = session == null
                ? ChatClient.connect(base, name, faces)
                : LoggedInClient.connect(base, name, session, faces);
        if (face == Face.FULL) {
            client.send("{\"type\":\"Hello\",\"password\":\"x\",\"ref\":\"h\"}");
        }
        var code = client.closeCode();
        return (client.drain() + " " + code + " " + client.closeReason()).replace(name, "NAME");
    }

    @Test
    void aStrangerCannotTellByJoiningOrOverRestEither() {
        set(closed, "{\"kind\":\"private\"}");
        LoggedInClient.connect(base, closed, annsLogin).as(ann);
        var client = LoggedInClient.connect(base, room, bobsLogin, "chat.v1.json");
        client.send("{\"type\":\"Hello\"}");
        client.next("Welcome");
        var answers = new ArrayList<String>();

        for (var name : List.of(closed, "private:" + ann + ":other")) {
            client.send("{\"type\":\"Join\",\"room\":\"" + name + "\",\"ref\":\"j\"}");
            var answer = new StringBuilder(client.next("Error").toString());
            for (var request : List.of("GET", "PUT")) {
                var got = rest.send(
                        request,
                        path(name),
                        request.equals("GET") ? null : "{\"kind\":\"private\"}",
                        Rest.bearer(bobsLogin));
                answer.append(got.status()).append(got.text());
            }
            for (var request : List.of("GET", "DELETE")) {
                var rest = request.equals("GET") ? "/members" : "/members/" + bob;
                var got = this.rest.send(request, path(name) + rest, null, Rest.bearer(bobsLogin));
                answer.append(got.status()).append(got.text());
            }
            answers.add(answer.toString().replace(name, "NAME"));
        }

        assertThat(answers.get(0)).isEqualTo(answers.get(1)).contains("ROOM_NOT_FOUND", "404");
    }

    @Test
    void aStrangerCannotTellByTheTimeThatTheAnswerTakes() {
        set(closed, "{\"kind\":\"private\"}");
        LoggedInClient.connect(base, closed, annsLogin).as(ann);
        var client = ChatClient.connect(base, room, "chat.v1.json");
        client.send("{\"type\":\"Hello\"}");
        client.next("Welcome");
        var times = List.of(new ArrayList<Long>(), new ArrayList<Long>());
        var names = List.of(closed, "private:" + ann + ":other");

        for (int i = 0; i < 200; i++) {
            for (int which = 0; which < 2; which++) {
                var sent = System.nanoTime();
                client.send("{\"type\":\"Join\",\"room\":\"" + names.get(which) + "\",\"ref\":\"j\"}");
                client.next("Error");
                times.get(which).add((System.nanoTime() - sent) / 1_000);
            }
        }

        var real = median(times.get(0));
        var none = median(times.get(1));
        // An answer from memory would come in a third of the time.
        assertThat((double) real / none).as("%d us and %d us", real, none).isBetween(0.6, 1.67);
    }

    private static long median(List<Long> times) {
        Collections.sort(times);
        return times.get(times.size() / 2);
    }

    @ParameterizedTest
    @CsvSource({
        "general-%s, private, BAD_MESSAGE",
        "private:x-%s, private, ROOM_NOT_FOUND",
        "private:x-%s, open, BAD_MESSAGE",
        "general-%s, direct, BAD_MESSAGE",
        "general-%s, secret, BAD_MESSAGE",
        "a%%2Fb-%s, open, ROOM_NAME_INVALID"
    })
    void aRoomThatMayNotBeCalledSoOrBeSoIsNotMade(String name, String kind, String code) {
        var answer =
                rest.send("PUT", "rooms/" + name.formatted(ann), "{\"kind\":\"" + kind + "\"}", Rest.bearer(annsLogin));

        assertThat(answer.status()).isGreaterThanOrEqualTo(400);
        if (!code.equals("ROOM_NAME_INVALID")) {
            assertThat(answer.code()).isEqualTo(code);
        }
    }

    // Settings

    @Test
    void onlyItsOwnerSetsARoomAndARoomThatPeopleMadeByEnteringHasNone() {
        var somebody = plain().as("carl");
        somebody.send("hello");
        var mine = room + "-mine";
        set(mine, "{\"kind\":\"open\"}");

        var theirs = rest.send("PUT", path(room), "{\"kind\":\"protected\"}", Rest.bearer(annsLogin));
        var bobs = rest.send("PUT", path(mine), "{\"kind\":\"protected\"}", Rest.bearer(bobsLogin));
        var nobodys = rest.send("PUT", path(mine), "{\"kind\":\"open\"}");

        assertThat(theirs.code()).isEqualTo("FORBIDDEN");
        assertThat(bobs.code()).isEqualTo("FORBIDDEN");
        assertThat(nobodys.status()).isEqualTo(401);
        assertThat(rest.send("GET", path(mine), null, Rest.bearer(bobsLogin)).json())
                .isEqualTo(ChatClient.json(
                        "{\"room\":\"" + mine + "\",\"kind\":\"open\",\"password\":false,\"archived\":false,"
                                + "\"slowMode\":0,\"maxMembers\":0,\"retentionDays\":0,\"retentionEvents\":0}"));
    }

    @Test
    void theLastOwnerCannotGo() {
        set(room, "{\"kind\":\"open\"}");

        var alone = rest.send("DELETE", path(room) + "/members/" + ann, null, Rest.bearer(annsLogin));
        rest.send("PUT", path(room) + "/members/" + bob, "{\"role\":\"owner\"}", Rest.bearer(annsLogin));
        var two = rest.send("DELETE", path(room) + "/members/" + ann, null, Rest.bearer(annsLogin));

        assertThat(alone.code()).isEqualTo("FORBIDDEN");
        assertThat(two.status()).isEqualTo(204);
        assertThat(rest.send("GET", path(room) + "/members", null, Rest.bearer(annsLogin))
                        .json()
                        .getJsonArray("members"))
                .singleElement()
                .isEqualTo(Json.createObjectBuilder()
                        .add("userId", bobsLogin.getString("userId"))
                        .add("username", bob)
                        .add("role", "owner")
                        .build());
    }

    @Test
    void aClosedRoomIsNotOpenedByWhoeverComesBack() {
        set(room, "{\"kind\":\"open\"}");
        var before = full().as("carl");

        set(room, "{\"kind\":\"open\",\"archived\":true}");
        within(AT_ONCE, () -> assertThat(before.closeCode()).isEqualTo(4004));
        var again = plain();
        assertThat(again.next("Error").getString("code")).isEqualTo("ROOM_ARCHIVED");
        assertThat(again.closeCode()).isEqualTo(4004);
        set(room, "{\"kind\":\"open\",\"archived\":false}");

        plain().as("carl").send("here again");
    }

    @Test
    void nobodySlipsInWhileARoomIsClosed() {
        set(room, "{\"kind\":\"open\"}");
        var clients = Collections.synchronizedList(new ArrayList<ChatClient>());

        Race.among(21, number -> {
            if (number == 0) {
                set(room, "{\"kind\":\"open\",\"archived\":true}");
            } else {
                clients.add(plain());
            }
        });

        for (var client : clients) {
            assertThat(client.closeCode()).isEqualTo(4004);
        }
    }

    @Test
    void aRoomThatIsMadeProtectedPutsStrangersOut() {
        set(room, "{\"kind\":\"open\"}");
        var guest = plain().as("carl");
        var account = LoggedInClient.connect(base, room, bobsLogin).as(bob);

        set(room, "{\"kind\":\"protected\"}");

        within(AT_ONCE, () -> assertThat(guest.closeCode()).isEqualTo(4001));
        assertThat(account.next("UserLeft").getString("username")).isEqualTo("carl");
    }

    private static JsonObject answerTo(ChatClient client, String content) {
        client.send("{\"type\":\"Message\",\"content\":\"" + content + "\",\"ref\":\"m\"}");
        return client.next(message -> List.of("Ack", "Error").contains(message.getString("type")));
    }

    private static String path(String name) {
        return "rooms/" + name;
    }
}
