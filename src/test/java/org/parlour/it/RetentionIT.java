package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import jakarta.json.JsonObject;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is kept no longer is gone everywhere, everybody is told so, and the room goes on meanwhile. */
@Tag("core")
class RetentionIT extends DeployedWar {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Rest rest;
    private JsonObject owner;

    @BeforeEach
    void ownRoom() {
        rest = new Rest(base);
        owner = rest.loggedIn("keeper" + UUID.randomUUID().toString().substring(0, 8));
        set("{\"kind\":\"open\"}");
    }

    @Test
    void theBeginningGoesAndWhatIsKeptStays() throws Exception {
        var ann = full();
        var first = hello(ann, "\"username\":\"ann\"");
        say(ann, 60);

        set("{\"retentionEvents\":20}");
        var oldest = awaitOldest(first, 42);

        assertThat(oldest).isEqualTo(42);
        ann.send("{\"type\":\"History\",\"ref\":\"h\",\"limit\":200}");
        assertThat(seqs(ann.next("Batch")))
                .as("from memory and log")
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(42, 61).boxed().toList());
        ann.send("{\"type\":\"History\",\"ref\":\"a\",\"after\":5}");
        assertThat(ann.next("Error").getString("code")).isEqualTo("HISTORY_PURGED");
        ann.send("{\"type\":\"History\",\"ref\":\"r\",\"around\":41}");
        assertThat(ann.next("Error").getString("code")).isEqualTo("HISTORY_PURGED");
        ann.send("{\"type\":\"History\",\"ref\":\"b\",\"before\":42}");
        var before = ann.next("Batch");
        assertThat(before.getJsonArray("events")).isEmpty();
        assertThat(before.getBoolean("hasMore")).isFalse();
        ann.send("{\"type\":\"History\",\"ref\":\"b\",\"after\":41}");
        assertThat(seqs(ann.next("Batch"))).hasSize(20).startsWith(42L);
        ann.send("{\"type\":\"Delete\",\"ref\":\"d\",\"seq\":7}");
        assertThat(ann.next("Error").getString("code")).isEqualTo("MESSAGE_NOT_FOUND");
        assertThat(rows()).isIn(20L, null);
    }

    @Test
    void overRestItIsGoneAsWell() throws Exception {
        var ann = full();
        var first = hello(ann, "\"username\":\"ann\"");
        say(ann, 60);
        var mine = rest.send("POST", "rooms/" + room + "/messages", "{\"content\":\"mine\"}", Rest.bearer(owner));
        assertThat(mine.status()).isEqualTo(201);

        set("{\"retentionEvents\":20}");
        awaitOldest(first, 43);

        var all = get("rooms/" + room + "/messages?limit=200");
        assertThat(seqs(all))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(43, 62).boxed().toList());
        assertThat(all.getBoolean("hasMore")).isFalse();
        assertThat(refusal("GET", "/messages?after=5")).isEqualTo("HISTORY_PURGED");
        assertThat(refusal("GET", "/messages?around=42")).isEqualTo("HISTORY_PURGED");
        assertThat(refusal("GET", "/messages/42")).isEqualTo("MESSAGE_NOT_FOUND");
        assertThat(refusal("DELETE", "/messages/42")).isEqualTo("MESSAGE_NOT_FOUND");
        assertThat(seqs(get("rooms/" + room + "/messages?after=42&limit=1"))).containsExactly(43L);
        var before = get("rooms/" + room + "/messages?before=43");
        assertThat(seqs(before)).isEmpty();
        assertThat(before.getBoolean("hasMore")).isFalse();
        var standing = get("conversations").getJsonArray("rooms").getJsonObject(0);
        assertThat(standing.getString("room")).isEqualTo(room);
        assertThat(standing.getInt("unread")).as("of others, and kept").isEqualTo(19);
    }

    @Test
    void aConversationIsForgottenLikeARoom() throws Exception {
        assumeThat(System.getProperty(TestServer.POSTGRES)).isNotNull();
        var name = "friend" + UUID.randomUUID().toString().substring(0, 8);
        var friend = rest.loggedIn(name);
        var sender = LoggedInClient.connect(base, room, owner, "chat.v1.json");
        hello(sender, "\"historyLimit\":0");
        for (int i = 1; i <= 5; i++) {
            sender.send(
                    "{\"type\":\"Private\",\"to\":\"" + name + "\",\"content\":\"letter " + i + "\",\"ref\":\"p\"}");
            sender.next("Ack");
        }

        // As if the server kept but two events of a room: a conversation has no owner to say so.
        sql("update room set retention_events = 2 where id in (select room_id from participant where person_id = '"
                + friend.getString("userId") + "')");
        var page = "conversations/" + owner.getString("username") + "/messages";
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (seqs(read(page, friend)).size() > 2) {
            assertThat(System.nanoTime()).as("forgotten in time").isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(200);
        }

        assertThat(seqs(read(page, friend))).containsExactly(4L, 5L);
        assertThat(rest.send("GET", page + "?after=0", null, Rest.bearer(friend))
                        .code())
                .isEqualTo("HISTORY_PURGED");
        sender.send("{\"type\":\"History\",\"with\":\"" + name + "\",\"after\":2,\"ref\":\"h\"}");
        assertThat(sender.next("Error").getString("code")).isEqualTo("HISTORY_PURGED");
        sender.send("{\"type\":\"History\",\"with\":\"" + name + "\",\"after\":3,\"ref\":\"h\"}");
        assertThat(seqs(sender.next("Batch"))).containsExactly(4L, 5L);
        var entry = read("conversations", friend).getJsonArray("conversations").getJsonObject(0);
        assertThat(entry.getInt("head")).isEqualTo(5);
        assertThat(entry.getInt("unread")).isEqualTo(2);
    }

    @Test
    void whoComesBackIsToldWhetherSomethingIsMissing() throws Exception {
        var ann = full();
        var first = hello(ann, "\"username\":\"ann\"");
        say(ann, 60);
        set("{\"retentionEvents\":20}");
        awaitOldest(first, 42);

        var early = hello(full(), resume(first, 40));
        assertThat(early.getBoolean("recovered")).isFalse();
        assertThat(early.getInt("oldest")).isEqualTo(42);
        assertThat(early.getInt("head")).isEqualTo(61);

        var client = full();
        var inTime = hello(client, resume(first, 41));
        assertThat(inTime.getBoolean("recovered")).isTrue();
        var resumed = new ArrayList<Long>();
        while (resumed.size() < 20) {
            resumed.addAll(seqs(client.next("Batch")));
        }
        assertThat(resumed)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(42, 61).boxed().toList());
    }

    @Test
    void whatIsTooOldGoesUpToTheFirstThatIsNot() throws Exception {
        assumeThat(System.getProperty(TestServer.POSTGRES)).isNotNull();
        var ann = full();
        var first = hello(ann, "\"username\":\"ann\"");
        say(ann, 30);
        sql("update message set at = at - interval '3 days' where (seq <= 20 or seq = 25) and room_id ="
                + " (select id from room where name = '" + room + "')");

        set("{\"retentionDays\":2}");

        assertThat(awaitOldest(first, 21)).isEqualTo(21);
        assertThat(rows()).isEqualTo(11L);
    }

    @Test
    void lanesGoOnWhileMuchIsDeleted() throws Exception {
        var ann = full();
        var first = hello(ann, "\"username\":\"ann\"");
        say(ann, 2_000);
        var elsewhere =
                ChatClient.connect(base, room + "-elsewhere", "chat.v1.json").as("bob");

        set("{\"retentionEvents\":10}");
        var took = new ArrayList<Long>();
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (took.size() < 60 || headAndOldest(first)[1] < 1_900) {
            assertThat(System.nanoTime()).as("deleted in time").isLessThan(deadline);
            took.add(millisToAck(ann));
            took.add(millisToAck(elsewhere));
        }

        took.sort(Long::compare);
        System.out.printf(
                "while 2,000 events were deleted, %d messages were acknowledged: p50 %d ms, p95 %d ms, longest %d ms%n",
                took.size(), took.get(took.size() / 2), took.get(took.size() * 95 / 100), took.get(took.size() - 1));
        assertThat(took.get(took.size() / 2)).as("p50").isLessThan(250);
        assertThat(took.get(took.size() - 1)).as("longest").isLessThan(2_000);
    }

    @Test
    void aWishThatCannotBeIsRefused() {
        for (var wish :
                List.of("{\"retentionDays\":-1}", "{\"retentionDays\":36501}", "{\"retentionEvents\":1000000001}")) {
            var answer = rest.send("PUT", "rooms/" + room, wish, Rest.bearer(owner));
            assertThat(answer.status()).as(wish).isEqualTo(400);
        }
        assertThat(set("{\"retentionDays\":30,\"retentionEvents\":5000}").toString())
                .contains("\"retentionDays\":30,\"retentionEvents\":5000");
    }

    private static long millisToAck(ChatClient client) {
        var begun = System.nanoTime();
        client.send("{\"type\":\"Message\",\"content\":\"meanwhile\",\"ref\":\"m\"}");
        client.next("Ack");
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
    }

    private static void say(ChatClient client, int messages) {
        for (int sent = 0; sent < messages; sent += 50) {
            for (int i = 0; i < Math.min(50, messages - sent); i++) {
                client.send("{\"type\":\"Message\",\"content\":\"message " + (sent + i) + "\"}");
            }
            for (int i = 0; i < Math.min(50, messages - sent); i++) {
                client.next("Ack");
            }
        }
    }

    private JsonObject hello(ChatClient client, String fields) {
        client.send("{\"type\":\"Hello\"," + fields + "}");
        return client.next("Welcome");
    }

    private static String resume(JsonObject welcome, int since) {
        return "\"token\":\"" + welcome.getString("token") + "\",\"since\":" + since + ",\"epoch\":\"" + epoch(welcome)
                + "\"";
    }

    private static String epoch(JsonObject welcome) {
        return welcome.getString("epoch", "");
    }

    private long[] headAndOldest(JsonObject first) {
        var client = full();
        try {
            client.send("{\"type\":\"Hello\",\"token\":\"" + first.getString("token") + "\"}");
            var welcome = client.next("Welcome");
            return new long[] {welcome.getInt("head"), welcome.getInt("oldest")};
        } finally {
            client.vanish();
        }
    }

    private long awaitOldest(JsonObject first, long oldest) throws InterruptedException {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        var now = headAndOldest(first)[1];
        while (now < oldest && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(200);
            now = headAndOldest(first)[1];
        }
        return now;
    }

    private static List<Long> seqs(JsonObject batch) {
        return batch.getJsonArray("events").getValuesAs(JsonObject.class).stream()
                .map(event -> event.getJsonNumber("seq").longValue())
                .toList();
    }

    private String refusal(String method, String path) {
        var answer = rest.send(method, "rooms/" + room + path, null, Rest.bearer(owner));
        assertThat(answer.status()).isEqualTo(404);
        return answer.code();
    }

    private JsonObject get(String path) {
        return read(path, owner);
    }

    private JsonObject read(String path, JsonObject session) {
        var answer = rest.send("GET", path, null, Rest.bearer(session));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private JsonObject set(String settings) {
        var answer = rest.send("PUT", "rooms/" + room, settings, Rest.bearer(owner));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    /** How many of the room's are in the table once it is quiet; null where that cannot be seen. */
    private Long rows() throws Exception {
        if (System.getProperty(TestServer.POSTGRES) == null) {
            return null;
        }
        // The rows go right after the room has been told to begin later.
        TimeUnit.SECONDS.sleep(2);
        try (var connection =
                        DriverManager.getConnection(System.getProperty(TestServer.POSTGRES), "postgres", "postgres");
                var found = connection
                        .createStatement()
                        .executeQuery("select count(*) from message m join room r on r.id = m.room_id where r.name = '"
                                + room + "'")) {
            found.next();
            return found.getLong(1);
        }
    }

    private static void sql(String statement) throws SQLException {
        try (var connection =
                DriverManager.getConnection(System.getProperty(TestServer.POSTGRES), "postgres", "postgres")) {
            connection.createStatement().executeUpdate(statement);
        }
    }
}
