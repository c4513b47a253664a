package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Several rooms on one connection, and coming back as the same guest without a gap. */
@Tag("core")
class ResumeIT extends DeployedWar {

    @Test
    void aHelloIsAnsweredByOneWelcomeUnderTheNameThatItAsksFor() {
        var alice = full();

        alice.send("{\"type\":\"Hello\",\"username\":\"alice\",\"ref\":\"h1\"}");

        var welcome = alice.nextJson();
        assertThat(welcome.getString("type")).isEqualTo("Welcome");
        assertThat(welcome.getString("ref")).isEqualTo("h1");
        assertThat(welcome.getString("username")).isEqualTo("alice");
        assertThat(welcome.getInt("head")).isEqualTo(1);
        assertThat(welcome.getBoolean("recovered")).isFalse();
        assertThat(alice.drain()).as("but for the replay").hasSize(1);
    }

    @Test
    void whoComesBackWithItsTokenMissesNothingAndNobodyNotices() {
        var alice = full().as("alice");
        var bob = full();
        var welcome = hello(bob, "\"username\":\"bob\"");
        alice.next("UserJoined");
        bob.vanish();
        IntStream.range(0, 120).forEach(i -> alice.send("message " + i));
        IntStream.range(0, 120).forEach(i -> alice.next("Ack"));

        var again = full();
        var back = hello(again, resume(welcome, welcome.getInt("head")));

        assertThat(back.getBoolean("recovered")).isTrue();
        assertThat(back.getString("username")).isEqualTo("bob");
        assertThat(back.getString("userId")).isEqualTo(welcome.getString("userId"));
        assertThat(resumed(again, 120))
                .extracting(event -> event.getInt("seq"))
                .containsExactlyElementsOf(IntStream.rangeClosed(3, 122).boxed().toList());
        assertThat(alice.drain()).isEmpty();
    }

    @Test
    void aNonceIsGoodForTheSameGuestOnAnotherConnection() {
        var alice = full();
        var welcome = hello(alice, "\"username\":\"alice\"");
        alice.send("{\"type\":\"Message\",\"content\":\"once\",\"nonce\":\"n1\"}");
        var first = alice.next("Ack");
        alice.vanish();

        var again = full();
        hello(again, resume(welcome, first.getInt("seq")));
        again.send("{\"type\":\"Message\",\"content\":\"once\",\"nonce\":\"n1\"}");
        var second = again.next("Ack");
        again.send("{\"type\":\"Message\",\"content\":\"something else\",\"nonce\":\"n1\"}");

        assertThat(second.getBoolean("duplicate")).isTrue();
        assertThat(second.getInt("seq")).isEqualTo(first.getInt("seq"));
        assertThat(again.next("Error").getString("code")).isEqualTo("NONCE_CONFLICT");
    }

    @Test
    void aForgedTokenIsRefusedAndTheClientMayTryWithoutIt() {
        var alice = full();

        alice.send("{\"type\":\"Hello\",\"token\":\"eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiJ9.\",\"ref\":\"h1\"}");
        var error = alice.nextJson();
        var welcome = hello(alice, "\"username\":\"alice\"");

        assertThat(error.getString("code")).isEqualTo("NOT_AUTHENTICATED");
        assertThat(error.getString("ref")).isEqualTo("h1");
        assertThat(welcome.getString("username")).isEqualTo("alice");
    }

    @Test
    void oneConnectionHoldsSeveralRooms() {
        var alice = full();
        hello(alice, "\"username\":\"alice\"");
        var kitchen = ChatClient.connect(base, room + "-kitchen").as("cook");

        alice.send("{\"type\":\"Join\",\"room\":\"" + room + "-kitchen\",\"ref\":\"j1\"}");
        var welcome = alice.next("Welcome");
        alice.send("{\"type\":\"Message\",\"room\":\"" + room + "-kitchen\",\"content\":\"hungry\",\"ref\":\"m1\"}");
        kitchen.send("soon");

        assertThat(welcome.getString("ref")).isEqualTo("j1");
        assertThat(welcome.getString("username")).isEqualTo("alice");
        assertThat(kitchen.next("NewMessage").getString("content")).isEqualTo("hungry");
        var heard = alice.next("NewMessage");
        assertThat(heard.getString("content")).isEqualTo("soon");
        assertThat(heard.getString("room")).isEqualTo(room + "-kitchen");

        alice.send("{\"type\":\"Leave\",\"room\":\"" + room + "-kitchen\",\"ref\":\"l1\"}");
        assertThat(alice.next("Notice").getString("code")).isEqualTo("LEFT");
        assertThat(kitchen.next("UserLeft").getString("username")).isEqualTo("alice");
        alice.send("{\"type\":\"Message\",\"room\":\"" + room + "-kitchen\",\"content\":\"hello?\",\"ref\":\"m2\"}");
        assertThat(alice.next("Error").getString("code")).isEqualTo("ROOM_NOT_FOUND");
        alice.send("still here");
        assertThat(alice.next("Ack").getString("room")).isEqualTo(room);
    }

    @Test
    void aPlainClientThatSaysHelloIsInTheFullFace() {
        var alice = plain();

        var welcome = hello(alice, "\"username\":\"alice\"");
        alice.send("{\"type\":\"Message\",\"content\":\"hi\",\"ref\":\"m1\"}");

        assertThat(welcome.getString("username")).isEqualTo("alice");
        assertThat(alice.next("Ack").getString("ref")).isEqualTo("m1");
    }

    @Test
    void typingIsToldToTheOthersAndNotStored() {
        var alice = full();
        hello(alice, "\"username\":\"alice\"");
        var bob = full();
        hello(bob, "\"username\":\"bob\"");
        alice.drain();

        bob.send("{\"type\":\"Typing\",\"state\":\"start\"}");
        bob.send("{\"type\":\"Typing\",\"state\":\"start\"}");
        bob.send("{\"type\":\"Typing\",\"state\":\"stop\"}");
        bob.send("{\"type\":\"Message\",\"content\":\"done\",\"ref\":\"m1\"}");

        assertThat(alice.next("Typing").getString("state")).isEqualTo("start");
        assertThat(alice.next("Typing").getString("state")).isEqualTo("stop");
        assertThat(alice.next("NewMessage").getInt("seq")).isEqualTo(3);
    }

    private static JsonObject hello(ChatClient client, String fields) {
        client.send("{\"type\":\"Hello\"," + fields + "}");
        return client.next("Welcome");
    }

    private static String resume(JsonObject welcome, int since) {
        return "\"token\":\"" + welcome.getString("token") + "\",\"since\":" + since + ",\"epoch\":\""
                + welcome.getString("epoch") + "\"";
    }

    private static List<JsonObject> resumed(ChatClient client, int count) {
        var events = new ArrayList<JsonObject>();
        while (events.size() < count) {
            var page = client.next("Batch");
            assertThat(page.getString("kind")).isEqualTo("resume");
            page.getJsonArray("events").forEach(event -> events.add(event.asJsonObject()));
        }
        return events;
    }
}
