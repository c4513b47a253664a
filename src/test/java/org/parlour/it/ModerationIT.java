package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parlour.testing.Eventually.eventually;

import jakarta.json.JsonObject;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What moderators do, and what becomes of those to whom it is done. */
@Tag("core")
class ModerationIT extends TwoAccounts {

    private ChatClient annsClient;

    @BeforeEach
    void aRoomWithAnOwner() {
        set(room, "{\"kind\":\"open\"}");
        annsClient =
                LoggedInClient.connect(base, room, annsLogin, "chat.v1.json").as(ann);
    }

    @Test
    void whoIsKickedIsPutOutAtOnceAndMayComeBack() {
        var carl = plain().as("carl");
        var dora = full().as("dora");

        annsClient.send("/kick carl");

        within(AT_ONCE, () -> assertThat(carl.closeCode()).isEqualTo(4005));
        assertThat(carl.drain().toString()).contains("MODERATED");
        var told = dora.next("Moderated");
        assertThat(told.getString("action")).isEqualTo("kick");
        assertThat(told.getString("username")).isEqualTo("carl");
        assertThat(told.getString("by")).isEqualTo(ann);
        assertThat(dora.next("UserLeft").getString("reason")).isEqualTo("kicked");
        plain().as("carl").send("here again");
        assertThat(dora.nextContent()).isEqualTo("here again");
    }

    @Test
    void whoIsKickedFromOneRoomStaysInTheOthers() {
        var carl = ChatClient.connect(base, room + "-lobby", "chat.v1.json");
        carl.send("{\"type\":\"Hello\",\"username\":\"carl\"}");
        carl.next("Welcome");
        carl.send("{\"type\":\"Join\",\"room\":\"" + room + "\"}");
        carl.next("Welcome");

        annsClient.send("/kick carl");

        assertThat(carl.next("Moderated").getString("room")).isEqualTo(room);
        carl.send("{\"type\":\"Message\",\"content\":\"still here\",\"ref\":\"m\"}");
        assertThat(carl.next("Ack").getString("ref")).isEqualTo("m");
    }

    @Test
    void whoIsBannedIsPutOutAtOnceAndDoesNotComeBackUntilLetIn() {
        var bobsClient = LoggedInClient.connect(base, room, bobsLogin).as(bob);

        annsClient.send("/ban " + bob);

        within(AT_ONCE, () -> assertThat(bobsClient.closeCode()).isEqualTo(4006));
        assertThat(bobsClient.drain().toString()).contains("BANNED");
        annsClient.next("Moderated");
        var again = LoggedInClient.connect(base, room, bobsLogin);
        assertThat(again.next("Error").getString("code")).isEqualTo("BANNED");
        assertThat(again.closeCode()).isEqualTo(4006);

        annsClient.send("/unban " + bob);
        annsClient.next("Moderated");
        LoggedInClient.connect(base, room, bobsLogin).as(bob).send("thank you");
        assertThat(annsClient.nextContent()).isEqualTo("thank you");
    }

    @Test
    void aBanOutlivesTheRoomsStayInMemory() {
        annsClient.send("/ban " + bob);
        annsClient.next("Moderated");
        annsClient.close();
        annsClient.closeCode();

        var again = LoggedInClient.connect(base, room, bobsLogin, "chat.v1.json");
        again.send("{\"type\":\"Hello\",\"ref\":\"h\"}");

        assertThat(again.next("Error").getString("code")).isEqualTo("BANNED");
        assertThat(again.closeCode()).isEqualTo(4006);
    }

    @Test
    void aBanEndsWithItsTime() {
        annsClient.send("{\"type\":\"Moderate\",\"action\":\"ban\",\"username\":\"" + bob + "\",\"seconds\":2}");
        annsClient.next("Moderated");
        var banned = LoggedInClient.connect(base, room, bobsLogin);
        assertThat(banned.next("Error").getString("code")).isEqualTo("BANNED");

        eventually("the ban has ended", ChatClient.PATIENCE, () -> {
            var again = LoggedInClient.connect(base, room, bobsLogin, "chat.v1.json");
            again.send("{\"type\":\"Hello\"}");
            return again.nextJson().getString("type").equals("Welcome");
        });
    }

    @Test
    void aBannedGuestDoesNotComeBackByAnotherNameAndWhoeverTakesItsNameIsFree() {
        var carl = full();
        carl.send("{\"type\":\"Hello\",\"username\":\"carl\"}");
        var token = carl.next("Welcome").getString("token");

        annsClient.send("/ban carl");
        assertThat(carl.closeCode()).isEqualTo(4006);

        for (var name : List.of("carl", "dora")) {
            var again = full();
            again.send("{\"type\":\"Hello\",\"username\":\"" + name + "\",\"token\":\"" + token + "\",\"ref\":\"h\"}");
            assertThat(again.next("Error").getString("code")).isEqualTo("BANNED");
            assertThat(again.closeCode()).isEqualTo(4006);
        }
        full().as("carl").send("{\"type\":\"Message\",\"content\":\"another carl\"}");
        assertThat(annsClient.nextContent()).isEqualTo("another carl");
    }

    @Test
    void whoIsBannedIsOutOnEveryConnectionAndStaysInOtherRooms() {
        var clients = Stream.of(
                        LoggedInClient.connect(base, room, bobsLogin),
                        LoggedInClient.connect(base, room, bobsLogin, "chat.v1.json"))
                .map(client -> client.as(bob))
                .toList();
        var lobby = LoggedInClient.connect(base, room + "-lobby", bobsLogin, "chat.v1.json")
                .as(bob);
        lobby.send("{\"type\":\"Join\",\"room\":\"" + room + "\"}");
        lobby.next(message -> message.getString("type").equals("Welcome")
                && message.getString("room").equals(room));

        annsClient.send("/ban " + bob);

        within(
                AT_ONCE,
                () -> clients.forEach(client -> assertThat(client.closeCode()).isEqualTo(4006)));
        assertThat(lobby.next("Error").toString()).contains("BANNED", room);
        lobby.send("{\"type\":\"Message\",\"content\":\"still here\",\"ref\":\"m\"}");
        assertThat(lobby.next("Ack").getString("room")).isEqualTo(room + "-lobby");
        lobby.send("{\"type\":\"History\",\"room\":\"" + room + "\",\"ref\":\"h\"}");
        assertThat(lobby.next("Error").getString("ref")).isEqualTo("h");
        for (var path : List.of("", "/messages", "/presence", "/members")) {
            assertThat(rest.send("GET", "rooms/" + room + path, null, Rest.bearer(bobsLogin))
                            .code())
                    .as(path)
                    .isEqualTo("BANNED");
        }
    }

    @Test
    void whoIsNoModeratorAnyMoreRulesNobodyFromThatMomentOn() {
        var carl = plain().as("carl");
        rest.send("PUT", "rooms/" + room + "/members/" + bob, "{\"role\":\"moderator\"}", Rest.bearer(annsLogin));
        var bobsClient =
                LoggedInClient.connect(base, room, bobsLogin, "chat.v1.json").as(bob);
        bobsClient.send("/mute carl");
        bobsClient.next("Moderated");

        rest.send("PUT", "rooms/" + room + "/members/" + bob, "{\"role\":\"member\"}", Rest.bearer(annsLogin));
        bobsClient.send("/kick carl");

        assertThat(bobsClient.next("Error").getString("code")).isEqualTo("FORBIDDEN");
        assertThat(carl.isOpen()).isTrue();
    }

    @Test
    void aTopicIsToldAtOnceAndIsNotForThoseWhoMayNotSpeak() {
        rest.send("PUT", "rooms/" + room + "/members/" + bob, "{\"role\":\"reader\"}", Rest.bearer(annsLogin));
        var bobsClient =
                LoggedInClient.connect(base, room, bobsLogin, "chat.v1.json").as(bob);
        var carl = full().as("carl");
        annsClient.send("/mute carl");
        carl.next("Moderated");

        bobsClient.send("/topic of a reader");
        carl.send("/topic of a muted one");
        assertThat(bobsClient.next("Error").getString("code")).isEqualTo("FORBIDDEN");
        assertThat(carl.next("Error").getString("code")).isEqualTo("MUTED");
        annsClient.send("/topic of the owner");

        within(
                AT_ONCE,
                () -> assertThat(carl.next("TopicChanged").getString("topic")).isEqualTo("of the owner"));
    }

    @Test
    void aBannedAddressKeepsOutWhoeverComesFromThere() {
        plain().as("carl");

        annsClient.send("{\"type\":\"Moderate\",\"action\":\"ban\",\"username\":\"carl\",\"address\":true,"
                + "\"seconds\":60,\"reason\":\"Enough.\",\"ref\":\"b1\"}");

        var told = annsClient.next("Moderated");
        assertThat(told.getString("ref")).isEqualTo("b1");
        assertThat(told.getString("reason")).isEqualTo("Enough.");
        assertThat(told.getString("until")).isNotEmpty();
        var another = plain();
        assertThat(another.next("Error").getString("code")).isEqualTo("BANNED");
        annsClient.send("/unban carl");
        annsClient.next("Moderated");
        plain().as("dora").send("hello");
        assertThat(annsClient.nextContent()).isEqualTo("hello");
    }

    @Test
    void whoIsMutedIsNotHeardUntilTheTimeIsOver() {
        var carl = full().as("carl");

        annsClient.send("{\"type\":\"Moderate\",\"action\":\"mute\",\"username\":\"carl\",\"seconds\":2}");
        carl.next("Moderated");
        assertThat(untilItIs("Error", carl).getString("code")).isEqualTo("MUTED");
        untilItIs("Ack", carl);

        assertThat(annsClient.nextContent()).isEqualTo("hello");
    }

    @Test
    void whoIsGivenTheWordBackIsHeard() {
        var carl = full().as("carl");

        annsClient.send("/mute carl");
        untilItIs("Error", carl);
        annsClient.send("/unmute carl");
        untilItIs("Ack", carl);

        assertThat(annsClient.next(message -> message.getString("type").equals("NewMessage")))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/kick ", "/ban ", "/mute "})
    void whoIsNoModeratorDoesNothingToAnybody(String command) {
        var carl = plain().as("carl");
        var bobsClient = LoggedInClient.connect(base, room, bobsLogin).as(bob);

        bobsClient.send(command + "carl");
        carl.send(command + ann);

        assertThat(bobsClient.next("Error").getString("code")).isEqualTo("FORBIDDEN");
        assertThat(carl.next("Error").getString("code")).isEqualTo("FORBIDDEN");
        assertThat(annsClient.isOpen()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/kick ", "/ban ", "/mute "})
    void aModeratorDoesNothingToTheOwner(String command) {
        rest.send("PUT", "rooms/" + room + "/members/" + bob, "{\"role\":\"moderator\"}", Rest.bearer(annsLogin));
        var bobsClient = LoggedInClient.connect(base, room, bobsLogin).as(bob);

        bobsClient.send(command + ann);

        assertThat(bobsClient.next("Error").getString("code")).isEqualTo("FORBIDDEN");
        assertThat(annsClient.isOpen()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/kick ", "/ban ", "/mute ", "/unban ", "/unmute "})
    void whoIsNotThereIsNotFound(String command) {
        annsClient.send(command + "nobody");

        assertThat(annsClient.next("Error").getString("code")).isEqualTo("USER_NOT_FOUND");
    }

    /** Says hello until it is answered by this. */
    private static JsonObject untilItIs(String type, ChatClient client) {
        var deadline = System.nanoTime() + ChatClient.PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            client.send("{\"type\":\"Message\",\"content\":\"hello\",\"ref\":\"m\"}");
            var answer = client.next(message -> message.getString("ref", "").equals("m"));
            if (answer.getString("type").equals(type)) {
                return answer;
            }
        }
        throw new AssertionError("No " + type + " in time");
    }
}
