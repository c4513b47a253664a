package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.parlour.testing.Eventually;

/** A room's whole log as a file: complete, in order, for those who may read it, and no burden whoever reads it and however slowly. */
@Tag("core")
class ExportIT extends DeployedWar {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final int MANY = 12_000;
    private static final int AT_ONCE = 4;

    private Rest rest;
    private String ann;
    private String bert;
    private JsonObject anns;
    private JsonObject bobs;

    @BeforeEach
    void twoAccounts() {
        rest = new Rest(base);
        var number = Integer.toString(COUNT.incrementAndGet() + (int) (System.nanoTime() & 0xFFFFFF), 7) + "e";
        ann = "annelies" + number;
        anns = rest.loggedIn(ann);
        bert = "bert" + number;
        bobs = rest.loggedIn(bert);
    }

    @Test
    void everythingThatHappenedIsALineOfJson() {
        var carl = carl();
        carl.send("/topic Birches");
        said(carl, "one");
        said(carl, "two\\nlines");
        said(carl, "gone");
        carl.send("{\"type\":\"Delete\",\"seq\":5,\"ref\":\"d\"}");
        carl.next(message -> message.getString("ref", "").equals("d"));

        var answer = export(room, "", bobs);

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("application/jsonl");
        assertThat(answer.header("Content-Disposition"))
                .isEqualTo("attachment; filename=\"" + room + ".jsonl\"; filename*=UTF-8''" + room + ".jsonl");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        var events = answer.text().lines().map(ChatClient::json).toList();
        assertThat(events)
                .extracting(event -> event.getString("type"))
                .containsExactly(
                        "UserJoined", "TopicChanged", "NewMessage", "NewMessage", "NewMessage", "MessageDeleted");
        assertThat(events).extracting(event -> event.getInt("seq")).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(events.get(3).getString("content")).isEqualTo("two\nlines");
        assertThat(events.get(4).getBoolean("deleted")).isTrue();
        assertThat(answer.text()).doesNotContain("gone", "nonce");
    }

    @Test
    void asTextEachIsItsTimeAndALineThatNobodyForges() {
        var carl = carl();
        said(carl, "one\\n2026-01-01T00:00:00.000Z [ann] forged \\u001b[2J");

        var answer = export(room, "?format=text", bobs);

        assertThat(answer.header("Content-Type")).isEqualToIgnoringCase("text/plain;charset=utf-8");
        assertThat(answer.header("Content-Disposition")).contains(room + ".txt");
        var lines = answer.text().lines().toList();
        assertThat(lines.get(0)).matches("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z --> carl joined the room");
        assertThat(lines.get(1)).matches("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z \\[carl] one");
        assertThat(lines.get(2)).startsWith("    2026-01-01").doesNotContain("\u001b");
        assertThat(lines).hasSize(3);
    }

    @Test
    void aNameThatNoFileCanHaveIsMadeOne() {
        var name = "räume:" + COUNT.incrementAndGet() + " a-b";
        rest.send("PUT", "rooms/" + encoded(name), "{\"kind\":\"open\"}", Rest.bearer(anns));

        var answer = export(encoded(name), "", anns);

        assertThat(answer.text()).isEmpty();
        assertThat(answer.header("Content-Disposition"))
                .isEqualTo("attachment; filename=\"r_ume_" + COUNT.get() + "_a-b.jsonl\"; filename*=UTF-8''r%C3%A4ume_"
                        + COUNT.get() + "%20a-b.jsonl");
    }

    @Test
    void aPrivateRoomIsNotThereForOthers() {
        var name = "private:" + ann + ":files";
        rest.send("PUT", "rooms/" + name, "{\"kind\":\"private\"}", Rest.bearer(anns));
        rest.post("rooms/" + name + "/messages", "{\"content\":\"among us\"}", Rest.bearer(anns));

        var mine = export(name, "", anns);
        var others = export(name, "", bobs);
        var nowhere = export("private:" + ann + ":nowhere", "", bobs);

        assertThat(mine.text()).contains("among us");
        assertThat(others.status()).isEqualTo(404);
        assertThat(others.text()).isEqualTo(nowhere.text());
        assertThat(rest.send("GET", "rooms/" + name + "/export", null).status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"?format=", "?format=xml", "?format=JSONL"})
    void aFormThatThereIsNotIsRefused(String query) {
        assertThat(export(room, query, anns).code()).isEqualTo("BAD_MESSAGE");
    }

    @Test
    void aLongLogIsWholeAndWhoeverReadsItHoldsUpNobodyForLong() throws Exception {
        var carl = carl();
        talk(carl);
        var readUpTo = ServerLog.length();

        var stalled = new ArrayList<Socket>();
        try {
            for (int i = 0; i < AT_ONCE; i++) {
                stalled.add(startedAndStalled(room));
            }
            var refused = export(room, "", bobs);
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.code()).isEqualTo("OVERLOADED");
            assertThat(refused.header("Retry-After")).isEqualTo("1");
            said(carl, "still heard");
        } finally {
            for (var socket : stalled) {
                socket.close();
            }
        }

        Eventually.eventually(
                "the places are free again",
                Duration.ofSeconds(30),
                () -> export(room, "?format=text", bobs).status() == 200);
        var events = export(room, "", bobs).text().lines().map(ChatClient::json).toList();
        assertThat(events)
                .extracting(event -> event.getInt("seq"))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, MANY + 2).boxed().toList());
        assertThat(events.get(MANY).getString("content")).startsWith("message " + (MANY - 1) + " ");
        assertThat(ServerLog.since(readUpTo)).doesNotContain("\tat ");
    }

    @Test
    void whoMayNotReadAnyMoreIsCutOff() throws Exception {
        var name = "private:" + ann + ":cut";
        rest.send("PUT", "rooms/" + name, "{\"kind\":\"private\"}", Rest.bearer(anns));
        rest.send("PUT", "rooms/" + name + "/members/" + bert, "{\"role\":\"reader\"}", Rest.bearer(anns));
        var hers = LoggedInClient.connect(base, name, anns, "chat.v1.json");
        hers.send("{\"type\":\"Hello\",\"historyLimit\":0}");
        hers.next("Welcome");
        talk(hers);

        String received;
        try (var socket = startedAndStalled(name)) {
            rest.send("DELETE", "rooms/" + name + "/members/" + bert, null, Rest.bearer(anns));
            received = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (SocketException cut) {
            return;
        }

        assertThat(received).as("the end of a whole answer").doesNotEndWith("\r\n0\r\n\r\n");
        assertThat(received).doesNotContain("message " + (MANY - 1) + " ");
    }

    // A window that the load fits into: more would be refused.
    private static void talk(ChatClient client) {
        for (int first = 0; first < MANY; first += 500) {
            for (int i = first; i < first + 500; i++) {
                client.send("{\"type\":\"Message\",\"content\":\"message " + i + " " + "x".repeat(1_000)
                        + "\",\"ref\":\"" + i + "\"}");
            }
            var last = Integer.toString(first + 499);
            client.next(message -> message.getString("ref", "").equals(last));
        }
    }

    private Socket startedAndStalled(String name) throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(4_096);
        socket.connect(new InetSocketAddress(base.getHost(), base.getPort()));
        socket.setSoTimeout(20_000);
        var request = "GET " + base.getPath() + "api/v1/rooms/" + name + "/export HTTP/1.1\r\nHost: " + base.getHost()
                + ":" + base.getPort() + "\r\n" + String.join(": ", List.of(Rest.bearer(bobs)))
                + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        var begin = new String(socket.getInputStream().readNBytes(400), StandardCharsets.UTF_8);
        assertThat(begin).contains(" 200 ");
        return socket;
    }

    private Rest.Answer export(String name, String query, JsonObject session) {
        return rest.send("GET", "rooms/" + name + "/export" + query, null, Rest.bearer(session));
    }

    private ChatClient carl() {
        var carl = full();
        carl.send("{\"type\":\"Hello\",\"username\":\"carl\",\"historyLimit\":0}");
        carl.next("Welcome");
        return carl;
    }

    private static void said(ChatClient client, String content) {
        client.send("{\"type\":\"Message\",\"content\":\"" + content + "\",\"ref\":\"s\"}");
        client.next(message -> message.getString("ref", "").equals("s"));
    }

    private static String encoded(String name) {
        return name.replace("ä", "%C3%A4").replace(" ", "%20");
    }
}
