package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rooms, names and commands, in the three faces. */
@Tag("core")
class ChatIT extends DeployedWar {

    @Test
    void aMessageReachesTheOthersInEveryFaceAndNotItsSender() {
        var alice = plain().as("alice");
        var bob = text().as("bob");
        var carol = full().as("carol");
        var listener = plain();

        alice.send("hello");

        assertThat(bob.drain()).contains("[alice] hello");
        assertThat(carol.nextContent()).isEqualTo("hello");
        assertThat(listener.nextContent())
                .as("who has no name hears all the same")
                .isEqualTo("hello");
        assertThat(alice.drain()).noneMatch(frame -> frame.contains("hello"));
    }

    @Test
    void roomsAreIsolatedAndTheirNamesAreCaseSensitive() {
        var lower = ChatClient.connect(base, room + "x").as("alice");
        var upper = ChatClient.connect(base, room + "X").as("alice");
        var other = ChatClient.connect(base, room + "x").as("bob");

        other.send("only here");

        assertThat(lower.nextContent()).isEqualTo("only here");
        assertThat(upper.drain()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"%2E%2E", ".", "a%2Fb", "a%00b", "a%0Ab", "%20a", "a%3Cb%3E", "%E2%80%8B", "a%5Cb"})
    void aBadRoomNameIsRefusedAndNeverHalfOpen(String path) {
        assertThatItIsRefused("ws/" + path);
    }

    @Test
    void aRoomNameHasAtMost64Characters() {
        assertThatItIsRefused("ws/" + "x".repeat(65));
        assertThat(ChatClient.connect(base, "x".repeat(64)).as("alice").isOpen())
                .isTrue();
    }

    private void assertThatItIsRefused(String path) {
        ChatClient client;
        try {
            client = ChatClient.connectTo(base, path);
        } catch (RuntimeException refusedInTheHandshake) {
            return;
        }
        assertThat(client.closeCode()).isEqualTo(4004);
        assertThat(client.closeReason()).isEqualTo("NO_SUCH_ROOM");
    }

    @Test
    void roomNamesMayHaveSpacesAndAnyScript() {
        var alice = ChatClient.connect(base, room + " \u8336\u5BA4:4711").as("alice");
        var bob = ChatClient.connect(base, room + " \u8336\u5BA4:4711").as("bob");

        bob.send("here");

        assertThat(alice.nextContent()).isEqualTo("here");
    }

    @Test
    void withoutANameOneMayNeitherTalkNorReadHistory() {
        var plain = plain();
        var text = text();

        plain.send("hi");
        plain.send("/history");
        text.send("hi");
        text.send("/history");

        var error = plain.nextJson();
        assertThat(error.getString("type")).isEqualTo("Error");
        assertThat(error.getString("code")).isEqualTo("USERNAME_REQUIRED");
        assertThat(error.getString("message")).isEqualTo(SeedCompatibilityIT.BEFORE_SENDING);
        assertThat(plain.nextJson().getString("message")).isEqualTo(SeedCompatibilityIT.BEFORE_HISTORY);
        assertThat(text.next()).isEqualTo(SeedCompatibilityIT.BEFORE_SENDING);
        assertThat(text.next()).isEqualTo(SeedCompatibilityIT.BEFORE_HISTORY);
    }

    @ParameterizedTest
    @CsvSource({
        "alice, USERNAME_TAKEN",
        "ALICE, USERNAME_TAKEN",
        "\u0430lice, USERNAME_TAKEN",
        "admin, USERNAME_TAKEN",
        "\u0430dmin, USERNAME_TAKEN",
        "al\u200Bice, USERNAME_INVALID",
        "al\u202Eice, USERNAME_INVALID",
        "a  b, USERNAME_INVALID",
        "<script>, USERNAME_INVALID",
        "123456789012345678901234567890123, USERNAME_INVALID",
    })
    void aNameIsUniqueAndPlainToSee(String name, String code) {
        plain().as("alice");
        var newcomer = plain();
        newcomer.drain();

        newcomer.send("/user " + name);

        assertThat(newcomer.next("Error").getString("code")).isEqualTo(code);
    }

    @Test
    void oneOfFiftyGetsAName() {
        var clients = IntStream.range(0, 50).mapToObj(i -> plain()).toList();

        clients.parallelStream().forEach(client -> client.send("/user highlander"));

        var refused = 0;
        for (var client : clients) {
            client.send("/who");
            var answer = client.next(message -> message.getString("type").equals("Error")
                    || message.toString().contains("\"WHO\""));
            refused += answer.getString("type").equals("Error") ? 1 : 0;
        }
        assertThat(refused).isEqualTo(49);
        clients.forEach(ChatClient::close);
    }

    @Test
    void aSecondUserCommandRenames() {
        var alice = plain().as("alice");
        var bob = full().as("bob");
        var carol = text().as("carol");
        carol.drain();

        alice.send("/user alicia");
        alice.send("it is me");

        var renamed = bob.next("UserRenamed");
        assertThat(renamed.getString("from")).isEqualTo("alice");
        assertThat(renamed.getString("username")).isEqualTo("alicia");
        assertThat(carol.next()).isEqualTo("<-- alice left the room");
        assertThat(carol.next()).isEqualTo("--> alicia joined the room");
        assertThat(carol.next()).isEqualTo("[alicia] it is me");
        assertThat(plain().as("alice").isOpen()).as("the old name is free").isTrue();
    }

    @Test
    void aLeaveIsToldHoweverSomebodyGoes() {
        var witness = plain().as("witness");

        var polite = plain().as("polite");
        polite.close();
        assertThat(witness.next("UserLeft").getString("username")).isEqualTo("polite");

        var leaver = plain().as("leaver");
        leaver.send("/leave");
        assertThat(witness.next("UserLeft").getString("username")).isEqualTo("leaver");
        assertThat(leaver.closeCode()).isEqualTo(1000);

        var vanisher = plain().as("vanisher");
        vanisher.vanish();
        assertThat(witness.next("UserLeft").getString("username")).isEqualTo("vanisher");

        plain().close();
        assertThat(witness.drain()).as("who had no name leaves without a word").isEmpty();
    }

    @Test
    void whoTellsTheNamesAndNothingElse() {
        plain().as("alice");
        plain();
        var bob = plain().as("bob");
        var carol = text().as("carol");
        var dave = full().as("dave");

        bob.send("/who");
        carol.drain();
        carol.send("/who");
        dave.send("{\"type\":\"Who\",\"ref\":\"w1\"}");

        assertThat(bob.next("Notice").getString("message")).isEqualTo("4 here: alice, bob, carol, dave");
        assertThat(carol.next()).isEqualTo("4 here: alice, bob, carol, dave");
        var presence = dave.next(message -> message.getString("ref", "").equals("w1"));
        assertThat(presence.getString("type")).isEqualTo("Presence");
        assertThat(presence.getInt("count")).isEqualTo(4);
    }

    @Test
    void meTellsWhatSomebodyDoes() {
        var alice = plain().as("alice");
        var bob = plain().as("bob");
        var carol = text().as("carol");
        carol.drain();

        alice.send("/me waves");

        var action = bob.next("NewMessage");
        assertThat(action.getString("content")).isEqualTo("waves");
        assertThat(action.getBoolean("action")).isTrue();
        assertThat(carol.next()).isEqualTo("* [alice] waves");
    }

    @Test
    void theTopicIsShownSetAndTold() {
        var alice = plain().as("alice");
        var bob = plain().as("bob");
        var carol = full().as("carol");

        alice.send("/topic");
        assertThat(alice.next("Notice").getString("message")).isEqualTo("This room has no topic.");
        alice.send("/topic  cats and dogs ");
        alice.send("/topic");

        assertThat(bob.next("Notice").getString("message")).isEqualTo("alice set the topic: cats and dogs");
        assertThat(carol.next("TopicChanged").getString("topic")).isEqualTo("cats and dogs");
        assertThat(alice.next("Notice").getString("message")).isEqualTo("The topic is: cats and dogs");
    }

    @Test
    void helpListsTheCommands() {
        var anonymous = plain();

        anonymous.send("/help");

        assertThat(anonymous.next("Notice").getString("message"))
                .contains("/user", "/history", "/who", "/me", "/topic", "/leave");
    }

    @Test
    void anUnknownCommandIsToldToItsSenderOnly() {
        var alice = plain().as("alice");
        var bob = plain().as("bob");

        alice.send("/shrug");
        alice.send("/User bob");
        alice.send("/");
        alice.send("//shrug");

        for (int i = 0; i < 3; i++) {
            assertThat(alice.next("Error").getString("code")).isEqualTo("UNKNOWN_COMMAND");
        }
        assertThat(bob.nextContent()).isEqualTo("/shrug");
        assertThat(bob.drain()).isEmpty();
    }

    @Test
    void theOriginalJsonWorksAndNobodyCanSpeakForSomebodyElse() {
        var alice = plain().as("alice");
        var bob = plain();
        bob.send("{\"type\":\"SetUsername\",\"username\":\"bob\"}");
        alice.next("UserJoined");

        bob.send(
                "{\"type\":\"NewMessage\",\"username\":\"alice\",\"content\":\"hi\",\"seq\":99,\"room\":\"elsewhere\"}");

        var message = alice.next("NewMessage");
        assertThat(message.getString("username")).isEqualTo("bob");
        assertThat(message.getString("content")).isEqualTo("hi");
        assertThat(message.getString("room")).isEqualTo(room);
        assertThat(message.getInt("seq")).isEqualTo(3);
    }

    @Test
    void theTextFaceCanBeAskedForInTheAddress() {
        var alice = plain().as("alice");
        var bob = ChatClient.connectTo(base, "ws/" + room + "?format=text").as("bob");
        bob.drain();

        alice.send("hello");

        assertThat(bob.next()).isEqualTo("[alice] hello");
    }

    @Test
    void theFullFaceIsWelcomedAndEveryRequestIsAnsweredByItsRef() {
        plain().as("early bird").send("first");
        var alice = full();

        assertThat(alice.subprotocol()).isEqualTo("chat.v1.json");
        var welcome = alice.nextJson();
        assertThat(welcome.getString("type")).isEqualTo("Welcome");
        assertThat(welcome.getInt("protocol")).isEqualTo(1);
        assertThat(welcome.getString("room")).isEqualTo(room);
        assertThat(welcome.getBoolean("authenticated")).isFalse();
        assertThat(welcome.getJsonObject("limits").getInt("content")).isEqualTo(4_000);
        alice.send("{\"type\":\"SetUsername\",\"username\":\"alice\",\"ref\":\"r1\"}");
        assertThat(alice.next("Batch").getString("kind")).isEqualTo("history");
        assertThat(alice.next("Ack").getString("ref")).isEqualTo("r1");
        alice.send("{\"type\":\"Message\",\"content\":\"hi\",\"ref\":\"r2\",\"nonce\":\"n1\"}");
        var ack = alice.next("Ack");
        assertThat(ack.getString("ref")).isEqualTo("r2");
        assertThat(ack.getString("nonce")).isEqualTo("n1");
        assertThat(ack.getBoolean("duplicate")).isFalse();
        alice.send("{\"type\":\"Ping\",\"ref\":\"r3\"}");
        assertThat(alice.next("Pong").getString("ref")).isEqualTo("r3");
    }

    @Test
    void aRepeatedNonceIsOneMessage() {
        var alice = full().as("alice");
        var bob = plain().as("bob");

        alice.send("{\"type\":\"Message\",\"content\":\"once\",\"nonce\":\"n1\"}");
        var first = alice.next(message -> message.getString("nonce", "").equals("n1"));
        alice.send("{\"type\":\"Message\",\"content\":\"once\",\"nonce\":\"n1\"}");
        alice.send("{\"type\":\"Message\",\"content\":\"other\",\"nonce\":\"n1\"}");

        var second = alice.next("Ack");
        assertThat(second.getBoolean("duplicate")).isTrue();
        assertThat(second.getInt("seq")).isEqualTo(first.getInt("seq"));
        assertThat(alice.next("Error").getString("code")).isEqualTo("NONCE_CONFLICT");
        assertThat(bob.nextContent()).isEqualTo("once");
        assertThat(bob.drain()).isEmpty();
    }

    @Test
    void aFullMemberSeesEverySeqOnce() {
        var alice = full();
        var head = alice.nextJson().getInt("head");
        alice.send("/user alice");
        var others =
                IntStream.range(0, 5).mapToObj(i -> plain().as("other " + i)).toList();

        others.parallelStream().forEach(other -> IntStream.range(0, 40).forEach(i -> other.send("message " + i)));
        IntStream.range(0, 40).forEach(i -> alice.send("own " + i));
        others.forEach(ChatClient::close);

        List<Integer> seqs = new ArrayList<>();
        while (seqs.size() < 1 + 5 + 5 * 40 + 40 + 5) {
            var message = alice.nextJson();
            if (message.containsKey("seq")) {
                seqs.add(message.getInt("seq"));
            }
        }
        assertThat(seqs)
                .isEqualTo(IntStream.rangeClosed(head + 1, head + seqs.size())
                        .boxed()
                        .toList());
    }
}
