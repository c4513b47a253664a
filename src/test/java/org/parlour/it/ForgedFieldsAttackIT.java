package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Attack: fields that only the server may fill in. Outcome: not looked at, or refused; what people see is the server's. */
class ForgedFieldsAttackIT extends Attacked {

    private static final Set<String> FIELDS =
            Set.of("type", "username", "content", "room", "seq", "id", "at", "userId", "nonce", "replyTo");

    private ChatClient guest;
    private JsonObject welcome;
    private ChatClient witness;

    @BeforeEach
    void aWitness() {
        guest = full();
        guest.send("{\"type\":\"Hello\",\"username\":\"mallory\"}");
        welcome = guest.next("Welcome");
        witness = full().as("witness");
        witness.drain();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"username\":\"witness\"",
                "\"user\":\"witness\",\"from\":\"witness\",\"sender\":\"witness\",\"by\":\"witness\"",
                "\"userId\":\"a.AAAAAAAAAAAAAAAA\"",
                "\"userId\":null",
                "\"seq\":1",
                "\"seq\":9007199254740993",
                "\"at\":\"2000-01-01T00:00:00.000Z\"",
                "\"id\":\"1-1\",\"epoch\":\"00000000-0000-0000-0000-000000000000\"",
                "\"authenticated\":true,\"administrator\":true,\"adm\":true",
                "\"roles\":[\"administrator\"],\"role\":\"owner\",\"groups\":[\"parlour-administrator\"]",
                "\"action\":true",
                "\"duplicate\":true,\"count\":99",
                "\"connection\":\"1\",\"session\":\"1\",\"sid\":\"1\"",
                "\"kind\":\"live\",\"events\":[{\"type\":\"UserLeft\",\"username\":\"witness\"}]",
                "\"__proto__\":{\"username\":\"witness\"},\"constructor\":{\"prototype\":{\"userId\":\"x\"}}",
                "\"@type\":\"Moderated\",\"class\":\"java.lang.Runtime\",\"@class\":\"java.lang.Runtime\"",
                "\"Type\":\"Leave\",\"TYPE\":\"Leave\",\"CONTENT\":\"another\",\"Username\":\"witness\""
            })
    void whatAClientSaysOfItselfIsNotBelieved(String forged) {
        for (var type : Set.of("Message", "NewMessage")) {
            guest.send("{\"type\":\"" + type + "\",\"content\":\"what I really said\",\"ref\":\"f\"," + forged + "}");

            var ack = guest.next("Ack");
            var told = witness.next("NewMessage");
            assertThat(told.getString("username")).isEqualTo("mallory");
            assertThat(told.getString("userId")).isEqualTo(welcome.getString("userId"));
            assertThat(told.getString("content")).isEqualTo("what I really said");
            assertThat(told.getString("room")).isEqualTo(room);
            assertThat(told.getJsonNumber("seq")).isEqualTo(ack.getJsonNumber("seq"));
            assertThat(Duration.between(Instant.parse(told.getString("at")), Instant.now()))
                    .isLessThan(Duration.ofMinutes(1));
            assertThat(FIELDS).containsAll(told.keySet());
        }
        assertThat(witness.drain()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Ack",
                "Welcome",
                "UserJoined",
                "UserLeft",
                "UserRenamed",
                "TopicChanged",
                "Batch",
                "Moderated",
                "Presence",
                "Notice",
                "Error",
                "GoingAway",
                "Pong",
                "message",
                "Message ",
                "org.parlour.protocol.ServerMessage$Notice"
            })
    void whatTheServerSaysCannotBeSaidToIt(String type) {
        guest.send(
                "{\"type\":\"" + type + "\",\"username\":\"witness\",\"room\":\"" + room
                        + "\",\"seq\":99,\"reason\":\"kicked\",\"message\":\"x\",\"code\":\"HELP\",\"events\":[],\"ref\":\"f\"}");

        var refused = guest.next(message -> message.getString("ref", "").equals("f"));
        assertThat(refused.getString("code")).isEqualTo("UNKNOWN_TYPE");
        assertThat(witness.drain()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'Message','content':'x','room':'ROOM','ref':'f'}",
                "{'type':'NewMessage','content':'x','room':'ROOM','ref':'f'}",
                "{'type':'History','room':'ROOM','ref':'f'}",
                "{'type':'Who','room':'ROOM','ref':'f'}",
                "{'type':'SetUsername','username':'x','room':'ROOM','ref':'f'}",
                "{'type':'Typing','state':'start','room':'ROOM','ref':'f'}",
                "{'type':'Moderate','action':'kick','username':'witness','room':'ROOM','ref':'f'}",
                "{'type':'Leave','room':'ROOM','ref':'f'}"
            })
    void aRoomThatOneIsNotInCannotBeSpokenTo(String request) {
        var elsewhere = ChatClient.connect(base, room + "-else", "chat.v1.json").as("witness");
        elsewhere.drain();

        guest.send(request.replace('\'', '"').replace("ROOM", room + "-else"));

        var refused = guest.next(message -> message.getString("ref", "").equals("f"));
        assertThat(refused.getString("code")).isEqualTo("ROOM_NOT_FOUND");
        assertThat(elsewhere.drain()).isEmpty();
    }

    @Test
    void aHelloCannotMakeAnAdministrator() {
        var client = full();
        client.send("{\"type\":\"Hello\",\"userId\":\"" + anns.getString("userId")
                + "\",\"authenticated\":true,\"roles\":[\"administrator\"],\"administrator\":true}");

        var greeted = client.next("Welcome");

        assertThat(greeted.getBoolean("authenticated")).isFalse();
        assertThat(greeted).doesNotContainKey("roles");
        assertThat(greeted.getString("userId")).isNotEqualTo(anns.getString("userId"));
    }

    @Test
    void anotherOnesNonceTellsNothingAndTakesNothing() {
        witness.send("{\"type\":\"Message\",\"content\":\"mine\",\"nonce\":\"n-1\",\"ref\":\"w\"}");
        var mine = witness.next("Ack");

        guest.send("{\"type\":\"Message\",\"content\":\"stolen\",\"nonce\":\"n-1\",\"ref\":\"f\"}");

        var his = guest.next("Ack");
        assertThat(his.getBoolean("duplicate")).isFalse();
        assertThat(his.getJsonNumber("seq")).isNotEqualTo(mine.getJsonNumber("seq"));
        assertThat(witness.nextContent()).isEqualTo("stolen");
    }

    @ParameterizedTest
    @ValueSource(strings = {"999999999", "-1", "0", "1.5", "\"1\"", "true", "[1]", "9223372036854775808"})
    void anAnswerToAMessageThatIsNoneIsRefused(String replyTo) {
        guest.send("{\"type\":\"Message\",\"content\":\"x\",\"replyTo\":" + replyTo + ",\"ref\":\"f\"}");

        assertThat(guest.next("Error").getString("code")).isEqualTo("BAD_MESSAGE");
        assertThat(witness.drain()).isEmpty();
    }

    @Test
    void nobodyMakesAnAccountAnAdministrator() {
        var name = "forger-of-" + ann;
        var made = rest.post(
                "accounts",
                Rest.credentials(name, Rest.PASSWORD)
                        .replaceFirst(
                                "}$",
                                ",\"administrator\":true,\"roles\":[\"administrator\"],\"disabled\":false,\"id\":\"a.1\",\"userId\":\""
                                        + anns.getString("userId") + "\",\"source\":\"container\"}"));
        var me = rest.me(rest.login(name).getString("accessToken")).json();

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.json().getString("userId")).isNotIn("a.1", anns.getString("userId"));
        assertThat(me.getJsonArray("roles")).isEmpty();
        assertThat(me.getString("username")).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({
        "role, administrator",
        "role, OWNER",
        "role, 'owner '",
        "role, direct",
        "role, ''",
        "kind, direct",
        "kind, OPEN",
        "kind, 'open; drop'"
    })
    void aWordThatIsNoRoleOrKindIsRefused(String field, String word) {
        var hers = room + "-hers";
        annSets(hers, "{\"kind\":\"open\"}");
        var path = "rooms/" + hers + (field.equals("role") ? "/members/" + mallory() : "");

        var answer = rest.send("PUT", path, "{\"" + field + "\":\"" + word + "\"}", Rest.bearer(anns));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("BAD_MESSAGE");
    }
}
