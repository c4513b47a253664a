package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.parlour.protocol.Face;
import org.parlour.testing.Race;

/** How often somebody may speak in a room, how many people it takes, and who is what in it by the word of its owner. */
@Tag("core")
class RoomLimitsIT extends TwoAccounts {

    @BeforeEach
    void twoAccountsAndARoom() {
        set("{\"kind\":\"open\"}");
    }

    // Settings

    @Test
    void whatIsNotSaidStaysAsItWas() {
        set("{\"slowMode\":30,\"maxMembers\":7}");

        var set = set("{\"maxMembers\":8}");

        assertThat(set.toString())
                .isEqualTo("{\"room\":\"" + room + "\",\"kind\":\"open\",\"password\":false,\"archived\":false,"
                        + "\"slowMode\":30,\"maxMembers\":8,\"retentionDays\":0,\"retentionEvents\":0}");
        assertThat(rest.send("GET", "rooms/" + room, null, Rest.bearer(bobsLogin))
                        .json())
                .isEqualTo(set);
    }

    @Test
    void aNumberOutOfBoundsIsRefusedAndChangesNothing() {
        for (var settings : List.of(
                "{\"slowMode\":-1}",
                "{\"slowMode\":21601}",
                "{\"slowMode\":2.5}",
                "{\"slowMode\":\"30\"}",
                "{\"maxMembers\":-1}",
                "{\"maxMembers\":1000001}",
                "{\"maxMembers\":99999999999}")) {
            var answer = rest.send("PUT", "rooms/" + room, settings, Rest.bearer(annsLogin));

            assertThat(answer.status()).as(settings).isEqualTo(400);
            assertThat(answer.code()).isEqualTo("BAD_MESSAGE");
            assertThat(settings).contains(answer.json().getString("field"));
        }
        assertThat(rest.send("GET", "rooms/" + room, null, Rest.bearer(annsLogin))
                        .json()
                        .getInt("slowMode"))
                .isZero();
    }

    @Test
    void onlyTheOwnerSetsLimits() {
        var answer = rest.send("PUT", "rooms/" + room, "{\"slowMode\":30}", Rest.bearer(bobsLogin));

        assertThat(answer.code()).isEqualTo("FORBIDDEN");
    }

    // Slow mode

    @Test
    void inSlowModeAMemberSpeaksOnceAndIsToldWhenAgain() {
        var carl = full().as("carl");
        set("{\"slowMode\":5}");

        assertThat(say(carl, "one", null).getString("type")).isEqualTo("Ack");
        var refused = say(carl, "two", null);

        assertThat(refused.getString("code")).isEqualTo("RATE_LIMITED");
        assertThat(refused.getString("message")).contains("slow mode");
        assertThat(refused.getBoolean("retryable")).isTrue();
        var wait = refused.getInt("retryAfterMs");
        assertThat(wait).isBetween(1, 5_000);
        carl.send("/me waves");
        assertThat(carl.next("Error").getString("code")).isEqualTo("RATE_LIMITED");
        pause(wait);
        assertThat(say(carl, "three", null).getString("type")).isEqualTo("Ack");
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void theOwnerSetsItByCommandAndEverybodyIsTold(Face face) {
        var faces = face == Face.PLAIN ? new String[0] : new String[] {face.subprotocol()};
        var anns = LoggedInClient.connect(base, room, annsLogin, faces).as(ann);
        var carl = full().as("carl");

        carl.send("/slow 600");
        assertThat(carl.next("Error").getString("code")).isEqualTo("FORBIDDEN");
        anns.send("/slow 600");

        assertThat(slowed(carl)).isEqualTo(ann + " lets everybody speak once in 600 s.");
        assertThat(say(carl, "one", null).getString("type")).isEqualTo("Ack");
        assertThat(say(carl, "two", null).getString("code")).isEqualTo("RATE_LIMITED");
        anns.send("/slow 21601");
        anns.send("/slow 0");
        assertThat(slowed(carl)).isEqualTo(ann + " lets everybody speak as often as they like.");
        assertThat(say(carl, "three", null).getString("type")).isEqualTo("Ack");
        assertThat(anns.drain().toString())
                .contains(ann + " lets everybody speak once in 600 s.")
                .contains("slowMode")
                .contains(ann + " lets everybody speak as often as they like.");
    }

    @Test
    void goingAndComingBackAndAnotherConnectionAreNoWayAround() {
        set("{\"slowMode\":600}");
        var first =
                LoggedInClient.connect(base, room, bobsLogin, "chat.v1.json").as(bob);
        assertThat(say(first, "one", null).getString("type")).isEqualTo("Ack");

        var second =
                LoggedInClient.connect(base, room, bobsLogin, "chat.v1.json").as(bob);
        assertThat(say(second, "two", null).getString("code")).isEqualTo("RATE_LIMITED");
        first.send("/leave");
        second.send("/leave");
        first.closeCode();
        second.closeCode();
        var third =
                LoggedInClient.connect(base, room, bobsLogin, "chat.v1.json").as(bob);
        assertThat(say(third, "three", null).getString("code")).isEqualTo("RATE_LIMITED");
    }

    @Test
    void whatIsSentAgainIsAnsweredAndWhatWasNotStoredIsRefused() {
        set("{\"slowMode\":600}");
        var carl = full().as("carl");
        var first = say(carl, "one", "n-1");

        var again = say(carl, "one", "n-1");
        var other = say(carl, "another", "n-1");
        var next = say(carl, "two", "n-2");

        assertThat(again.getInt("seq")).isEqualTo(first.getInt("seq"));
        assertThat(again.getBoolean("duplicate")).isTrue();
        assertThat(other.getString("code")).isEqualTo("NONCE_CONFLICT");
        assertThat(next.getString("code")).isEqualTo("RATE_LIMITED");
        set("{\"slowMode\":0}");
        assertThat(say(carl, "two", "n-2").getBoolean("duplicate")).isFalse();
    }

    @Test
    void ownersAndModeratorsDoNotWait() {
        rest.send("PUT", "rooms/" + room + "/members/" + bob, "{\"role\":\"moderator\"}", Rest.bearer(annsLogin));
        set("{\"slowMode\":600}");
        for (var session : List.of(annsLogin, bobsLogin)) {
            var client = LoggedInClient.connect(base, room, session, "chat.v1.json");

            assertThat(say(client, "one", null).getString("type")).isEqualTo("Ack");
            assertThat(say(client, "two", null).getString("type")).isEqualTo("Ack");
        }
    }

    // How many

    @Test
    void ofFiftyAtOnceOnlySoManyGetIn() {
        set("{\"maxMembers\":7}");
        var clients = Collections.synchronizedList(new ArrayList<ChatClient>());
        var welcome = new AtomicInteger();
        var full = new AtomicInteger();

        Race.among(50, number -> {
            var client = full();
            clients.add(client);
            client.send("{\"type\":\"Hello\",\"username\":\"guest" + number + "\",\"ref\":\"h\"}");
            var answer = client.next(message -> message.getString("ref", "").equals("h"));
            if (answer.getString("type").equals("Welcome")) {
                welcome.incrementAndGet();
            } else {
                assertThat(answer.getString("code")).isEqualTo("ROOM_FULL");
                assertThat(answer.getBoolean("retryable")).isTrue();
                assertThat(answer.getInt("retryAfterMs")).isPositive();
                full.incrementAndGet();
            }
        });

        assertThat(welcome.get()).isEqualTo(7);
        assertThat(full.get()).isEqualTo(43);
        assertThat(clients).allMatch(ChatClient::isOpen);
        var anns = LoggedInClient.connect(base, room, annsLogin, "chat.v1.json");
        anns.send("/who");
        assertThat(anns.next("Presence").getInt("count")).isEqualTo(8);
        clients.forEach(ChatClient::close);
    }

    @Test
    void whoIsKeptOutGetsInWhenSomebodyGoes() {
        set("{\"maxMembers\":1}");
        var carl = full().as("carl");
        var plain = plain();
        assertThat(plain.next("Error").getString("code")).isEqualTo("ROOM_FULL");
        var text = text();
        assertThat(text.next()).contains("full");
        var dora = full();
        dora.send("{\"type\":\"Hello\",\"username\":\"dora\",\"ref\":\"h\"}");
        assertThat(dora.next("Error").getString("ref")).isEqualTo("h");

        carl.send("/leave");
        carl.closeCode();

        dora.send("{\"type\":\"Hello\",\"username\":\"dora\",\"ref\":\"h2\"}");
        assertThat(dora.next("Welcome").getString("username")).isEqualTo("dora");
        plain.send("/user eve");
        assertThat(plain.next("Error").getString("code")).isEqualTo("ROOM_FULL");
        dora.send("/leave");
        dora.closeCode();
        assertThat(plain.as("eve").isOpen()).isTrue();
    }

    @Test
    void aFurtherRoomThatIsFullIsNotJoinedAndTheConnectionStays() {
        set("{\"maxMembers\":1}");
        full().as("carl");
        var dora = ChatClient.connect(base, room + "-lobby", "chat.v1.json").as("dora");

        dora.send("{\"type\":\"Join\",\"room\":\"" + room + "\",\"ref\":\"j\"}");

        var refused = dora.next("Error");
        assertThat(refused.getString("code")).isEqualTo("ROOM_FULL");
        assertThat(refused.getString("ref")).isEqualTo("j");
        assertThat(refused.getString("room")).isEqualTo(room);
        assertThat(say(dora, "still here", null).getString("type")).isEqualTo("Ack");
    }

    @Test
    void whoIsInItAlreadyIsCountedOnceAndKeepsItsPlaceWithinTheGrace() {
        set("{\"maxMembers\":1}");
        var carl = full();
        carl.send("{\"type\":\"Hello\",\"username\":\"carl\"}");
        var hello = "{\"type\":\"Hello\",\"token\":\"" + carl.next("Welcome").getString("token") + "\"}";

        var another = full();
        another.send(hello);
        assertThat(another.next("Welcome").getString("username")).isEqualTo("carl");
        carl.vanish();
        another.vanish();
        assertThat(plain().next("Error").getString("code")).isEqualTo("ROOM_FULL");
        var back = full();
        back.send(hello);
        assertThat(back.next("Welcome").getString("username")).isEqualTo("carl");
    }

    @Test
    void moderatorsAndOwnersAlwaysGetInAndALowerNumberPutsNobodyOut() {
        rest.send("PUT", "rooms/" + room + "/members/" + bob, "{\"role\":\"moderator\"}", Rest.bearer(annsLogin));
        var carl = full().as("carl");
        var dora = full().as("dora");

        set("{\"maxMembers\":1}");

        LoggedInClient.connect(base, room, annsLogin, "chat.v1.json").next("Welcome");
        LoggedInClient.connect(base, room, bobsLogin, "chat.v1.json").next("Welcome");
        assertThat(say(carl, "here", null).getString("type")).isEqualTo("Ack");
        assertThat(say(dora, "and here", null).getString("type")).isEqualTo("Ack");
        assertThat(plain().next("Error").getString("code")).isEqualTo("ROOM_FULL");
    }

    // Roles

    @Test
    void theOwnerGivesAndTakesRolesAndEverybodyIsTold() {
        var anns = LoggedInClient.connect(base, room, annsLogin, "chat.v1.json").as(ann);
        var bobs = LoggedInClient.connect(base, room, bobsLogin, "chat.v1.json").as(bob);
        var carl = plain().as("carl");

        anns.send("{\"type\":\"Moderate\",\"action\":\"role\",\"username\":\"" + bob
                + "\",\"role\":\"moderator\",\"ref\":\"k\"}");

        var told = anns.next("Moderated");
        assertThat(told.getString("ref")).isEqualTo("k");
        assertThat(told.getString("role")).isEqualTo("moderator");
        assertThat(bobs.next("Moderated").getString("by")).isEqualTo(ann);
        assertThat(carl.next(message -> message.getString("code", "").equals("MODERATED"))
                        .getString("message"))
                .isEqualTo(ann + " made " + bob + " moderator");
        bobs.send("/mute carl");
        assertThat(bobs.next("Moderated").getString("action")).isEqualTo("mute");
        anns.send("/role " + bob + " reader");
        assertThat(bobs.next(message -> message.getString("action", "").equals("role"))
                        .getString("role"))
                .isEqualTo("reader");
        assertThat(say(bobs, "hello", null).getString("code")).isEqualTo("FORBIDDEN");
        anns.send("/role " + bob + " none");
        bobs.next(message -> message.getString("action", "").equals("role"));
        assertThat(say(bobs, "hello", null).getString("type")).isEqualTo("Ack");
        assertThat(rest.send("GET", "rooms/" + room + "/members", null, Rest.bearer(annsLogin))
                        .text())
                .contains(ann)
                .doesNotContain(bob);
    }

    @Test
    void guestsHaveNoRolesAndNobodyButTheOwnerGivesAny() {
        var anns = LoggedInClient.connect(base, room, annsLogin, "chat.v1.json");
        var bobs = LoggedInClient.connect(base, room, bobsLogin, "chat.v1.json");
        var carl = full().as("carl");

        anns.send("/role carl member");
        var refused = anns.next("Error");
        assertThat(refused.getString("code")).isEqualTo("FORBIDDEN");
        assertThat(refused.getString("message")).contains("guest");
        anns.send("/role nobody.at.all member");
        assertThat(anns.next("Error").getString("code")).isEqualTo("USER_NOT_FOUND");
        bobs.send("/role " + bob + " owner");
        assertThat(bobs.next("Error").getString("code")).isEqualTo("FORBIDDEN");
        bobs.send("/role " + ann + " none");
        assertThat(bobs.next("Error").getString("code")).isEqualTo("FORBIDDEN");
        carl.send("/role " + bob + " owner");
        assertThat(carl.next("Error").getString("code")).isEqualTo("FORBIDDEN");
        anns.send("/role " + ann + " none");
        assertThat(anns.next("Error").getString("message")).contains("needs an owner");
    }

    private JsonObject set(String settings) {
        return set(room, settings);
    }

    private static String slowed(ChatClient client) {
        return client.next(message -> message.getString("code", "").equals("SLOW_MODE"))
                .getString("message");
    }

    private static JsonObject say(ChatClient client, String content, String nonce) {
        client.send("{\"type\":\"Message\",\"content\":\"" + content + "\",\"ref\":\"say\""
                + (nonce == null ? "" : ",\"nonce\":\"" + nonce + "\"") + "}");
        return client.next(message -> message.getString("ref", "").equals("say"));
    }

    private static void pause(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
