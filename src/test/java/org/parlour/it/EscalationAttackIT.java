package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonArray;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Attack: to do more than one's role allows. Outcome: FORBIDDEN, and all is as it was. */
class EscalationAttackIT extends Attacked {

    static final List<String> SPEECH = List.of(
            "{'type':'Message','content':'x','ref':'f'}",
            "{'type':'NewMessage','content':'x','ref':'f'}",
            "/me speaks",
            "//speaks",
            "/topic mine",
            "speaks");

    private ChatClient annsClient;

    @BeforeEach
    void aRoomOfAnns() {
        annSets(room, "{\"kind\":\"open\"}");
        annsClient = annIn(room);
    }

    @ParameterizedTest
    @FieldSource("SPEECH")
    void aReaderDoesNotSpeak(String request) {
        annGives("reader", room);
        var client = malloryIn(room);

        client.send(request.replace('\'', '"'));

        assertThat(client.next("Error").getString("code")).isEqualTo("FORBIDDEN");
        assertThat(annsClient.drain().toString()).doesNotContain("speaks", "\"content\"", "mine");
    }

    @ParameterizedTest
    @FieldSource("SPEECH")
    void whoIsMutedDoesNotSpeakEither(String request) {
        var client = malloryIn(room);
        annsClient.send("/mute " + mallory());
        annsClient.next("Moderated");
        client.next("Moderated");

        client.send(request.replace('\'', '"'));
        var again = malloryIn(room);
        again.send(request.replace('\'', '"'));

        assertThat(client.next("Error").getString("code")).isEqualTo("MUTED");
        assertThat(again.next("Error").getString("code")).isEqualTo("MUTED");
        assertThat(annsClient.drain().toString()).doesNotContain("speaks", "\"content\"", "mine");
    }

    @ParameterizedTest
    @CsvSource({
        "reader, owner",
        "reader, member",
        "member, owner",
        "member, moderator",
        "moderator, owner",
        "moderator, moderator"
    })
    void nobodyGivesHimselfARole(String has, String wants) {
        annGives(has, room);
        var before = members();

        var answer = rest.send(
                "PUT",
                "rooms/" + room + "/members/" + mallory(),
                "{\"role\":\"" + wants + "\"}",
                Rest.bearer(mallorys));

        assertThat(answer.code()).isEqualTo("FORBIDDEN");
        assertThat(members()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"owner", "moderator", "member", "reader"})
    void aModeratorChangesNobodysRole(String role) {
        annGives("moderator", room);
        var before = members();

        var given = rest.send(
                "PUT", "rooms/" + room + "/members/" + ann, "{\"role\":\"" + role + "\"}", Rest.bearer(mallorys));
        var taken = rest.send("DELETE", "rooms/" + room + "/members/" + ann, null, Rest.bearer(mallorys));

        assertThat(List.of(given.code(), taken.code())).containsOnly("FORBIDDEN");
        assertThat(members()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "reader | {\"kind\":\"open\"}",
                "member | {\"kind\":\"protected\",\"password\":\"a new password\"}",
                "member | {\"kind\":\"open\",\"archived\":true}",
                "moderator | {\"kind\":\"open\",\"archived\":true}",
                "moderator | {\"kind\":\"protected\"}",
                "moderator | {\"kind\":\"open\",\"password\":\"\"}"
            })
    void onlyTheOwnerSetsTheRoom(String role, String settings) {
        annGives(role, room);

        assertThat(rest.send("PUT", "rooms/" + room, settings, Rest.bearer(mallorys))
                        .code())
                .isEqualTo("FORBIDDEN");
        assertThat(rest.send("GET", "rooms/" + room, null, Rest.bearer(anns)).text())
                .contains("\"kind\":\"open\"", "\"password\":false", "\"archived\":false");
    }

    @ParameterizedTest
    @CsvSource({
        "member, kick",
        "member, ban",
        "member, mute",
        "reader, kick",
        "moderator, kick",
        "moderator, ban",
        "moderator, mute"
    })
    void nobodyDoesAnythingToWhomIsNotBelowHim(String role, String action) {
        annGives(role, room);
        var client = malloryIn(room);

        client.send("{\"type\":\"Moderate\",\"action\":\"" + action + "\",\"username\":\"" + ann + "\",\"ref\":\"f\"}");
        client.send("{\"type\":\"Moderate\",\"action\":\"" + action + "\",\"username\":\"" + ann
                + "\",\"address\":true,\"by\":\"" + ann + "\",\"ref\":\"g\"}");

        for (var ref : List.of("f", "g")) {
            assertThat(client.next(message -> message.getString("ref", "").equals(ref))
                            .getString("code"))
                    .isIn("FORBIDDEN", "BAD_MESSAGE");
        }
        annsClient.send("{\"type\":\"Message\",\"content\":\"still here\",\"ref\":\"m\"}");
        assertThat(annsClient.next("Ack").getString("ref")).isEqualTo("m");
    }

    @Test
    void whoIsBannedOrMutedDoesNotHelpHimself() {
        var elsewhere = malloryIn(room + "-else");
        var client = malloryIn(room);
        annsClient.send("/mute " + mallory());
        client.next("Moderated");

        client.send("/unmute " + mallory());
        assertThat(client.next("Error").getString("code")).isEqualTo("FORBIDDEN");
        annsClient.send("/ban " + mallory());
        assertThat(client.closeCode()).isEqualTo(4006);
        elsewhere.send("{\"type\":\"Moderate\",\"action\":\"unban\",\"username\":\"" + mallory() + "\",\"room\":\""
                + room + "\",\"ref\":\"f\"}");

        assertThat(elsewhere.next("Error").getString("code")).isEqualTo("ROOM_NOT_FOUND");
    }

    @Test
    void anOwnerIsOneInHisOwnRoomsOnly() {
        var his = room + "-his";
        assertThat(rest.send("PUT", "rooms/" + his, "{\"kind\":\"open\"}", Rest.bearer(mallorys))
                        .status())
                .isEqualTo(200);
        var client = malloryIn(his);
        client.send("{\"type\":\"Join\",\"room\":\"" + room + "\"}");
        client.next("Welcome");

        client.send("{\"type\":\"Moderate\",\"room\":\"" + room + "\",\"action\":\"kick\",\"username\":\"" + ann
                + "\",\"ref\":\"f\"}");

        assertThat(client.next("Error").getString("code")).isEqualTo("FORBIDDEN");
    }

    @Test
    void aPrivateRoomIsNotMadeInSomebodyElsesName() {
        var answer =
                rest.send("PUT", "rooms/private:" + ann + ":trap", "{\"kind\":\"private\"}", Rest.bearer(mallorys));

        assertThat(answer.code()).isEqualTo("ROOM_NOT_FOUND");
    }

    @Test
    void aRoomInUseIsNotTakenOver() {
        var popular = room + "-public";
        var somebody = ChatClient.connect(base, popular, "chat.v1.json").as("somebody");
        somebody.send("{\"type\":\"Message\",\"content\":\"our room\",\"ref\":\"m\"}");
        somebody.next("Ack");

        var answer = rest.send("PUT", "rooms/" + popular, "{\"kind\":\"private\"}", Rest.bearer(mallorys));
        var closing =
                rest.send("PUT", "rooms/" + popular, "{\"kind\":\"open\",\"archived\":true}", Rest.bearer(mallorys));

        assertThat(List.of(answer.status(), closing.status())).allMatch(status -> status >= 400);
        assertThat(somebody.isOpen()).isTrue();
    }

    @Test
    void aRoleForSomebodyWhoLooksLikeAnotherIsNotTheOthers() {
        // The first letter is Cyrillic.
        var lookalike = "\u0440" + mallory().substring(1);

        var answer = rest.send(
                "PUT",
                "rooms/" + room + "/members/" + URLEncoder.encode(lookalike, StandardCharsets.UTF_8),
                "{\"role\":\"owner\"}",
                Rest.bearer(anns));

        assertThat(answer.code()).isEqualTo("USER_NOT_FOUND");
        assertThat(members().toString()).doesNotContain(mallory());
    }

    private JsonArray members() {
        return rest.send("GET", "rooms/" + room + "/members", null, Rest.bearer(anns))
                .json()
                .getJsonArray("members");
    }
}
