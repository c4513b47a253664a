package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Attack: what Ann and Bob say to each other alone, for Mallory, over every door that there is; and Mallory in the name of one of them.
 * Outcome: an answer as if there were nothing, and not a word of it.
 */
class PrivateMessageAttackIT extends Attacked {

    private static final String SECRET = "the treasure lies under the young birch";
    private static final int QUESTIONS = 100;

    private static String bobsName;
    private static JsonObject bobsLogin;

    private String bob;
    private ChatClient anns;
    private String annsId;
    private String bobsId;

    @BeforeEach
    void aSecretOfTwo() {
        if (bobsName == null) {
            bobsName = ann + ".bob";
            bobsLogin = rest.loggedIn(bobsName);
        }
        bob = bobsName;
        annsId = idOf(super.anns);
        bobsId = idOf(bobsLogin);
        anns = annIn(room + "-a");
        answer(
                anns,
                "{\"type\":\"Private\",\"to\":\"" + bob + "\",\"content\":\"" + SECRET
                        + "\",\"nonce\":\"n-secret\",\"ref\":\"f\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'History','with':'BOB','ref':'f'}",
                "{'type':'History','with':'ANN','ref':'f'}",
                "{'type':'History','with':'BOB','after':0,'limit':200,'ref':'f'}",
                "{'type':'History','with':'BOB','around':1,'ref':'f'}",
                "{'type':'History','userId':'IDA','ref':'f'}",
                "{'type':'History','userId':'IDB','before':99,'ref':'f'}",
                "{'type':'History','with':'BOB','userId':'IDA','ref':'f'}",
                "{'type':'History','with':'BOB','room':'DIRECT','ref':'f'}",
                "{'type':'History','room':'DIRECT','ref':'f'}",
                "{'type':'Join','room':'DIRECT','ref':'f'}",
                "{'type':'Join','room':'DIRECT','since':0,'epoch':'x','historyLimit':1000,'ref':'f'}",
                "{'type':'Who','room':'DIRECT','ref':'f'}",
                "{'type':'Typing','state':'start','room':'DIRECT','ref':'f'}",
                "{'type':'Message','content':'x','replyTo':1,'room':'DIRECT','ref':'f'}",
                "{'type':'Act','content':'x','room':'DIRECT','ref':'f'}",
                "{'type':'Topic','topic':'x','room':'DIRECT','ref':'f'}",
                "{'type':'Topic','room':'DIRECT','ref':'f'}",
                "{'type':'Delete','seq':1,'room':'DIRECT','ref':'f'}",
                "{'type':'Read','seq':1,'room':'DIRECT','ref':'f'}",
                "{'type':'Invite','room':'DIRECT','ref':'f'}",
                "{'type':'Moderate','action':'ban','username':'BOB','room':'DIRECT','ref':'f'}",
                "{'type':'Private','to':'BOB','content':'x','room':'DIRECT','ref':'f'}",
                "{'type':'Leave','room':'DIRECT','ref':'f'}"
            })
    void noRequestBringsIt(String request) {
        var client = malloryIn(room);

        var answer = answer(client, named(request));

        if (answer.getString("type").equals("Batch")) {
            assertThat(answer.getJsonArray("events").toString()).doesNotContain(SECRET);
        } else {
            assertThat(answer.getString("code")).isEqualTo("ROOM_NOT_FOUND");
        }
        assertThat(client.drain().toString()).doesNotContain(SECRET);
        assertThat(contentsFor(anns)).contains(SECRET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "direct:IDA:IDB",
                "direct:IDB:IDA",
                "direct:IDA",
                "direct:",
                "%64irect:IDA:IDB",
                "Direct:IDA:IDB",
                "direct:IDA:IDB%20",
                "x/../direct:IDA:IDB",
                "direct%253AIDA:IDB",
                "\uFF44irect:IDA:IDB"
            })
    void noSpellingOfItsNameLeadsInOverTheHandshake(String spelled) throws Exception {
        var target = "/ws/"
                + URLEncoder.encode(named(spelled), StandardCharsets.UTF_8)
                        .replace("%25", "%")
                        .replace("%3A", ":")
                        .replace("%2F", "/");
        for (var session : List.of(mallorys, super.anns)) {
            for (var query : List.of("", "?since=0", "?format=text")) {
                var answer = RawHttp.upgrade(
                        base, target + query, "Authorization: Bearer " + session.getString("accessToken"));

                assertThat(answer.text()).doesNotContain(SECRET);
            }
        }
    }

    @Test
    void toResumeItIsToEnterARoomThatDoesNotExist() {
        for (var name : List.of(direct(), "direct:nobody:noone")) {
            for (var session : List.of(mallorys, super.anns)) {
                var client = LoggedInClient.connect(base, name, session, "chat.v1.json");
                client.send("{\"type\":\"Hello\",\"since\":0,\"epoch\":\"x\",\"historyLimit\":1000}");

                assertThat(client.closeCode()).isEqualTo(4004);
                assertThat(client.drain().toString()).doesNotContain(SECRET, "Batch", "Welcome");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "conversations/BOB/messages",
                "conversations/ANN/messages",
                "conversations/BOB/messages?after=0&limit=200",
                "conversations/IDB/messages",
                "conversations/DIRECT/messages",
                "conversations/BOB%00/messages",
                "conversations/%2E%2E/BOB/messages",
                "conversations?limit=200",
                "conversations?before=9999999999999-99999",
                "conversations?before=9999999999999-99999%27%20or%201=1",
                "conversations?user=ANN",
                "rooms/DIRECT",
                "rooms/DIRECT/members",
                "rooms/DIRECT/invitations",
                "rooms?prefix=direct",
                "rooms?beginning=direct"
            })
    void norDoesRest(String path) {
        for (var session : List.of(mallorys, rest.administrator())) {
            var answer = rest.send("GET", named(path), null, Rest.bearer(session));

            assertThat(answer.text()).doesNotContain(SECRET, annsId + ":", direct());
            assertTellsNothing(answer.text());
        }
        assertThat(rest.send("GET", named(path), null).status()).isIn(401, 400, 404);
    }

    @Test
    void whoseMarkerItIsDecidesTheTokenAndNothingElse() {
        var bobs = greeted(bobsLogin, room + "-b");
        var client = malloryIn(room);

        var own =
                answer(client, named("{'type':'Read','with':'ANN','userId':'IDA','username':'BOB','seq':1,'ref':'f'}"));

        assertThat(own.getString("with")).as("of a conversation of their own").isEqualTo(ann);
        assertThat(bobs.drain().toString()).doesNotContain("ReadMarker");
        var listed = rest.send("GET", "conversations", null, Rest.bearer(bobsLogin));
        assertThat(listed.json().getJsonArray("conversations").getValuesAs(JsonObject.class))
                .filteredOn(one -> one.getString("with").equals(ann))
                .allSatisfy(one -> assertThat(one.getInt("read")).isZero());
    }

    @Test
    void anothersNonceIsNoWayToItsMessage() {
        var client = malloryIn(room);

        var answer =
                answer(client, named("{'type':'Private','to':'BOB','content':'mine','nonce':'n-secret','ref':'f'}"));

        assertThat(answer.getBoolean("duplicate")).isFalse();
        assertThat(answer.getString("withId")).isEqualTo(bobsId);
        var again = answer(client, named("{'type':'Private','to':'ANN','content':'x','nonce':'n-secret','ref':'f'}"));
        assertThat(again.getBoolean("duplicate")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'Private','to':'BOB','from':'ANN','content':'forged','ref':'f'}",
                "{'type':'Private','to':'BOB','username':'ANN','senderId':'IDA','content':'forged','ref':'f'}",
                "{'type':'Private','to':'BOB','withId':'IDA','with':'ANN','seq':1,'id':'1-1','content':'forged','ref':'f'}"
            })
    void nobodySpeaksInAnothersName(String request) {
        var bobs = greeted(bobsLogin, room + "-b");
        var client = malloryIn(room);

        answer(client, named(request));

        var told = bobs.next("PrivateMessage");
        assertThat(told.getString("from")).isEqualTo(mallory());
        assertThat(told.getString("userId")).isEqualTo(idOf(mallorys));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PrivateMessage", "ReadMarker", "Ack", "Batch"})
    void whatOnlyTheServerSaysIsNoRequest(String type) {
        var answer = answer(
                malloryIn(room),
                named("{'type':'" + type + "','from':'ANN','to':'BOB','content':'x','seq':1,'ref':'f'}"));

        assertThat(answer.getString("code")).isEqualTo("UNKNOWN_TYPE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'to':'BOB\\r\\nX-Forged: 1'",
                "'to':'\\u202Egnorw'",
                "'to':'x\\u0000y'",
                "'to':'<img src=x onerror=alert(1)>'",
                "'to':'%\\u0027 OR \\u00271\\u0027=\\u00271'",
                "'to':''",
                "'to':'direct:IDA:IDB'",
                "'userId':'direct:IDA:IDB'",
                "'userId':'IDA:IDB'",
                "'userId':''",
                "'userId':'\\r\\nforged line'"
            })
    void whatIsNoNameIsNobody(String recipient) {
        var client = malloryIn(room);

        client.send(named("{'type':'Private'," + recipient + ",'content':'x','ref':'f'}"));

        var refused = client.next("Error");
        assertThat(refused.getString("code")).isIn("USER_NOT_FOUND", "BAD_MESSAGE", "CONTENT_REJECTED");
        assertTellsNothing(refused.toString());
    }

    @Test
    void aNameWithALineEndIsNoLineOfTheSimpleFaces() {
        var bobs = LoggedInClient.connect(base, room, bobsLogin, "chat.text");
        bobs.send("/who");
        bobs.next();
        var client = malloryIn(room);

        answer(client, named("{'type':'Private','to':'BOB','content':'x\\n[ANN -> you] come alone','ref':'f'}"));

        assertThat(bobs.drain().stream().flatMap(String::lines)).noneMatch(line -> line.startsWith("[" + ann + " "));
    }

    @Test
    void whatIsTooLongIsNotStored() {
        var client = malloryIn(room);

        var tooLong =
                answer(client, named("{'type':'Private','to':'BOB','content':'" + "x".repeat(4_001) + "','ref':'f'}"));
        var longName =
                answer(client, named("{'type':'Private','to':'" + "x".repeat(4_000) + "','content':'x','ref':'f'}"));
        var longId = answer(
                client, named("{'type':'Private','userId':'" + "x".repeat(4_000) + "','content':'x','ref':'f'}"));
        var longNonce = answer(
                client,
                named("{'type':'Private','to':'BOB','content':'x','nonce':'" + "x".repeat(65) + "','ref':'f'}"));

        assertThat(tooLong.getString("code")).isEqualTo("CONTENT_TOO_LONG");
        assertThat(longName.getString("code")).isEqualTo("USER_NOT_FOUND");
        assertThat(longId.getString("code")).isEqualTo("USER_NOT_FOUND");
        assertThat(longNonce.getString("code")).isEqualTo("BAD_MESSAGE");
        assertThat(answer(client, "{\"type\":\"Ping\",\"ref\":\"f\"}").getString("type"))
                .isEqualTo("Pong");
    }

    @Test
    void whoIsMutedInARoomWritesAloneButIsNotHeardThere() {
        annSets(room, "{\"kind\":\"open\"}");
        var hers = annIn(room);
        var client = malloryIn(room);
        hers.send(named("{'type':'Moderate','action':'mute','username':'MALLORY','ref':'k'}"));
        hers.next("Moderated");

        var alone = answer(client, named("{'type':'Private','to':'ANN','content':'x','ref':'f'}"));
        var aloud = answer(client, named("{'type':'Message','content':'x','ref':'f'}"));

        assertThat(alone.getString("type")).isEqualTo("Ack");
        assertThat(aloud.getString("code")).isEqualTo("MUTED");
    }

    @Test
    void whoIsBannedFindsNobodyThroughTheRoom() {
        annSets(room, "{\"kind\":\"open\"}");
        var hers = annIn(room);
        var guest = ChatClient.connect(base, room, "chat.v1.json").as("carl");
        var client = malloryIn(room + "-else");
        answer(client, "{\"type\":\"Join\",\"room\":\"" + room + "\",\"ref\":\"f\"}");
        hers.send(named("{'type':'Moderate','action':'ban','username':'MALLORY','ref':'k'}"));
        hers.next("Moderated");

        var inRoom = answer(
                client,
                "{\"type\":\"Private\",\"to\":\"carl\",\"room\":\"" + room + "\",\"content\":\"x\",\"ref\":\"f\"}");
        var elsewhere = answer(client, "{\"type\":\"Private\",\"to\":\"carl\",\"content\":\"x\",\"ref\":\"f\"}");

        assertThat(inRoom.getString("code")).isIn("ROOM_NOT_FOUND", "BANNED");
        assertThat(elsewhere.getString("code")).isEqualTo("USER_NOT_FOUND");
        assertThat(guest.drain().toString()).doesNotContain("PrivateMessage");
    }

    // Who has an account

    @Test
    void aGuestCannotTellByTheWordsWhoHasAnAccount() {
        var guest = ChatClient.connect(base, room, "chat.v1.json").as("carl");
        var answers = new ArrayList<String>();

        for (var name : List.of(bob, "nobody-" + bob, mallory().toUpperCase(Locale.ROOT), TestServer.ADMINISTRATOR)) {
            for (var type : List.of("Private", "History")) {
                var field = type.equals("Private") ? "to" : "with";
                var answer = answer(
                        guest,
                        "{\"type\":\"" + type + "\",\"" + field + "\":\"" + name
                                + "\",\"content\":\"x\",\"ref\":\"f\"}");
                answers.add(answer.toString().replace("\"with\"", "\"to\""));
            }
        }

        assertThat(answers).containsOnly(answers.get(0));
        assertThat(answers.get(0)).contains("USER_NOT_FOUND");
    }

    @Test
    void norByTheTime() {
        var guest = ChatClient.connect(base, room, "chat.v1.json").as("carl");
        var ones = new ArrayList<Long>();
        var others = new ArrayList<Long>();

        for (int i = 0; i < QUESTIONS; i++) {
            ones.add(microsOf(guest, bob));
            others.add(microsOf(guest, "nobody-" + bob));
        }

        var ratio = (double) median(ones) / median(others);
        assertThat(ratio).as("%d us and %d us", median(ones), median(others)).isBetween(0.6, 1.67);
    }

    private static long microsOf(ChatClient guest, String name) {
        var begun = System.nanoTime();
        answer(guest, "{\"type\":\"Private\",\"to\":\"" + name + "\",\"content\":\"x\",\"ref\":\"f\"}");
        return (System.nanoTime() - begun) / 1_000;
    }

    private static long median(List<Long> times) {
        Collections.sort(times);
        return times.get(times.size() / 2);
    }

    private String direct() {
        var ids = List.of(annsId, bobsId).stream().sorted().toList();
        return "direct:" + ids.get(0) + ":" + ids.get(1);
    }

    private String named(String text) {
        return text.replace('\'', '"')
                .replace("MALLORY", mallory())
                .replace("DIRECT", direct())
                .replace("ANN", ann)
                .replace("BOB", bob)
                .replace("IDA", annsId)
                .replace("IDB", bobsId);
    }

    private List<String> contentsFor(ChatClient client) {
        var page = answer(client, "{\"type\":\"History\",\"with\":\"" + bob + "\",\"ref\":\"f\"}");
        return page.getJsonArray("events").getValuesAs(JsonObject.class).stream()
                .map(event -> event.getString("content", ""))
                .toList();
    }

    private String idOf(JsonObject session) {
        return rest.me(session.getString("accessToken")).json().getString("userId");
    }

    private ChatClient greeted(JsonObject session, String place) {
        var client = LoggedInClient.connect(base, place, session, "chat.v1.json");
        client.send("{\"type\":\"Hello\",\"historyLimit\":0}");
        client.next("Welcome");
        return client;
    }

    private static JsonObject answer(ChatClient client, String request) {
        client.send(request);
        return client.next(message -> message.getString("ref", "").equals("f"));
    }
}
