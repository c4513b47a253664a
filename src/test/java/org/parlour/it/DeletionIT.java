package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parlour.testing.Eventually.eventually;

import jakarta.json.JsonObject;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.parlour.testing.Race;

/** What was said and is taken back: by its author, or by somebody who is above it. */
@Tag("core")
class DeletionIT extends TwoAccounts {

    private static final String SECRET = "the plans of the boat";

    private ChatClient anns;
    private ChatClient bobs;

    @BeforeEach
    void aRoomWithAnOwnerAndAMember() {
        set(room, "{\"kind\":\"open\"}");
        anns = LoggedInClient.connect(base, room, annsLogin, "chat.v1.json").as(ann);
        bobs = LoggedInClient.connect(base, room, bobsLogin, "chat.v1.json").as(bob);
    }

    @Test
    void theAuthorTakesAMessageBackAndEverybodyIsTold() {
        var line = text();
        var plain = plain();
        var seq = say(bobs, SECRET);
        line.drain();
        plain.drain();

        var ack = delete(bobs, seq, "A slip.");

        assertThat(ack.getJsonNumber("seq").longValue()).isGreaterThan(seq);
        assertThat(ack.getBoolean("duplicate")).isFalse();
        var told = anns.next("MessageDeleted");
        assertThat(told.getString("username")).isEqualTo(bob);
        assertThat(told.getString("userId")).isEqualTo(bobsLogin.getString("userId"));
        assertThat(told.getJsonNumber("target").longValue()).isEqualTo(seq);
        assertThat(told.getString("reason")).isEqualTo("A slip.");
        assertThat(told.getJsonNumber("seq")).isEqualTo(ack.getJsonNumber("seq"));
        assertThat(line.next()).isEqualTo(bob + " deleted message " + seq + ": A slip.");
        assertThat(plain.next("Notice").getString("code")).isEqualTo("MESSAGE_DELETED");
    }

    @Test
    void whatWasDeletedIsNowhereAnyMore() throws SQLException {
        var since = full();
        since.send("{\"type\":\"Hello\"}");
        var epoch = since.next("Welcome").getString("epoch");
        var seq = say(bobs, SECRET);
        say(bobs, "harmless");
        bobs.send("/me hides " + SECRET);
        var act = bobs.next("Ack").getJsonNumber("seq").longValue();

        delete(bobs, seq, null);
        bobs.send("/delete " + act);
        bobs.next("Ack");

        anns.drain();
        assertNobodyReads(epoch, seq);
        // From the log, too: the room leaves memory with the last member.
        List.of(anns, bobs, since).forEach(client -> {
            client.send("/leave");
            client.closeCode();
        });
        assertNobodyReads(epoch, seq);
        assertNoTableHas(SECRET);
    }

    private void assertNobodyReads(String epoch, long seq) {
        var reader = full();
        reader.send("{\"type\":\"Hello\",\"username\":\"reader\",\"since\":0,\"epoch\":\"" + epoch + "\"}");
        var resumed = untilQuiet(reader);
        assertThat(placeOf(seq, resumed)).isTrue();
        var history = answer(reader, "{\"type\":\"History\",\"limit\":200,\"ref\":\"h\"}");
        assertThat(placeOf(seq, List.of(history.toString()))).isTrue();
        reader.send("/history");
        var told = new ArrayList<>(resumed);
        told.add(history.toString());
        told.addAll(untilQuiet(reader));
        var newcomers = List.of(full().as("fresh"), plain().as("freshest"), text().as("the freshest"));
        newcomers.forEach(one -> {
            one.send("/history");
            told.addAll(untilQuiet(one));
        });
        assertThat(told.toString()).contains("harmless").doesNotContain(SECRET);
        newcomers.forEach(one -> leave(one));
        leave(reader);
    }

    private static void leave(ChatClient client) {
        client.send("/leave");
        client.closeCode();
    }

    private static boolean placeOf(long seq, List<String> frames) {
        return frames.stream()
                .flatMap(frame -> {
                    var message = ChatClient.json(frame);
                    return message.containsKey("events")
                            ? message.getJsonArray("events").getValuesAs(JsonObject.class).stream()
                            : List.of(message).stream();
                })
                .filter(event -> event.getString("type").equals("NewMessage"))
                .filter(event -> event.getJsonNumber("seq").longValue() == seq)
                .anyMatch(event -> event.getBoolean("deleted", false) && !event.containsKey("content"));
    }

    private static void assertNoTableHas(String content) throws SQLException {
        var url = System.getProperty(TestServer.POSTGRES);
        // The file of H2 cannot be looked into while the server has it.
        if (url == null) {
            return;
        }
        try (var connection = DriverManager.getConnection(url, "postgres", "postgres");
                var statement = connection.createStatement()) {
            var tables = new ArrayList<String>();
            try (var names = statement.executeQuery(
                    "select table_name from information_schema.tables where table_schema = 'public'")) {
                while (names.next()) {
                    tables.add(names.getString(1));
                }
            }
            assertThat(tables).contains("message", "room", "audit");
            for (var table : tables) {
                try (var found = statement.executeQuery(
                        "select count(*) from " + table + " t where cast(t as text) like '%" + content + "%'")) {
                    found.next();
                    assertThat(found.getLong(1)).as(table).isZero();
                }
            }
        }
    }

    @Test
    void whoIsAboveTheAuthorDeletesAndIsInTheAudit() {
        var seq = say(bobs, SECRET);

        delete(anns, seq, null);

        var root = rest.administrator();
        eventually(
                "the audit has it",
                Duration.ofSeconds(10),
                () -> !deletionsIn(root).isEmpty());
        assertThat(deletionsIn(root)).singleElement().satisfies(entry -> {
            assertThat(entry.getString("actor")).isEqualTo(ann);
            assertThat(entry.getString("target")).isEqualTo(bobsLogin.getString("userId"));
            assertThat(entry.getString("detail")).isEqualTo("seq " + seq);
        });
    }

    private List<JsonObject> deletionsIn(JsonObject root) {
        var path = "audit?action=MESSAGE_DELETED&room=" + room;
        return rest.send("GET", path, null, Rest.bearer(root))
                .json()
                .getJsonArray("entries")
                .getValuesAs(JsonObject.class);
    }

    @Test
    void whoIsNotAboveTheAuthorDeletesNothing() {
        var seq = say(anns, "the owner's");
        var carl = full().as("carl");
        var own = say(carl, "carl's");

        assertThat(codeOf(bobs, seq)).isEqualTo("FORBIDDEN");
        assertThat(codeOf(bobs, own)).isEqualTo("FORBIDDEN");
        rest.send("PUT", "rooms/" + room + "/members/" + bob, "{\"role\":\"moderator\"}", Rest.bearer(annsLogin));
        assertThat(codeOf(bobs, seq)).isEqualTo("FORBIDDEN");
        assertThat(delete(bobs, own, null).getBoolean("duplicate")).isFalse();
        assertThat(removed(seq, bobsLogin)).isEqualTo(403);
    }

    @Test
    void thereIsNothingToDeleteWhereThereIsNoMessage() {
        var deletion =
                delete(bobs, say(bobs, "gone"), null).getJsonNumber("seq").longValue();

        for (long seq : new long[] {-1, 0, 1, deletion, 999, Long.MAX_VALUE / 10}) {
            assertThat(codeOf(anns, seq)).as("seq %s", seq).isEqualTo("MESSAGE_NOT_FOUND");
        }
        assertThat(removed(1, annsLogin)).isEqualTo(404);
        assertThat(removed(999, annsLogin)).isEqualTo(404);
        bobs.send("{\"type\":\"Delete\",\"ref\":\"d\"}");
        assertThat(bobs.next("Error").getString("field")).isEqualTo("seq");
    }

    @Test
    void whatIsDeletedAgainIsAcknowledgedWithTheFirstDeletion() {
        var seq = say(bobs, SECRET);
        var first = delete(bobs, seq, null);

        var second = delete(bobs, seq, null);

        assertThat(second.getBoolean("duplicate")).isTrue();
        assertThat(second.getJsonNumber("seq")).isEqualTo(first.getJsonNumber("seq"));
        assertThat(removed(seq, annsLogin)).isEqualTo(204);
        assertThat(anns.drain())
                .filteredOn(frame -> frame.contains("MessageDeleted"))
                .hasSize(1);
    }

    @Test
    void aResendIsAnsweredWithItsFirstSeqAndStaysDeleted() {
        bobs.send("{\"type\":\"Message\",\"content\":\"" + SECRET + "\",\"nonce\":\"n1\"}");
        var seq = bobs.next("Ack").getJsonNumber("seq").longValue();
        delete(bobs, seq, null);
        anns.drain();

        for (var content : List.of(SECRET, "something else")) {
            var ack = answer(
                    bobs, "{\"type\":\"Message\",\"content\":\"" + content + "\",\"nonce\":\"n1\",\"ref\":\"again\"}");
            assertThat(ack.getString("type")).isEqualTo("Ack");
            assertThat(ack.getJsonNumber("seq").longValue()).isEqualTo(seq);
            assertThat(ack.getBoolean("duplicate")).isTrue();
        }

        assertThat(anns.drain()).isEmpty();
    }

    @Test
    void aMessageAndItsDeletionInOneGoAreBothDone() {
        var seq = say(bobs, "before");

        bobs.send("{\"type\":\"Message\",\"content\":\"" + SECRET + "\"}");
        bobs.send("{\"type\":\"Delete\",\"seq\":" + (seq + 1) + ",\"ref\":\"d\"}");
        bobs.send("{\"type\":\"Message\",\"content\":\"after\",\"ref\":\"m\"}");

        var ack = bobs.next(message -> message.getString("ref", "").equals("d"));
        assertThat(ack.getString("type")).as("%s", ack).isEqualTo("Ack");
        assertThat(ack.getJsonNumber("seq").longValue()).isEqualTo(seq + 2);
        assertThat(bobs.next("Ack").getJsonNumber("seq").longValue()).isEqualTo(seq + 3);
        var history = answer(anns, "{\"type\":\"History\",\"ref\":\"h\"}").toString();
        assertThat(history).contains("before", "after").doesNotContain(SECRET);
    }

    @Test
    void ofManyDeletersAtOnceOneDoesIt() {
        var seq = say(bobs, SECRET);
        var statuses = new ConcurrentLinkedQueue<Integer>();

        Race.among(8, number -> statuses.add(removed(seq, number % 2 == 0 ? annsLogin : bobsLogin)));

        assertThat(statuses).hasSize(8).containsOnly(204);
        assertThat(anns.drain())
                .filteredOn(frame -> frame.contains("MessageDeleted"))
                .hasSize(1);
        assertThat(say(bobs, "next")).isEqualTo(seq + 2);
    }

    @Test
    void whoComesInWhileMessagesAreDeletedSeesEachGoneOrDeletedBehind() {
        var seqs = new ArrayList<Long>();
        for (int i = 0; i < 40; i++) {
            seqs.add(say(bobs, "secret no " + i));
        }
        var seen = new ConcurrentLinkedQueue<List<String>>();

        Race.among(4, number -> {
            if (number == 0) {
                for (long seq : seqs) {
                    removed(seq, annsLogin);
                }
            } else {
                for (int i = 0; i < 5; i++) {
                    var client = full();
                    client.send("{\"type\":\"Hello\",\"since\":0}");
                    var frames = new ArrayList<String>();
                    while (deletionsAmong(frames) < seqs.size()) {
                        frames.addAll(flat(client.next()));
                    }
                    seen.add(frames);
                    client.close();
                }
            }
        });

        assertThat(seen).hasSize(15).allSatisfy(frames -> {
            var numbers = frames.stream()
                    .map(ChatClient::json)
                    .filter(event -> event.containsKey("seq"))
                    .map(event -> event.getJsonNumber("seq").longValue())
                    .toList();
            assertThat(numbers).as("in steps of one").isSorted().doesNotHaveDuplicates();
            assertThat(numbers.get(numbers.size() - 1)).isEqualTo(numbers.size());
        });
    }

    private static long deletionsAmong(List<String> frames) {
        return frames.stream()
                .filter(frame -> frame.contains("\"MessageDeleted\""))
                .count();
    }

    private static List<String> flat(String frame) {
        var message = ChatClient.json(frame);
        return message.getString("type").equals("Batch")
                ? message.getJsonArray("events").stream().map(Object::toString).toList()
                : List.of(frame);
    }

    @Test
    void theMutedTakeBackWhatTheySaidButSayNothingWithIt() {
        var seq = say(bobs, SECRET);
        anns.send("/mute " + bob);
        anns.next("Moderated");

        var refused = answer(bobs, "{\"type\":\"Delete\",\"seq\":" + seq + ",\"reason\":\"Hear me!\",\"ref\":\"d\"}");

        assertThat(refused.getString("code")).isEqualTo("MUTED");
        assertThat(delete(bobs, seq, null).getBoolean("duplicate")).isFalse();
    }

    @Test
    void aStrangerToAPrivateRoomLearnsNothingByDeleting() {
        room = "private:" + ann + ":board";
        rest.send("PUT", "rooms/" + room, "{\"kind\":\"private\"}", Rest.bearer(annsLogin));
        var inside =
                LoggedInClient.connect(base, room, annsLogin, "chat.v1.json").as(ann);
        var seq = say(inside, SECRET);

        var existing = rest.send("DELETE", "rooms/" + room + "/messages/" + seq, null, Rest.bearer(bobsLogin));
        var none = rest.send("DELETE", "rooms/" + room + "x/messages/1", null, Rest.bearer(bobsLogin));

        assertThat(existing.status()).isEqualTo(404);
        assertThat(existing.code()).isEqualTo("ROOM_NOT_FOUND");
        assertThat(existing.text()).isEqualTo(none.text());
        assertThat(removed(seq, annsLogin)).isEqualTo(204);
        assertThat(inside.next("MessageDeleted").getJsonNumber("target").longValue())
                .isEqualTo(seq);
    }

    @Test
    void aGuestDeletesItsOwnOverRestAndNobodyElseDoes() {
        var carl = full();
        carl.send("{\"type\":\"Hello\",\"username\":\"carl\"}");
        var token = carl.next("Welcome").getString("token");
        var seq = say(carl, SECRET);
        var others = say(bobs, "bob's");
        var bearer = new String[] {"Authorization", "Bearer " + token};

        assertThat(rest.send("DELETE", "rooms/" + room + "/messages/" + others, null, bearer)
                        .status())
                .isEqualTo(403);
        assertThat(rest.send("DELETE", "rooms/" + room + "/messages/" + seq, null)
                        .status())
                .isEqualTo(401);
        assertThat(rest.send("DELETE", "rooms/" + room + "/messages/x", null, bearer)
                        .status())
                .isEqualTo(400);
        assertThat(rest.send("DELETE", "rooms/" + room + "/messages/" + seq, null, bearer)
                        .status())
                .isEqualTo(204);

        assertThat(anns.next("MessageDeleted").getString("username")).isEqualTo("carl");
    }

    @Test
    void aClosedRoomCanStillBeTidiedUp() {
        var seq = say(bobs, SECRET);
        anns.send("/archive");
        anns.closeCode();

        assertThat(removed(seq, bobsLogin)).isEqualTo(204);
    }

    private int removed(long seq, JsonObject session) {
        return rest.send("DELETE", "rooms/" + room + "/messages/" + seq, null, Rest.bearer(session))
                .status();
    }

    private static long say(ChatClient client, String content) {
        var ack = answer(client, "{\"type\":\"Message\",\"content\":\"" + content + "\",\"ref\":\"say\"}");
        assertThat(ack.getString("type")).as("%s", ack).isEqualTo("Ack");
        return ack.getJsonNumber("seq").longValue();
    }

    private static JsonObject delete(ChatClient client, long seq, String reason) {
        var why = reason == null ? "" : ",\"reason\":\"" + reason + "\"";
        var answer = answer(client, "{\"type\":\"Delete\",\"seq\":" + seq + why + ",\"ref\":\"del\"}");
        assertThat(answer.getString("type")).as("%s", answer).isEqualTo("Ack");
        return answer;
    }

    private static String codeOf(ChatClient client, long seq) {
        return answer(client, "{\"type\":\"Delete\",\"seq\":" + seq + ",\"ref\":\"no\"}")
                .getString("code");
    }

    /** The answer to a request, by its ref. */
    private static JsonObject answer(ChatClient client, String request) {
        var ref = ChatClient.json(request).getString("ref");
        client.send(request);
        return client.next(message -> message.getString("ref", "").equals(ref));
    }

    private static List<String> untilQuiet(ChatClient client) {
        var frames = new ArrayList<String>();
        frames.add(client.next());
        frames.addAll(client.drain());
        return frames;
    }
}
