package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Attack: what is said in a room, who is in it and how it is set, for somebody who may not know, over every door that there is.
 * Outcome: the answer of a room that does not exist, or a refusal, and not a word of it.
 */
class ForeignRoomAttackIT extends Attacked {

    private static final String SECRET = "the treasure lies under the old oak";

    private String closed;

    @BeforeEach
    void aSecret() {
        closed = "private:" + ann + ":board-" + room.substring(room.length() - 8);
        annSets(closed, "{\"kind\":\"private\"}");
        say(annIn(closed), SECRET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'Join','room':'ROOM','ref':'f'}",
                "{'type':'Join','room':'ROOM','since':0,'ref':'f'}",
                "{'type':'Join','room':'ROOM','since':0,'epoch':'x','historyLimit':1000,'ref':'f'}",
                "{'type':'Join','room':'ROOM','password':'','ref':'f'}",
                "{'type':'History','room':'ROOM','ref':'f'}",
                "{'type':'History','room':'ROOM','after':0,'limit':200,'ref':'f'}",
                "{'type':'History','room':'ROOM','around':1,'ref':'f'}",
                "{'type':'Who','room':'ROOM','ref':'f'}",
                "{'type':'Typing','state':'start','room':'ROOM','ref':'f'}",
                "{'type':'Message','content':'x','replyTo':1,'room':'ROOM','ref':'f'}",
                "{'type':'SetUsername','username':'x','room':'ROOM','ref':'f'}",
                "{'type':'Moderate','action':'unban','username':'x','room':'ROOM','ref':'f'}",
                "{'type':'Leave','room':'ROOM','ref':'f'}"
            })
    void aPrivateRoomIsNotThereForAStranger(String request) {
        var asked = request.replace('\'', '"');
        var client = malloryIn(room);

        var existing = answer(client, asked.replace("ROOM", closed));
        var missing = answer(client, asked.replace("ROOM", closed + "-none"));

        assertThat(existing.getString("code")).isEqualTo("ROOM_NOT_FOUND");
        assertThat(existing.toString().replace(closed, "ROOM"))
                .isEqualTo(missing.toString().replace(closed + "-none", "ROOM"));
        assertThat(client.drain().toString()).doesNotContain(SECRET);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET | | ",
                "GET | /members | ",
                "PUT | | {\"kind\":\"open\"}",
                "PUT | | {\"kind\":\"private\",\"archived\":true}",
                "PUT | | {\"kind\":\"private\",\"password\":\"a new password\"}",
                "PUT | /members/MALLORY | {\"role\":\"owner\"}",
                "PUT | /members/MALLORY | {\"role\":\"reader\"}",
                "PUT | /members/ANN | {\"role\":\"reader\"}",
                "DELETE | /members/ANN | ",
                "DELETE | /members/MALLORY | "
            })
    void norIsItOverRest(String method, String path, String body) {
        var its = path == null ? "" : path.replace("MALLORY", mallory()).replace("ANN", ann);

        var existing = rest.send(method, "rooms/" + closed + its, body, Rest.bearer(mallorys));
        var missing = rest.send(method, "rooms/" + closed + "-none" + its, body, Rest.bearer(mallorys));
        var nobodys = rest.send(method, "rooms/" + closed + its, body);

        assertThat(existing.status()).isEqualTo(missing.status());
        assertThat(existing.text().replace(closed, "ROOM"))
                .isEqualTo(missing.text().replace(closed + "-none", "ROOM"));
        // What no private room may be is refused before it is looked for.
        assertThat(existing.code()).isIn("ROOM_NOT_FOUND", "BAD_MESSAGE");
        assertThat(nobodys.status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%50rivate:ANN:board", // the same name, encoded
                "private:ANN:board%20",
                "private:ANN:board%00",
                "private:ANN:board%E2%80%8B",
                "PRIVATE:ANN:board",
                "private:ANN:BOARD",
                "private:ANN:board.",
                "private:ANN:./board",
                "private:ANN:board;x=y",
                "x/../private:ANN:board",
                "private%253AANN:board",
                "ｐｒｉｖａｔｅ:ANN:board"
            })
    void noSpellingOfItsNameLeadsIn(String spelled) throws Exception {
        var target = "/ws/" + spelled.replace("ANN:board", closed.substring("private:".length()));
        var answer = RawHttp.upgrade(base, target, "Authorization: Bearer " + mallorys.getString("accessToken"));
        var history = RawHttp.upgrade(
                base, target + "?since=0", "Authorization: Bearer " + mallorys.getString("accessToken"));

        // Another name is another room, which may be entered or not; this one is not.
        assertThat(answer.text()).doesNotContain(SECRET);
        assertThat(history.text()).doesNotContain(SECRET);
    }

    @ParameterizedTest
    @CsvSource({"kick, ROOM_NOT_FOUND", "ban, ROOM_NOT_FOUND"})
    void whoWasPutOutReadsNoMore(String action, String code) {
        annSets(room, "{\"kind\":\"open\"}");
        var anns = annIn(room);
        var client = malloryIn(room + "-else");
        var token = join(client, room);
        client.drain();
        anns.send("{\"type\":\"Moderate\",\"action\":\"" + action + "\",\"username\":\"" + mallory()
                + "\",\"ref\":\"k\"}");
        anns.next("Moderated");
        say(anns, SECRET);

        for (var request : new String[] {"History", "Who", "Typing"}) {
            var refused = answer(
                    client,
                    "{\"type\":\"" + request + "\",\"state\":\"start\",\"room\":\"" + room + "\",\"ref\":\"f\"}");
            assertThat(refused.getString("code")).isEqualTo(code);
        }
        if (action.equals("ban")) {
            for (var since : new String[] {"", ",\"since\":0,\"epoch\":\"" + token + "\""}) {
                var refused =
                        answer(client, "{\"type\":\"Join\",\"room\":\"" + room + "\"" + since + ",\"ref\":\"f\"}");
                assertThat(refused.getString("code")).isEqualTo("BANNED");
            }
            for (var face : new String[] {"chat.v1.json", "chat.text", "unknown"}) {
                var again = LoggedInClient.connect(base, room, mallorys, face);
                if (face.equals("chat.v1.json")) {
                    again.send("{\"type\":\"Hello\",\"since\":0,\"epoch\":\"" + token + "\"}");
                }
                assertThat(again.closeCode()).isEqualTo(4006);
                assertThat(again.drain().toString()).doesNotContain(SECRET);
            }
        }
        assertThat(client.drain().toString()).doesNotContain(SECRET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'Message','content':'x','ref':'f'}",
                "{'type':'History','ref':'f'}",
                "{'type':'Who','ref':'f'}",
                "{'type':'Hello','ref':'f'}",
                "{'type':'Hello','password':'','ref':'f'}",
                "{'type':'Hello','password':'open sesam','ref':'f'}",
                "{'type':'Hello','password':'OPEN SESAME','ref':'f'}",
                "{'type':'Hello','password':'open sesame ','ref':'f'}",
                "{'type':'Hello','password':'open sesame\\u0000','ref':'f'}",
                "{'type':'Hello','password':['open sesame'],'ref':'f'}",
                "{'type':'Hello','password':true,'ref':'f'}",
                "{'type':'Hello','since':0,'epoch':'EPOCH','ref':'f'}"
            })
    void aProtectedRoomSaysNothingBeforeItsPassword(String request) {
        annSets(room, "{\"kind\":\"open\"}");
        var hers = annIn(room);
        say(hers, SECRET);
        annSets(room, "{\"kind\":\"protected\",\"password\":\"open sesame\"}");
        var client = full();
        client.send("{\"type\":\"Hello\",\"ref\":\"h\"}");
        client.next("Error");

        var refused = answer(client, request.replace('\'', '"'));

        assertThat(refused.getString("code")).isIn("PASSWORD_REQUIRED", "BAD_MESSAGE", "CONTENT_REJECTED");
        assertThat(client.drain().toString()).doesNotContain(SECRET);
    }

    @Test
    void theSettingsOfAProtectedRoomDoNotTellItsPassword() {
        annSets(room, "{\"kind\":\"protected\",\"password\":\"open sesame\"}");

        for (var session : new JsonObject[] {anns, mallorys}) {
            assertThat(rest.send("GET", "rooms/" + room, null, Rest.bearer(session))
                            .text())
                    .doesNotContain("sesame", "PBKDF2", "hash");
        }
    }

    @Test
    void aMemberOfAProtectedRoomIsNotToldToAStranger() {
        annSets(room, "{\"kind\":\"protected\",\"password\":\"open sesame\"}");

        var answer = rest.send("GET", "rooms/" + room + "/members", null, Rest.bearer(mallorys));

        assertThat(answer.text()).doesNotContain(ann).doesNotContain(anns.getString("userId"));
    }

    @Test
    void whatWasSaidToOneRoomIsNotInAnother() {
        var client = malloryIn(room);
        var before = Map.of("after", "0", "before", "999999", "around", "1");

        before.forEach((direction, seq) -> {
            client.send("{\"type\":\"History\",\"" + direction + "\":" + seq + ",\"limit\":200,\"ref\":\"f\"}");
            assertThat(client.next("Batch").getJsonArray("events")).isEmpty();
        });
    }

    private static void say(ChatClient client, String content) {
        client.send("{\"type\":\"Message\",\"content\":\"" + content + "\",\"ref\":\"said\"}");
        client.next("Ack");
    }

    /** Enters a further room. @return its epoch */
    private static String join(ChatClient client, String name) {
        client.send("{\"type\":\"Join\",\"room\":\"" + name + "\"}");
        return client.next("Welcome").getString("epoch", "");
    }

    private static JsonObject answer(ChatClient client, String request) {
        client.send(request);
        // Of a ban somebody is also told without having asked.
        return client.next(message -> message.containsKey("ref")
                || message.getString("type").equals("Error")
                        && !message.getString("code").equals("BANNED"));
    }
}
