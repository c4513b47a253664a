package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parlour.testing.Eventually.eventually;

import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.parlour.testing.Race;

/** What two people say to each other. */
@Tag("core")
class PrivateMessagesIT extends DeployedWar {

    private static final AtomicInteger COUNT = new AtomicInteger();

    private Rest rest;
    private String suffix;

    @BeforeEach
    void names() {
        rest = new Rest(base);
        suffix = Integer.toString(COUNT.incrementAndGet() + (int) (System.nanoTime() & 0xFFFFFF), 7) + "w";
    }

    // Live

    @Test
    void aPrivateMessageReachesAllConnectionsOfBothAndNobodyElse() {
        var ann = greeted(room, "ann", null);
        var annsToken = ann.welcome.getString("token");
        var annElsewhere = greeted(room + "-2", "anna", annsToken);
        var bob = greeted(room, "bob", null);
        var bobElsewhere = greeted(room + "-3", null, bob.welcome.getString("token"));
        var carl = greeted(room, "carl", null);

        ann.client.send("{\"type\":\"Private\",\"to\":\"bob\",\"content\":\"psst\",\"nonce\":\"n1\",\"ref\":\"p1\"}");

        var ack = ann.client.next("Ack");
        assertThat(ack.getString("ref")).isEqualTo("p1");
        assertThat(ack.getString("nonce")).isEqualTo("n1");
        assertThat(ack.getString("with")).isEqualTo("bob");
        assertThat(ack.getString("withId")).isEqualTo(bob.id());
        assertThat(ack.getInt("seq")).isEqualTo(1);
        assertThat(ack.containsKey("room")).isFalse();
        for (var told : List.of(bob.client.next("PrivateMessage"), bobElsewhere.client.next("PrivateMessage"))) {
            assertThat(told.getString("from")).isEqualTo("ann");
            assertThat(told.getString("to")).isEqualTo("bob");
            assertThat(told.getString("with")).isEqualTo("ann");
            assertThat(told.getString("withId")).isEqualTo(ann.id());
            assertThat(told.getString("userId")).isEqualTo(ann.id());
            assertThat(told.getString("content")).isEqualTo("psst");
            assertThat(told.getInt("seq")).isEqualTo(1);
            assertThat(told.getString("id")).isEqualTo(ack.getString("id"));
            assertThat(told.containsKey("nonce")).isFalse();
        }
        var own = annElsewhere.client.next("PrivateMessage");
        assertThat(own.getString("with")).isEqualTo("bob");
        assertThat(own.getString("withId")).isEqualTo(bob.id());
        assertThat(own.getString("nonce")).isEqualTo("n1");
        assertThat(ann.client.drain()).noneMatch(frame -> frame.contains("psst"));
        assertThat(carl.client.drain()).noneMatch(frame -> frame.contains("psst"));
    }

    @Test
    void theSimpleFacesSayItInTheirWords() {
        var ann = text().as("ann");
        var bob = text().as("bob");
        var carl = plain().as("carl");
        carl.drain();
        bob.drain();

        ann.send("/msg bob good morning");
        ann.send("/msg carl good\n[bob -> you] evening");

        assertThat(bob.next()).isEqualTo("[ann -> you] good morning");
        var first = carl.next("PrivateMessage");
        assertThat(first.getString("content")).isEqualTo("good\n[bob -> you] evening");
        assertThat(first.getString("from")).isEqualTo("ann");
        bob.send("/msg carl \u001b[2J");
        assertThat(carl.next("PrivateMessage").getString("from")).isEqualTo("bob");
        carl.send("/msg ann back\n[bob -> you] forged");
        assertThat(ann.drain().stream().filter(line -> line.contains("forged")))
                .containsExactly("[carl -> you] back\n    [bob -> you] forged");
    }

    @Test
    void whoSaysItOnOneConnectionSeesItOnTheOtherInLines() {
        var session = rest.loggedIn("annika" + suffix);
        var ann = LoggedInClient.connect(base, room, session, "chat.text");
        var annElsewhere = LoggedInClient.connect(base, room + "-2", session, "chat.text");
        annElsewhere.send("/who");
        annElsewhere.next();
        var bob = plain().as("bob b");

        ann.send("/msg \"bob b\" hello there");

        assertThat(bob.next("PrivateMessage").getString("content")).isEqualTo("hello there");
        assertThat(lastOf(annElsewhere)).isEqualTo("[you -> bob b] hello there");
    }

    @Test
    void whatManySayIsHeardInTheOrderOfItsSeq() {
        var ann = greeted(room, "ann", null);
        var bob = greeted(room, "bob", null);
        var bobElsewhere = greeted(room + "-2", null, bob.welcome.getString("token"));

        Race.among(2, number -> {
            var sender = number == 0 ? ann : bob;
            for (int i = 0; i < 25; i++) {
                sender.client.send("{\"type\":\"Private\",\"to\":\"" + (number == 0 ? "bob" : "ann")
                        + "\",\"content\":\"" + number + "-" + i + "\"}");
            }
        });

        var seqs = new ArrayList<Long>();
        var annsOwn = new ArrayList<String>();
        for (int i = 0; i < 50; i++) {
            var told = bobElsewhere.client.next("PrivateMessage");
            seqs.add(told.getJsonNumber("seq").longValue());
            if (told.getString("from").equals("ann")) {
                annsOwn.add(told.getString("content"));
            }
        }
        assertThat(seqs)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 50).boxed().toList());
        assertThat(annsOwn)
                .hasSize(25)
                .isEqualTo(LongStream.range(0, 25).mapToObj(i -> "0-" + i).toList());
    }

    @Test
    void twoWhoWriteToEachOtherForTheFirstTimeAtTheSameMomentHaveOneConversation() {
        for (int round = 0; round < 10; round++) {
            var place = room + "-r" + round;
            var people = List.of(greeted(place, "ann", null), greeted(place, "bob", null));
            var acks = new ConcurrentLinkedQueue<JsonObject>();

            Race.among(2, number -> {
                var client = people.get(number).client;
                client.send(
                        "{\"type\":\"Private\",\"to\":\"" + (number == 0 ? "bob" : "ann") + "\",\"content\":\"hi\"}");
                acks.add(client.next("Ack"));
            });

            assertThat(acks).extracting(ack -> ack.getInt("seq")).containsExactlyInAnyOrder(1, 2);
            assertThat(acks)
                    .extracting(ack -> ack.getString("id").split("-")[0])
                    .containsOnly(acks.peek().getString("id").split("-")[0]);
            people.forEach(one -> one.client.close());
        }
    }

    // Stored

    @Test
    void aResendWithTheSameNonceIsADuplicateAndIsNotToldAgain() {
        var ann = greeted(room, "ann", null);
        var bob = greeted(room, "bob", null);
        var request = "{\"type\":\"Private\",\"to\":\"bob\",\"content\":\"once\",\"nonce\":\"n1\",\"ref\":\"p1\"}";
        ann.client.send(request);
        var first = ann.client.next("Ack");
        ann.client.vanish();

        var back = greeted(room, "ann", ann.welcome.getString("token"));
        back.client.send(request);
        var second = back.client.next("Ack");
        back.client.send(request.replace("\"once\"", "\"twice\""));

        assertThat(first.getBoolean("duplicate")).isFalse();
        assertThat(second.getBoolean("duplicate")).isTrue();
        assertThat(second.getString("id")).isEqualTo(first.getString("id"));
        assertThat(back.client.next("Error").getString("code")).isEqualTo("NONCE_CONFLICT");
        assertThat(bob.client.drain().stream().filter(frame -> frame.contains("\"PrivateMessage\"")))
                .hasSize(1);
    }

    @Test
    void aConversationIsReadByBothFromTheirSides() {
        var ann = greeted(room, "ann", null);
        var bob = greeted(room, "bob", null);
        for (int i = 1; i <= 5; i++) {
            say(i % 2 == 1 ? ann : bob, i % 2 == 1 ? "bob" : "ann", "word " + i);
        }

        var page = history(ann, "\"with\":\"bob\",\"limit\":3");
        var older = history(ann, "\"with\":\"bob\",\"before\":" + page.getInt("before"));
        var around = history(bob, "\"with\":\"ann\",\"around\":2,\"limit\":2");
        var byId = history(bob, "\"userId\":\"" + ann.id() + "\",\"after\":4");

        assertThat(page.getString("with")).isEqualTo("bob");
        assertThat(page.getString("withId")).isEqualTo(bob.id());
        assertThat(page.containsKey("room")).isFalse();
        assertThat(page.getBoolean("hasMore")).isTrue();
        assertThat(contents(page)).containsExactly("word 3", "word 4", "word 5");
        assertThat(contents(older)).containsExactly("word 1", "word 2");
        assertThat(contents(around)).containsExactly("word 1", "word 2");
        assertThat(contents(byId)).containsExactly("word 5");
        assertThat(page.getJsonArray("events").getJsonObject(1).getString("from"))
                .isEqualTo("bob");
        assertThat(page.getJsonArray("events").getJsonObject(1).getString("to")).isEqualTo("ann");
    }

    @Test
    void whatIsWrittenIsInTheHistoryThatIsAskedForAtOnce() {
        var ann = greeted(room, "ann", null);
        greeted(room, "bob", null);
        for (int i = 0; i < 10; i++) {
            ann.client.send("{\"type\":\"Private\",\"to\":\"bob\",\"content\":\"w" + i + "\"}");
            var page = history(ann, "\"with\":\"bob\",\"limit\":1");
            assertThat(contents(page)).containsExactly("w" + i);
        }
    }

    // Who is meant

    @Test
    void anAnswerReachesWhoeverHasLeftTheRoom() {
        var ann = greeted(room, "ann", null);
        var bob = greeted(room, "bob", null);
        say(ann, "bob", "see you elsewhere");
        var annElsewhere = greeted(room + "-2", null, ann.welcome.getString("token"));
        ann.client.send("{\"type\":\"Leave\"}");
        assertThat(ann.client.closeCode()).isEqualTo(1000);
        bob.client.next("UserLeft");

        say(bob, "ann", "found you");

        assertThat(annElsewhere.client.next("PrivateMessage").getString("content"))
                .isEqualTo("found you");
    }

    @Test
    void aGuestThatTakesTheNameOfAnotherNeitherReadsNorGetsWhatIsTheOthers() {
        var ann = greeted(room, "ann", null);
        var bob = greeted(room, "bob", null);
        say(ann, "bob", "secret of the first ann");
        say(bob, "ann", "secret of bob");
        ann.client.send("{\"type\":\"SetUsername\",\"username\":\"annabel\",\"ref\":\"u\"}");
        ann.client.next(message -> message.getString("ref", "").equals("u"));
        var other = greeted(room, "ann", null);

        var page = history(other, "\"with\":\"bob\"");
        say(bob, "ann", "to whoever is called so here");
        bob.client.send(
                "{\"type\":\"Private\",\"userId\":\"" + ann.id() + "\",\"content\":\"to the first\",\"ref\":\"x\"}");

        assertThat(contents(page)).isEmpty();
        assertThat(other.client.next("PrivateMessage").getString("content")).isEqualTo("to whoever is called so here");
        assertThat(ann.client.next(message -> message.toString().contains("to the first")))
                .isNotNull();
        assertThat(other.client.drain().toString()).doesNotContain("to the first", "secret");
        assertThat(contents(history(other, "\"with\":\"bob\""))).containsExactly("to whoever is called so here");
    }

    @Test
    void anAccountThatIsAwayFindsItThereWhenItComesBack() {
        var carl = "carl" + suffix;
        var carlsSession = rest.loggedIn(carl);
        var dora = "dora" + suffix;
        var client = LoggedInClient.connect(base, room, rest.loggedIn(dora), "chat.v1.json");
        client.send("{\"type\":\"Hello\"}");
        client.next("Welcome");

        client.send("{\"type\":\"Private\",\"to\":\"" + carl + "\",\"content\":\"for later\",\"ref\":\"p1\"}");

        assertThat(client.next("Ack").getString("with")).isEqualTo(carl);
        var back = LoggedInClient.connect(base, room + "-2", carlsSession, "chat.v1.json");
        back.send("{\"type\":\"Hello\"}");
        back.next("Welcome");
        back.send("{\"type\":\"History\",\"with\":\"" + dora + "\",\"ref\":\"h\"}");
        assertThat(contents(back.next(message -> message.getString("ref", "").equals("h"))))
                .containsExactly("for later");
    }

    @Test
    void whomNobodyKnowsIsToldInTheSameWordsWhetherRegisteredOrNot() {
        var carl = "carl" + suffix;
        rest.loggedIn(carl);
        var guest = greeted(room, "guest", null);
        var answers = new ArrayList<String>();

        for (var name : List.of(carl, "nobody" + suffix, "admin", "\\u202e", "x".repeat(300))) {
            for (var kind : List.of("\"type\":\"Private\",\"content\":\"x\",\"to\"", "\"type\":\"History\",\"with\"")) {
                guest.client.send("{" + kind + ":\"" + name + "\",\"ref\":\"q\"}");
                var error = guest.client.next("Error");
                answers.add(error.toString().replaceAll("\"field\":\"\\w+\"", ""));
            }
        }

        assertThat(answers)
                .hasSize(10)
                .containsOnly(answers.get(0))
                .first()
                .asString()
                .contains("USER_NOT_FOUND");
    }

    @Test
    void whatIsNotPossibleIsRefusedClearly() {
        var ann = greeted(room, "ann", null);
        greeted(room, "bob", null);
        var nameless = greeted(room, null, null);

        assertThat(codeOf(ann, "\"to\":\"ann\",\"content\":\"x\"")).isEqualTo("BAD_MESSAGE to");
        assertThat(codeOf(ann, "\"userId\":\"" + ann.id() + "\",\"content\":\"x\""))
                .isEqualTo("BAD_MESSAGE userId");
        assertThat(codeOf(ann, "\"content\":\"x\"")).isEqualTo("BAD_MESSAGE to");
        assertThat(codeOf(ann, "\"to\":\"bob\"")).isEqualTo("BAD_MESSAGE content");
        assertThat(codeOf(ann, "\"to\":\"bob\",\"content\":\" \"")).isEqualTo("CONTENT_EMPTY content");
        assertThat(codeOf(ann, "\"to\":\"bob\",\"content\":\"" + "x".repeat(4_001) + "\""))
                .isEqualTo("CONTENT_TOO_LONG content");
        assertThat(codeOf(ann, "\"to\":\"bob\",\"content\":\"x\",\"replyTo\":9"))
                .isEqualTo("BAD_MESSAGE replyTo");
        assertThat(codeOf(ann, "\"userId\":\"" + "x".repeat(65) + "\",\"content\":\"x\""))
                .isEqualTo("USER_NOT_FOUND userId");
        assertThat(codeOf(nameless, "\"to\":\"bob\",\"content\":\"x\"")).isEqualTo("USERNAME_REQUIRED ");
        ann.client.send("/msg bob");
        assertThat(ann.client.next("Error").getString("message")).startsWith("Usage: /msg NAME TEXT");
    }

    // Nobody else

    @Test
    void nobodyElseReadsItByAnyDoor() {
        var ann = "annika" + suffix;
        var annsSession = rest.loggedIn(ann);
        var bob = "bobbie" + suffix;
        var bobsSession = rest.loggedIn(bob);
        var root = rest.administrator();
        rest.send("PUT", "rooms/" + room, "{\"kind\":\"open\"}", Rest.bearer(root));
        var annsClient =
                LoggedInClient.connect(base, room, annsSession, "chat.v1.json").as(ann);
        var bobsClient =
                LoggedInClient.connect(base, room, bobsSession, "chat.v1.json").as(bob);
        annsClient.send("{\"type\":\"Private\",\"to\":\"" + bob + "\",\"content\":\"between us\",\"ref\":\"p\"}");
        annsClient.next(message -> message.getString("ref", "").equals("p"));
        bobsClient.next("PrivateMessage");
        var ids =
                List.of(idOf(annsSession), idOf(bobsSession)).stream().sorted().toList();
        var name = "direct:" + ids.get(0) + ":" + ids.get(1);

        for (var session : List.of(root, rest.loggedIn("carla" + suffix), annsSession)) {
            var snoop = LoggedInClient.connect(base, room, session, "chat.v1.json");
            snoop.send("{\"type\":\"Hello\"}");
            snoop.next("Welcome");
            for (var asked : List.of(
                    "{\"type\":\"Join\",\"room\":\"" + name + "\"}",
                    "{\"type\":\"History\",\"room\":\"" + name + "\"}",
                    "{\"type\":\"Who\",\"room\":\"" + name + "\"}",
                    "{\"type\":\"Message\",\"content\":\"x\",\"room\":\"" + name + "\"}",
                    "{\"type\":\"Moderate\",\"action\":\"ban\",\"username\":\"" + bob + "\",\"room\":\"" + name
                            + "\"}")) {
                snoop.send(asked);
                assertThat(snoop.next("Error").getString("code")).as(asked).isEqualTo("ROOM_NOT_FOUND");
            }
            for (var face : List.of("chat.v1.json", "chat.text")) {
                var client = LoggedInClient.connect(base, name, session, face);
                if (face.equals("chat.v1.json")) {
                    client.send("{\"type\":\"Hello\"}");
                }
                assertThat(client.closeCode()).isEqualTo(4004);
            }
            for (var path : List.of("rooms/" + name, "rooms/" + name + "/members", "rooms/" + name + "/invitations")) {
                var answer = rest.send("GET", path, null, Rest.bearer(session));
                assertThat(answer.code()).as(path).isEqualTo("ROOM_NOT_FOUND");
                assertThat(answer.text())
                        .isEqualTo(rest.send("GET", path.replace(name, "direct:x:y"), null, Rest.bearer(session))
                                .text());
            }
            for (var kind : List.of("open", "private", "protected")) {
                assertThat(rest.send("PUT", "rooms/" + name, "{\"kind\":\"" + kind + "\"}", Rest.bearer(session))
                                .code())
                        .isEqualTo("ROOM_NOT_FOUND");
                assertThat(rest.send("PUT", "rooms/direct:x:y", "{\"kind\":\"" + kind + "\"}", Rest.bearer(session))
                                .code())
                        .isEqualTo("ROOM_NOT_FOUND");
            }
            if (session != annsSession) {
                snoop.send("{\"type\":\"History\",\"with\":\"" + bob + "\",\"ref\":\"h\"}");
                assertThat(contents(snoop.next(
                                message -> message.getString("ref", "").equals("h"))))
                        .isEmpty();
                assertThat(snoop.drain().toString()).doesNotContain("between us");
            }
        }
    }

    @Test
    void anAccountOfAFormerGuestsNameGetsNothingOfIts() {
        var former = "erin" + suffix;
        var erin = greeted(room, former, null);
        var bob = greeted(room, "bob", null);
        say(erin, "bob", "as a guest");
        erin.client.close();
        var session = rest.loggedIn(former);
        var client = LoggedInClient.connect(base, room + "-2", session, "chat.v1.json");
        client.send("{\"type\":\"Hello\"}");
        client.next("Welcome");

        client.send("{\"type\":\"History\",\"with\":\"bob\",\"ref\":\"h\"}");
        var error = client.next(message -> message.getString("ref", "").equals("h"));
        eventually("the guest's place in the room is free", () -> {
            bob.client.send("{\"type\":\"Who\"}");
            return !bob.client.next("Presence").toString().contains(former);
        });
        say(bob, former, "to the guest");

        assertThat(error.getString("code")).isEqualTo("USER_NOT_FOUND");
        assertThat(client.drain().toString()).doesNotContain("to the guest", "as a guest");
        var back = greeted(room + "-3", "erin", erin.welcome.getString("token"));
        assertThat(contents(history(back, "\"with\":\"bob\""))).containsExactly("as a guest", "to the guest");
    }

    @Test
    void aGuestWhoLogsInOnTheSameConnectionGetsNoMoreOfTheGuests() {
        var session = rest.loggedIn("frida" + suffix);
        var frida = full();
        frida.send("{\"type\":\"Hello\"}");
        var guestsId = frida.next("Welcome").getString("userId");
        frida.send("{\"type\":\"Hello\",\"token\":\"" + session.getString("accessToken") + "\",\"ref\":\"h2\"}");
        frida.next(message -> message.getString("ref", "").equals("h2"));
        var bob = greeted(room, "bob", null);

        assertThat(codeOf(bob, "\"userId\":\"" + guestsId + "\",\"content\":\"x\""))
                .isEqualTo("USER_NOT_FOUND userId");
        say(bob, "frida" + suffix, "to the account");

        assertThat(frida.next("PrivateMessage").getString("content")).isEqualTo("to the account");
    }

    /** Somebody who is welcomed. */
    private record Somebody(ChatClient client, JsonObject welcome) {

        String id() {
            return welcome.getString("userId");
        }
    }

    private Somebody greeted(String place, String name, String token) {
        var client = ChatClient.connect(base, place, "chat.v1.json");
        client.send("{\"type\":\"Hello\",\"historyLimit\":0"
                + (name == null ? "" : ",\"username\":\"" + name + "\"")
                + (token == null ? "" : ",\"token\":\"" + token + "\"")
                + "}");
        return new Somebody(client, client.next("Welcome"));
    }

    private static void say(Somebody sender, String to, String content) {
        sender.client.send(
                "{\"type\":\"Private\",\"to\":\"" + to + "\",\"content\":\"" + content + "\",\"ref\":\"s\"}");
        var answer = sender.client.next(message -> message.getString("ref", "").equals("s"));
        assertThat(answer.getString("type")).as("%s", answer).isEqualTo("Ack");
    }

    private static JsonObject history(Somebody reader, String fields) {
        reader.client.send("{\"type\":\"History\",\"ref\":\"h\"," + fields + "}");
        return reader.client.next(message -> message.getString("ref", "").equals("h"));
    }

    private static List<String> contents(JsonObject page) {
        assertThat(page.getString("type")).as("%s", page).isEqualTo("Batch");
        return page.getJsonArray("events").getValuesAs(JsonObject.class).stream()
                .map(event -> event.getString("content"))
                .toList();
    }

    private static String codeOf(Somebody sender, String fields) {
        sender.client.send("{\"type\":\"Private\",\"ref\":\"e\"," + fields + "}");
        var error = sender.client.next(message -> message.getString("ref", "").equals("e"));
        return error.getString("code", error.toString()) + " " + error.getString("field", "");
    }

    private String idOf(JsonObject session) {
        return rest.me(session.getString("accessToken")).json().getString("userId");
    }

    private static String lastOf(ChatClient client) {
        var lines = client.drain();
        return lines.get(lines.size() - 1);
    }
}
