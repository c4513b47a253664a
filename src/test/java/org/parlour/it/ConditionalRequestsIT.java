package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client has already is not sent again, and never taken for what there is now. */
@Tag("core")
class ConditionalRequestsIT extends DeployedWar {

    private Rest rest;
    private String ann;
    private String[] anns;

    @BeforeEach
    void aRoomWithAMessage() {
        rest = new Rest(base);
        ann = "anne" + room.substring(5, 13);
        anns = Rest.bearer(rest.loggedIn(ann));
        assertThat(rest.send("PUT", "rooms/" + room, "{\"kind\":\"open\"}", anns)
                        .status())
                .isEqualTo(200);
        say("first");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "me",
                "rooms/ROOM",
                "rooms/ROOM/members",
                "rooms/ROOM/messages",
                "rooms/ROOM/messages?before=2",
                "conversations"
            })
    void whatIsAsItWasIsNotSentAgain(String path) {
        var first = get(path);
        var again = get(path, "If-None-Match", "\"other\", " + first.header("ETag"));
        var weak = get(path, "If-None-Match", "W/" + first.header("ETag"));
        var other = get(path, "If-None-Match", "\"other\"");

        assertThat(first.status()).isEqualTo(200);
        assertThat(first.header("ETag")).matches("\"[A-Za-z0-9_-]{20}\"");
        assertThat(first.header("Content-Type")).startsWith("application/json");
        assertThat(first.json()).isNotEmpty();
        assertThat(Stream.of(again, weak)).allSatisfy(same -> {
            assertThat(same.status()).isEqualTo(304);
            assertThat(same.text()).isEmpty();
            assertThat(same.header("ETag")).isEqualTo(first.header("ETag"));
            assertThat(same.header("Cache-Control")).isEqualTo("no-store");
        });
        assertThat(other.status()).isEqualTo(200);
        assertThat(other.text()).isEqualTo(first.text());
    }

    @Test
    void whatHasChangedIsSent() {
        var settings = get("rooms/" + room).header("ETag");
        var page = get("rooms/" + room + "/messages").header("ETag");
        var closedPage = get("rooms/" + room + "/messages?before=2").header("ETag");

        rest.send("PUT", "rooms/" + room, "{\"slowMode\":1}", anns);
        say("second");

        assertThat(get("rooms/" + room, "If-None-Match", settings).json().getInt("slowMode"))
                .isEqualTo(1);
        var newer = get("rooms/" + room + "/messages", "If-None-Match", page);
        assertThat(newer.json().getJsonArray("events")).hasSize(2);
        assertThat(get("rooms/" + room + "/messages?before=2", "If-None-Match", closedPage)
                        .status())
                .isEqualTo(304);
        rest.send("DELETE", "rooms/" + room + "/messages/1", null, anns);
        var deleted = get("rooms/" + room + "/messages?before=2", "If-None-Match", closedPage);
        assertThat(deleted.status()).isEqualTo(200);
        assertThat(deleted.text()).doesNotContain("first");
    }

    @Test
    void aTagIsNoKey() {
        var hidden = "private:" + ann + ":board";
        rest.send("PUT", "rooms/" + hidden, "{\"kind\":\"private\"}", anns);
        var tag = get("rooms/" + hidden).header("ETag");
        var bobs = Rest.bearer(rest.loggedIn("bert" + room.substring(5, 13)));

        var stranger = rest.send("GET", "rooms/" + hidden, null, with(bobs, "If-None-Match", tag));
        var none = rest.send("GET", "rooms/" + hidden + "s", null, with(bobs, "If-None-Match", "*"));
        var nobody = rest.send("GET", "me", null, "If-None-Match", "*");

        assertThat(stranger.code()).isEqualTo("ROOM_NOT_FOUND");
        assertThat(stranger.header("ETag")).isNull();
        assertThat(none.text()).isEqualTo(stranger.text());
        assertThat(nobody.status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"", "\"\\", "x", "W/", ",,,", "\"a", "W/\"\u00FF\""})
    void whatIsNoTagIsNobodysTrouble(String header) throws Exception {
        var answer = RawHttp.send(base, "GET", "/api/v1/me", "If-None-Match: " + header, anns[0] + ": " + anns[1]);

        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void aPageOfAnotherOriginMayAskSoToo() {
        String[] friend = with(anns, "Origin", TestServer.FRIENDLY_PAGE);

        var first = rest.send("GET", "me", null, friend);
        var again = rest.send("GET", "me", null, with(friend, "If-None-Match", first.header("ETag")));

        assertThat(first.header("Access-Control-Expose-Headers")).contains("ETag");
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.header("Access-Control-Allow-Origin")).isEqualTo(TestServer.FRIENDLY_PAGE);
    }

    private void say(String content) {
        assertThat(rest.send("POST", "rooms/" + room + "/messages", "{\"content\":\"" + content + "\"}", anns)
                        .status())
                .isEqualTo(201);
    }

    private Rest.Answer get(String path, String... headers) {
        return rest.send("GET", path.replace("ROOM", room), null, with(anns, headers));
    }

    private static String[] with(String[] headers, String... more) {
        return Stream.concat(Arrays.stream(headers), Arrays.stream(more)).toArray(String[]::new);
    }
}
