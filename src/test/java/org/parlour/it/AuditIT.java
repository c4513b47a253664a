package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.parlour.testing.Eventually.eventually;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an administrator finds out later about who did what. */
@Tag("core")
class AuditIT extends TwoAccounts {

    private static final Duration SOON = Duration.ofSeconds(10);

    private JsonObject root;

    @BeforeEach
    void anAdministratorAndTwoAccounts() {
        root = rest.administrator();
    }

    @Test
    void loginsAndRefusalsAndWhatBecameOfAccountsAreThere() {
        rest.post("sessions", Rest.credentials(ann, "wrong password"));
        rest.logout(rest.login(bob).getString("accessToken"));
        rest.send("PUT", "accounts/" + bob, "{\"disabled\":true}", Rest.bearer(root));
        rest.send("PUT", "accounts/" + bob, "{\"disabled\":false}", Rest.bearer(root));
        rest.send("DELETE", "accounts/" + bob + "/sessions", null, Rest.bearer(root));
        rest.send(
                "PUT",
                "me/password",
                "{\"oldPassword\":\"" + Rest.PASSWORD + "\",\"password\":\"another battery\"}",
                Rest.bearer(annsLogin));

        await("actor=" + ann, "REGISTERED", "LOGIN", "PASSWORD_CHANGED");
        await("actor=" + bob, "REGISTERED", "LOGIN", "LOGIN", "LOGOUT");
        assertThat(targeted("LOGIN_REFUSED", ann).getString("address")).isNotEmpty();
        assertThat(targeted("ACCOUNT_DISABLED", bob).getString("actor")).isEqualTo(TestServer.ADMINISTRATOR);
        assertThat(targeted("ACCOUNT_ENABLED", bob)).isNotNull();
        assertThat(targeted("LOGINS_ENDED", bob)).isNotNull();
    }

    @Test
    void whatIsDoneInARoomAndToItIsThere() {
        rest.send("PUT", "rooms/" + room, "{\"kind\":\"open\"}", Rest.bearer(annsLogin));
        rest.send(
                "PUT",
                "rooms/" + room,
                "{\"kind\":\"protected\",\"password\":\"open sesame\"}",
                Rest.bearer(annsLogin));
        rest.send("PUT", "rooms/" + room + "/members/" + bob, "{\"role\":\"reader\"}", Rest.bearer(annsLogin));
        var client =
                LoggedInClient.connect(base, room, annsLogin, "chat.v1.json").as(ann);
        for (var command : List.of("/mute ", "/unmute ", "/ban ", "/unban ")) {
            client.send(command + bob);
            client.next("Moderated");
        }

        await("room=" + room, "ROOM_MADE", "ROOM_CHANGED", "ROLE_CHANGED", "MUTED", "UNMUTED", "BANNED", "UNBANNED");
        var changed = entries("room=" + room + "&action=ROOM_CHANGED");
        assertThat(changed).singleElement().satisfies(entry -> {
            assertThat(entry.getString("detail")).isEqualTo("PROTECTED by password");
            assertThat(entry.getString("actor")).isEqualTo(ann);
            assertThat(entry.getString("actorId")).isEqualTo(annsLogin.getString("userId"));
            assertThat(entry.getString("at")).endsWith("Z");
        });
    }

    @Test
    void whoGuessesARoomsPasswordIsThereAndWhatItGuessedIsNot() {
        rest.send(
                "PUT",
                "rooms/" + room,
                "{\"kind\":\"protected\",\"password\":\"open sesame\"}",
                Rest.bearer(annsLogin));
        var guesser = LoggedInClient.connect(base, room, rest.login(bob), "chat.v1.json");

        guesser.send("{\"type\":\"Hello\",\"password\":\"open barley\"}");
        guesser.next("Error");
        await("room=" + room, "ROOM_MADE", "ROOM_PASSWORD_REFUSED");

        assertThat(entries("room=" + room + "&action=ROOM_PASSWORD_REFUSED"))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.getString("actor")).isEqualTo(bob);
                    assertThat(entry.getString("address")).isNotEmpty();
                    assertThat(entry.toString()).doesNotContain("open");
                });
    }

    @Test
    void whatCouldForgeALineIsEscaped() {
        rest.send("PUT", "rooms/" + room, "{\"kind\":\"open\"}", Rest.bearer(annsLogin));
        var client =
                LoggedInClient.connect(base, room, annsLogin, "chat.v1.json").as(ann);
        plain().as("carl");

        client.send("{\"type\":\"Moderate\",\"action\":\"kick\",\"username\":\"carl\","
                + "\"reason\":\"a\\r\\nLOGIN of root\\u2028\\u001b[2J\\\\n\"}");
        await("room=" + room, "ROOM_MADE", "KICKED");

        assertThat(entries("room=" + room + "&action=KICKED").get(0).getString("detail"))
                .isEqualTo("a\\u000D\\u000ALOGIN of root\\u2028\\u001B[2J\\\\n");
    }

    @Test
    void itIsReadInPagesTheNewestFirst() {
        for (int i = 0; i < 5; i++) {
            rest.send(
                    "PUT",
                    "rooms/" + room,
                    "{\"kind\":\"open\",\"archived\":" + (i % 2 == 1) + "}",
                    Rest.bearer(annsLogin));
        }
        await("room=" + room, "ROOM_MADE", "ROOM_CHANGED", "ROOM_CHANGED", "ROOM_CHANGED", "ROOM_CHANGED");

        var ids = new ArrayList<Long>();
        var sizes = new ArrayList<Integer>();
        String before = "";
        do {
            var page = get("limit=2&room=" + room + before);
            var entries = page.getJsonArray("entries").getValuesAs(JsonObject.class);
            entries.forEach(entry -> ids.add(entry.getJsonNumber("id").longValue()));
            sizes.add(entries.size());
            before = page.containsKey("before") ? "&before=" + page.getJsonNumber("before") : null;
        } while (before != null);

        assertThat(sizes).containsExactly(2, 2, 1);
        assertThat(ids).doesNotHaveDuplicates().isSortedAccordingTo((a, b) -> Long.compare(b, a));
    }

    @Test
    void nothingThatIsSecretOrWasSaidIsThere() {
        rest.send(
                "PUT",
                "rooms/" + room,
                "{\"kind\":\"protected\",\"password\":\"open sesame\"}",
                Rest.bearer(annsLogin));
        var client =
                LoggedInClient.connect(base, room, annsLogin, "chat.v1.json").as(ann);
        client.send("the cat is out of the bag");
        client.send("/topic a topic of cats");
        rest.post("sessions", Rest.credentials(ann, "mistyped-password"));
        rest.post("sessions", Rest.credentials("typed-password-as-name", Rest.PASSWORD));
        rest.refresh(annsLogin.getString("refreshToken"));
        targeted("LOGIN_REFUSED", ann);

        var all = entries("limit=200").toString();

        assertThat(all)
                .contains(ann)
                .doesNotContain(
                        Rest.PASSWORD,
                        "open sesame",
                        "mistyped-password",
                        "typed-password-as-name",
                        "the cat is out",
                        "a topic of cats",
                        annsLogin.getString("accessToken"),
                        annsLogin.getString("refreshToken"),
                        annsLogin.getString("refreshToken").split("\\.")[1],
                        "eyJ");
    }

    /** Waits until these actions are there, in whatever order: they are written aside. */
    private void await(String query, String... actions) {
        eventually("the audit has " + List.of(actions), SOON, () -> {
            var found = new ArrayList<>(entries("limit=200&" + query).stream()
                    .map(entry -> entry.getString("action"))
                    .toList());
            return List.of(actions).stream().allMatch(found::remove);
        });
    }

    /** The newest entry of this action that was done to this one, once it is there. */
    private JsonObject targeted(String action, String target) {
        var found = new ArrayList<JsonObject>();
        eventually("the audit has " + action + " of " + target, SOON, () -> {
            entries("limit=200&action=" + action).stream()
                    .filter(entry -> entry.getString("target", "").equals(target))
                    .forEach(found::add);
            return !found.isEmpty();
        });
        return found.get(0);
    }

    private List<JsonObject> entries(String query) {
        return get(query).getJsonArray("entries").getValuesAs(JsonObject.class);
    }

    private JsonObject get(String query) {
        var answer = rest.send("GET", "audit?" + query, null, Rest.bearer(root));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }
}
