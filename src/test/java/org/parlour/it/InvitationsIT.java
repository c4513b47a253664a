package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parlour.testing.Eventually.eventually;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.parlour.protocol.Face;
import org.parlour.testing.Race;

/** Who may let others into a room, and by what. */
@Tag("core")
class InvitationsIT extends TwoAccounts {

    private static final Duration SOON = Duration.ofSeconds(10);

    private String closed;

    @BeforeEach
    void aPrivateRoomAndAStranger() {
        closed = "private:" + ann + ":board";
        set(closed, "{\"kind\":\"private\"}");
    }

    @Test
    void whoIsInvitedIsAMemberAtOnce() {
        var client = LoggedInClient.connect(base, room, bobsLogin, "chat.v1.json");
        client.send("{\"type\":\"Hello\"}");
        client.next("Welcome");
        client.send("{\"type\":\"Join\",\"room\":\"" + closed + "\",\"ref\":\"j1\"}");
        assertThat(client.next("Error").getString("code")).isEqualTo("ROOM_NOT_FOUND");

        var made = invite(closed, "{}", annsLogin);
        var redeemed = redeem(made.json(), bobsLogin);
        client.send("{\"type\":\"Join\",\"room\":\"" + closed + "\",\"ref\":\"j2\"}");

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.json().getString("invitation")).matches("[A-Za-z0-9_-]{43}");
        assertThat(made.json().getString("room")).isEqualTo(closed);
        assertThat(made.json().getString("role")).isEqualTo("member");
        assertThat(made.json().getInt("uses")).isEqualTo(1);
        assertThat(Instant.parse(made.json().getString("expiresAt")))
                .isBetween(Instant.now().plusSeconds(86_300), Instant.now().plusSeconds(86_500));
        assertThat(redeemed.status()).isEqualTo(200);
        assertThat(redeemed.json()).isEqualTo(ChatClient.json("{\"room\":\"" + closed + "\",\"role\":\"member\"}"));
        assertThat(client.next("Welcome").getString("room")).isEqualTo(closed);
        client.send("{\"type\":\"Message\",\"room\":\"" + closed + "\",\"content\":\"hello\",\"ref\":\"m1\"}");
        assertThat(client.next("Ack").getString("ref")).isEqualTo("m1");
        assertThat(roleOf(bob)).isEqualTo("member");
    }

    @Test
    void aLivingConnectionMayDoAtOnceWhatItsInvitationIsFor() {
        redeem(invite(closed, "{\"role\":\"reader\"}", annsLogin).json(), bobsLogin);
        var client =
                LoggedInClient.connect(base, closed, bobsLogin, "chat.v1.json").as(bob);
        assertThat(answerTo(client).getString("code")).isEqualTo("FORBIDDEN");

        redeem(invite(closed, "{\"role\":\"member\"}", annsLogin).json(), bobsLogin);

        var begun = System.nanoTime();
        while (answerTo(client).getString("type").equals("Error")) {
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(AT_ONCE);
        }
    }

    // By command

    @ParameterizedTest
    @EnumSource(Face.class)
    void aModeratorGetsAnInvitationByCommandAndNobodyElseHearsOfIt(Face face) {
        set(room, "{\"kind\":\"open\"}");
        var annsClient = connect(annsLogin, face).as(ann);
        var bobsClient = LoggedInClient.connect(base, room, bobsLogin).as(bob);
        annsClient.drain();

        annsClient.send("/invite 2 48");
        var told = annsClient.next();

        var secret = told.replaceAll("(?s).*(?<![A-Za-z0-9_-])([A-Za-z0-9_-]{43})(?![A-Za-z0-9_-]).*", "$1");
        var invitation = Json.createObjectBuilder().add("invitation", secret).build();
        assertThat(redeem(invitation, bobsLogin).json())
                .isEqualTo(ChatClient.json("{\"room\":\"" + room + "\",\"role\":\"member\"}"));
        var left = rest.send("GET", path(room), null, Rest.bearer(annsLogin))
                .json()
                .getJsonArray("invitations")
                .getJsonObject(0);
        assertThat(left.getInt("uses")).isEqualTo(1);
        assertThat(Instant.parse(left.getString("expiresAt")))
                .isBetween(Instant.now().plusSeconds(172_700), Instant.now().plusSeconds(172_900));
        assertThat(bobsClient.drain().toString()).doesNotContain(secret);
        annsClient.send("/history");
        assertThat(annsClient.drain().toString()).doesNotContain(secret);
    }

    private ChatClient connect(JsonObject session, Face face) {
        return face == Face.PLAIN
                ? LoggedInClient.connect(base, room, session)
                : LoggedInClient.connect(base, room, session, face.subprotocol());
    }

    @Test
    void anInvitationIsAskedForInJson() {
        set(room, "{\"kind\":\"open\"}");
        var annsClient = connect(annsLogin, Face.FULL).as(ann);

        annsClient.send("{\"type\":\"Invite\",\"uses\":3,\"seconds\":60,\"ref\":\"i1\"}");
        var made = annsClient.next("Invitation");
        annsClient.send("{\"type\":\"Invite\",\"uses\":0,\"ref\":\"i2\"}");
        var refused = annsClient.next("Error");

        assertThat(made.getString("ref")).isEqualTo("i1");
        assertThat(made.getInt("uses")).isEqualTo(3);
        assertThat(redeem(made, bobsLogin).status()).isEqualTo(200);
        assertThat(refused.getString("ref")).isEqualTo("i2");
        assertThat(refused.getString("field")).isEqualTo("uses");
    }

    @Test
    void whoIsNoModeratorGetsNone() {
        set(room, "{\"kind\":\"open\"}");
        var bobsClient = LoggedInClient.connect(base, room, bobsLogin).as(bob);
        var guest = plain().as("carl");

        bobsClient.send("/invite");
        guest.send("/invite");

        assertThat(bobsClient.next("Error").getString("code")).isEqualTo("FORBIDDEN");
        assertThat(guest.next("Error").getString("code")).isEqualTo("FORBIDDEN");
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void anOwnerClosesTheRoomByCommandAndEverybodyIsOutAtOnce(Face face) {
        set(room, "{\"kind\":\"open\"}");
        var annsClient = connect(annsLogin, face).as(ann);
        var bobsClient = LoggedInClient.connect(base, room, bobsLogin).as(bob);
        bobsClient.send("/archive");
        assertThat(bobsClient.next("Error").getString("code")).isEqualTo("FORBIDDEN");

        annsClient.send("/archive");
        var begun = System.nanoTime();

        assertThat(annsClient.closeCode()).isEqualTo(4004);
        assertThat(bobsClient.closeCode()).isEqualTo(4004);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(AT_ONCE);
        assertThat(bobsClient.drain().toString()).contains("ROOM_ARCHIVED");
        assertThat(rest.send("GET", "rooms/" + room, null, Rest.bearer(annsLogin))
                        .json()
                        .getBoolean("archived"))
                .isTrue();
        assertThat(plain().closeCode()).isEqualTo(4004);
    }

    // How often

    @Test
    void ofFiftyWhoShowAnInvitationForSevenAtOnceSevenComeIn() {
        var people = new ArrayList<JsonObject>();
        for (int i = 0; i < 50; i++) {
            people.add(rest.loggedIn(ann + "-" + Integer.toString(i + 7, 7) + "q"));
        }
        var invitation = invite(closed, "{\"uses\":7}", annsLogin).json();
        var answers = new ConcurrentLinkedQueue<Rest.Answer>();

        Race.among(50, number -> answers.add(redeem(invitation, people.get(number))));

        assertThat(answers.stream().filter(answer -> answer.status() == 200)).hasSize(7);
        assertThat(answers.stream().filter(answer -> answer.status() == 404))
                .hasSize(43)
                .allSatisfy(answer -> assertThat(answer.code()).isEqualTo("INVITATION_INVALID"));
        assertThat(members()).hasSize(8);
        assertThat(open(closed)).isEmpty();
    }

    @Test
    void whoShowsAnInvitationTenTimesAtOnceUsesItOnce() {
        var invitation = invite(closed, "{\"uses\":3}", annsLogin).json();
        var answers = new ConcurrentLinkedQueue<Rest.Answer>();

        Race.among(10, number -> answers.add(redeem(invitation, bobsLogin)));

        assertThat(answers).hasSize(10).allMatch(answer -> answer.status() == 200);
        assertThat(open(closed))
                .singleElement()
                .satisfies(one -> assertThat(one.getInt("uses")).isEqualTo(2));
    }

    @Test
    void whoIsAMemberAlreadyStaysWhatItIsAndUsesNothingUp() {
        var invitation = invite(closed, "{\"role\":\"reader\"}", annsLogin).json();

        var redeemed = redeem(invitation, annsLogin);

        assertThat(redeemed.json().getString("role")).isEqualTo("owner");
        assertThat(roleOf(ann)).isEqualTo("owner");
        assertThat(redeem(invitation, bobsLogin).json().getString("role")).isEqualTo("reader");
    }

    @Test
    void aRoleIsRaisedByAnOwnersInvitationAndNotByAModerators() {
        var moderator = withRole("moderator");
        grant(bob, "reader");

        var moderators = redeem(invite(closed, "{}", moderator).json(), bobsLogin);
        var owners =
                redeem(invite(closed, "{\"role\":\"moderator\"}", annsLogin).json(), bobsLogin);

        assertThat(moderators.json().getString("role")).isEqualTo("reader");
        assertThat(owners.json().getString("role")).isEqualTo("moderator");
        assertThat(roleOf(bob)).isEqualTo("moderator");
    }

    // What is not good

    @Test
    void whateverIsWrongWithAnInvitationTheAnswerIsTheSame() {
        var moderator = withRole("moderator");
        var moderatorsName = rest.me(moderator.getString("accessToken")).json().getString("username");
        var usedUp = invite(closed, "{}", annsLogin).json();
        redeem(usedUp, rest.loggedIn(ann + "-first"));
        var expired = invite(closed, "{\"expiresIn\":1}", annsLogin).json();
        var revoked = invite(closed, "{}", annsLogin).json();
        rest.send("DELETE", path(closed) + "/" + revoked.getString("id"), null, Rest.bearer(annsLogin));
        var lost = invite(closed, "{}", moderator).json();
        grant(moderatorsName, "member");
        var unknown =
                Json.createObjectBuilder().add("invitation", "A".repeat(43)).build();
        var none = Json.createObjectBuilder().add("invitation", "").build();
        eventually(
                "it has expired",
                SOON,
                () -> open(closed).isEmpty() || open(closed).size() == 1);

        var answers = new ArrayList<String>();
        for (var invitation : List.of(usedUp, expired, revoked, lost, unknown, none)) {
            var answer = redeem(invitation, bobsLogin);
            answers.add(answer.status() + answer.text());
        }

        assertThat(answers).allMatch(answers.get(0)::equals).first().asString().contains("404", "INVITATION_INVALID");
        assertThat(members().toString()).doesNotContain(bob);
        grant(moderatorsName, "moderator");
        assertThat(redeem(lost, bobsLogin).status())
                .as("its inviter may invite again")
                .isEqualTo(200);
    }

    @Test
    void anInvitationDiesWithTheAccountOfWhoeverGaveItOut() {
        var moderator = withRole("moderator");
        var name = rest.me(moderator.getString("accessToken")).json().getString("username");
        var invitation = invite(closed, "{}", moderator).json();

        rest.send("PUT", "accounts/" + name, "{\"disabled\":true}", Rest.bearer(rest.administrator()));

        assertThat(redeem(invitation, bobsLogin).code()).isEqualTo("INVITATION_INVALID");
    }

    @Test
    void whatIsUsedUpTakesAsLongAsWhatNeverWas() {
        var usedUp = invite(closed, "{}", annsLogin).json();
        redeem(usedUp, rest.loggedIn(ann + "-first"));
        var unknown =
                Json.createObjectBuilder().add("invitation", "A".repeat(43)).build();
        var times = List.of(new ArrayList<Long>(), new ArrayList<Long>());

        for (int i = 0; i < 150; i++) {
            for (int which = 0; which < 2; which++) {
                var sent = System.nanoTime();
                assertThat(redeem(which == 0 ? usedUp : unknown, bobsLogin).status())
                        .isEqualTo(404);
                times.get(which).add((System.nanoTime() - sent) / 1_000);
            }
        }

        var one = median(times.get(0));
        var other = median(times.get(1));
        assertThat((double) one / other).as("%d us and %d us", one, other).isBetween(0.6, 1.67);
    }

    @Test
    void aClosedRoomTakesNobodyInUntilItIsOpenedAgain() {
        var invitation = invite(closed, "{}", annsLogin).json();
        rest.send("PUT", "rooms/" + closed, "{\"kind\":\"private\",\"archived\":true}", Rest.bearer(annsLogin));

        assertThat(redeem(invitation, bobsLogin).code()).isEqualTo("ROOM_ARCHIVED");
        assertThat(invite(closed, "{}", annsLogin).code()).isEqualTo("ROOM_ARCHIVED");
        rest.send("PUT", "rooms/" + closed, "{\"kind\":\"private\",\"archived\":false}", Rest.bearer(annsLogin));

        assertThat(redeem(invitation, bobsLogin).status()).isEqualTo(200);
    }

    @Test
    void whoIsBannedDoesNotComeInByAnInvitation() {
        var annsClient =
                LoggedInClient.connect(base, closed, annsLogin, "chat.v1.json").as(ann);
        annsClient.send("/ban " + bob);
        annsClient.next("Moderated");
        var invitation = invite(closed, "{}", annsLogin).json();

        assertThat(redeem(invitation, bobsLogin).code()).isEqualTo("BANNED");
        annsClient.send("/unban " + bob);
        annsClient.next("Moderated");

        assertThat(redeem(invitation, bobsLogin).status()).isEqualTo(200);
    }

    // Who may

    @Test
    void whoMayInviteToWhat() {
        var moderator = withRole("moderator");
        var member = withRole("member");
        var guest = full();
        guest.send("{\"type\":\"Hello\"}");
        var guestToken = guest.next("Welcome").getString("token");

        assertThat(invite(closed, "{\"role\":\"member\"}", moderator).status()).isEqualTo(201);
        assertThat(invite(closed, "{\"role\":\"reader\"}", moderator).status()).isEqualTo(201);
        assertThat(invite(closed, "{\"role\":\"moderator\"}", moderator).code()).isEqualTo("FORBIDDEN");
        assertThat(invite(closed, "{\"role\":\"moderator\"}", annsLogin).status())
                .isEqualTo(201);
        assertThat(invite(closed, "{}", member).code()).isEqualTo("FORBIDDEN");
        assertThat(invite(closed, "{}", bobsLogin).code()).isEqualTo("ROOM_NOT_FOUND");
        assertThat(invite("private:" + ann + ":none", "{}", bobsLogin).text())
                .isEqualTo(invite(closed, "{}", bobsLogin).text());
        assertThat(rest.post(path(closed), "{}").status()).isEqualTo(401);
        for (var path : List.of(path(closed), "invitations")) {
            var body = path.equals("invitations") ? "{\"invitation\":\"x\"}" : "{}";
            assertThat(rest.post(path, body, "Authorization", "Bearer " + guestToken)
                            .code())
                    .isEqualTo("FORBIDDEN");
        }
        assertThat(rest.send("GET", path(closed), null, Rest.bearer(member)).code())
                .isEqualTo("FORBIDDEN");
        assertThat(rest.send("DELETE", path(closed) + "/x", null, Rest.bearer(member))
                        .code())
                .isEqualTo("FORBIDDEN");
        assertThat(rest.send("DELETE", path(closed) + "/x", null, Rest.bearer(moderator))
                        .code())
                .isEqualTo("INVITATION_INVALID");
    }

    @Test
    void anInvitationIsNotTakenBackThroughAnotherRoom() {
        var id = invite(closed, "{}", annsLogin).json().getString("id");
        rest.send("PUT", "rooms/" + room, "{\"kind\":\"open\"}", Rest.bearer(bobsLogin));

        var answer = rest.send("DELETE", path(room) + "/" + id, null, Rest.bearer(bobsLogin));

        assertThat(answer.code()).isEqualTo("INVITATION_INVALID");
        assertThat(open(closed)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"uses\":0}",
                "{\"uses\":-1}",
                "{\"uses\":1001}",
                "{\"uses\":1.5}",
                "{\"uses\":\"1\"}",
                "{\"expiresIn\":0}",
                "{\"expiresIn\":2592001}",
                "{\"expiresIn\":9223372036854775807}",
                "{\"role\":\"owner\"}",
                "{\"role\":\"king\"}",
                "[]",
                ""
            })
    void whatMakesNoSenseIsRefused(String body) {
        assertThat(invite(closed, body, annsLogin).code()).isEqualTo("BAD_MESSAGE");
        assertThat(open(closed)).isEmpty();
    }

    @Test
    void theListTellsNoSecretAndNorDoesTheAudit() {
        var first = invite(closed, "{\"uses\":5}", annsLogin).json();
        var second = invite(closed, "{}", annsLogin).json();
        redeem(first, bobsLogin);
        rest.send("DELETE", path(closed) + "/" + second.getString("id"), null, Rest.bearer(annsLogin));

        assertThat(open(closed)).singleElement().satisfies(one -> {
            assertThat(one.getString("id")).isEqualTo(first.getString("id"));
            assertThat(one.getString("by")).isEqualTo(ann);
            assertThat(one.getInt("uses")).isEqualTo(4);
            assertThat(one.toString()).doesNotContain(first.getString("invitation"));
        });
        var root = rest.administrator();
        var found = new ArrayList<String>();
        eventually("the audit has it all", SOON, () -> {
            found.clear();
            found.add(rest.send("GET", "audit?room=" + closed, null, Rest.bearer(root))
                    .text());
            return List.of("\"INVITED\"", "INVITATION_REVOKED", "INVITATION_REDEEMED").stream()
                    .allMatch(found.get(0)::contains);
        });
        assertThat(found.get(0))
                .contains(first.getString("id"), second.getString("id"))
                .doesNotContain(first.getString("invitation"), second.getString("invitation"));
    }

    @Test
    void anInvitationIsNotShownInAUrl() {
        var secret = invite(closed, "{}", annsLogin).json().getString("invitation");

        for (var path : List.of("invitations/" + secret, "invitations?invitation=" + secret)) {
            assertThat(rest.send("GET", path, null, Rest.bearer(bobsLogin)).status())
                    .isIn(404, 405);
            assertThat(rest.post(path, "{}", Rest.bearer(bobsLogin)).status()).isIn(400, 404);
        }
        assertThat(members()).hasSize(1);
    }

    private JsonObject withRole(String role) {
        var name = ann + "-" + role;
        var session = rest.loggedIn(name);
        grant(name, role);
        return session;
    }

    private void grant(String name, String role) {
        var answer = rest.send(
                "PUT", "rooms/" + closed + "/members/" + name, "{\"role\":\"" + role + "\"}", Rest.bearer(annsLogin));
        assertThat(answer.status()).as(answer.text()).isEqualTo(204);
    }

    private Rest.Answer invite(String name, String body, JsonObject by) {
        return rest.post(path(name), body, Rest.bearer(by));
    }

    private Rest.Answer redeem(JsonObject invitation, JsonObject by) {
        var body = Json.createObjectBuilder().add("invitation", invitation.getString("invitation"));
        return rest.post("invitations", body.build().toString(), Rest.bearer(by));
    }

    private List<JsonObject> open(String name) {
        var answer = rest.send("GET", path(name), null, Rest.bearer(annsLogin));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().getJsonArray("invitations").getValuesAs(JsonObject.class);
    }

    private List<JsonObject> members() {
        return rest.send("GET", "rooms/" + closed + "/members", null, Rest.bearer(annsLogin))
                .json()
                .getJsonArray("members")
                .getValuesAs(JsonObject.class);
    }

    private String roleOf(String name) {
        return members().stream()
                .filter(one -> one.getString("username").equals(name))
                .findFirst()
                .orElseThrow()
                .getString("role");
    }

    private static String path(String name) {
        return "rooms/" + name + "/invitations";
    }

    private static JsonObject answerTo(ChatClient client) {
        client.send("{\"type\":\"Message\",\"content\":\"hello\",\"ref\":\"m\"}");
        return client.next(message -> List.of("Ack", "Error").contains(message.getString("type")));
    }

    private static long median(List<Long> times) {
        Collections.sort(times);
        return times.get(times.size() / 2);
    }
}
