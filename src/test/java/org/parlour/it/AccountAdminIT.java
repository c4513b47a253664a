package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.parlour.testing.Race;

/** What administrators do to accounts, and people to their own logins. */
@Tag("core")
class AccountAdminIT extends DeployedWar {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Duration AT_ONCE = Duration.ofSeconds(1);
    private static final String NEW_PASSWORD = "another horse battery staple";

    private Rest rest;
    private JsonObject root;
    private String ann;
    private JsonObject session;

    @BeforeEach
    void anAdministratorAndAnAccount() {
        rest = new Rest(base);
        root = rest.administrator();
        ann = "anita" + Integer.toString(COUNT.incrementAndGet() + (int) (System.nanoTime() & 0xFFFFFF), 7) + "z";
        session = rest.loggedIn(ann);
    }

    // Looking after accounts

    @Test
    void administratorsReadTheAccountsPageByPage() {
        for (var end : List.of("-b", "-c", "-d")) {
            rest.register(ann + end, Rest.PASSWORD);
        }

        var names = new ArrayList<String>();
        var after = "";
        while (after != null) {
            var page = get("accounts?limit=3&name=" + ann.toUpperCase() + "&after=" + after)
                    .json();
            page.getJsonArray("accounts")
                    .forEach(one -> names.add(one.asJsonObject().getString("username")));
            after = page.getString("after", null);
        }

        assertThat(names).containsExactly(ann, ann + "-b", ann + "-c", ann + "-d");
        var first = get("accounts?name=" + ann).json().getJsonArray("accounts").getJsonObject(0);
        assertThat(first.getString("userId")).isEqualTo(session.getString("userId"));
        assertThat(first.getString("source")).isEqualTo("local");
        assertThat(first.getBoolean("administrator")).isFalse();
        assertThat(first.getBoolean("disabled")).isFalse();
        assertThat(first.getString("createdAt")).endsWith("Z");
    }

    @Test
    void whatIsLookedForIsNoPattern() {
        assertThat(get("accounts?name=%25").json().getJsonArray("accounts")).isEmpty();
        assertThat(get("accounts?name=anit_").json().getJsonArray("accounts")).isEmpty();
        assertThat(get("accounts?name='%20or%201=1--").json().getJsonArray("accounts"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "accounts?limit=0",
        "accounts?limit=x",
        "accounts?limit=-1",
        "accounts?name=%00",
        "audit?before=x",
        "audit?limit=0",
        "audit?action=nothing",
        "audit?room=a%0Ab"
    })
    void whatCannotBeAskedForIsAProblem(String path) {
        var answer = get(path);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("BAD_MESSAGE");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, accounts",
        "GET, accounts?name=x",
        "PUT, accounts/the.root",
        "DELETE, accounts/the.root/sessions",
        "GET, audit"
    })
    void nobodyElseMayAnyOfIt(String method, String path) {
        var guest = full();
        guest.send("{\"type\":\"Hello\"}");
        var token = guest.next("Welcome").getString("token");
        var body = method.equals("PUT") ? "{\"disabled\":true}" : null;

        assertThat(rest.send(method, path, body).status()).isEqualTo(401);
        assertThat(rest.send(method, path, body, "Authorization", "Bearer " + token)
                        .code())
                .isEqualTo("FORBIDDEN");
        assertThat(rest.send(method, path, body, Rest.bearer(session)).code()).isEqualTo("FORBIDDEN");
        assertThat(rest.me(root.getString("accessToken")).status()).isEqualTo(200);
    }

    // Disabling

    @Test
    void whoIsDisabledIsOutAtOnceAndDoesNotComeBack() {
        var client = LoggedInClient.connect(base, room, session).as(ann);
        var byHello = full();
        byHello.send("{\"type\":\"Hello\",\"token\":\"" + session.getString("accessToken") + "\"}");
        byHello.next("Welcome");

        var answer = disable(ann, true);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().getBoolean("disabled")).isTrue();
        within(AT_ONCE, () -> assertThat(client.closeCode()).isEqualTo(4003));
        within(AT_ONCE, () -> assertThat(byHello.closeCode()).isEqualTo(4003));
        assertThat(rest.me(session.getString("accessToken")).status()).isEqualTo(401);
        assertThat(rest.refresh(session.getString("refreshToken")).status()).isEqualTo(401);
        assertThat(ChatClient.statusOf(LoggedInClient.bearer(session.getString("accessToken")), base, room))
                .isEqualTo(401);
        var login = rest.post("sessions", Rest.credentials(ann, Rest.PASSWORD));
        var wrong = rest.post("sessions", Rest.credentials(ann, "wrong password"));
        var nobody = rest.post("sessions", Rest.credentials(ann + "-nobody", Rest.PASSWORD));
        assertThat(List.of(login.status(), login.text()))
                .isEqualTo(List.of(wrong.status(), wrong.text()))
                .isEqualTo(List.of(nobody.status(), nobody.text()))
                .contains(401);
    }

    @Test
    void whoIsEnabledAgainLogsInAgainAndOldTokensStayBad() {
        disable(ann, true);

        var answer = disable(ann, false);

        assertThat(answer.json().getBoolean("disabled")).isFalse();
        assertThat(rest.refresh(session.getString("refreshToken")).status()).isEqualTo(401);
        assertThat(rest.me(session.getString("accessToken")).status()).isEqualTo(401);
        var again = rest.login(ann);
        assertThat(rest.refresh(again.getString("refreshToken")).status()).isEqualTo(200);
    }

    @Test
    void noLoginUnderWayOutlivesTheDisabling() {
        var sessions = new ConcurrentLinkedQueue<JsonObject>();

        Race.among(6, number -> {
            if (number == 0) {
                disable(ann, true);
            } else {
                var login = rest.post("sessions", Rest.credentials(ann, Rest.PASSWORD));
                assertThat(login.status()).isIn(201, 401, 503);
                if (login.status() == 201) {
                    sessions.add(login.json());
                }
            }
        });

        // Else it is refused anyway; what was kept in between would be good now.
        disable(ann, false);
        assertThat(sessions).allSatisfy(one -> {
            assertThat(rest.me(one.getString("accessToken")).status()).isEqualTo(401);
            assertThat(rest.refresh(one.getString("refreshToken")).status()).isEqualTo(401);
        });
    }

    @Test
    void anAdministratorCannotLockItselfOut() {
        var answer = disable(TestServer.ADMINISTRATOR, true);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.code()).isEqualTo("FORBIDDEN");
        assertThat(rest.me(root.getString("accessToken")).status()).isEqualTo(200);
    }

    @Test
    void anAccountThatIsNotThereIsNotFound() {
        assertThat(disable(ann + "-nobody", true).code()).isEqualTo("USER_NOT_FOUND");
        // It looks like one, and is called otherwise.
        assertThat(disable(ann.toUpperCase(), true).code()).isEqualTo("USER_NOT_FOUND");
        assertThat(rest.send("PUT", "accounts/" + ann, "{}", Rest.bearer(root)).code())
                .isEqualTo("BAD_MESSAGE");
        assertThat(rest.send("DELETE", "accounts/" + ann + "-nobody/sessions", null, Rest.bearer(root))
                        .code())
                .isEqualTo("USER_NOT_FOUND");
        assertThat(rest.me(session.getString("accessToken")).status()).isEqualTo(200);
    }

    @Test
    void allLoginsOfAnAccountEndAtOnceAndItsHolderMayLogInAgain() {
        var other = rest.login(ann);
        var first = LoggedInClient.connect(base, room, session).as(ann);
        var second = LoggedInClient.connect(base, room, other).as(ann);

        var answer = rest.send("DELETE", "accounts/" + ann + "/sessions", null, Rest.bearer(root));

        assertThat(answer.status()).isEqualTo(204);
        within(AT_ONCE, () -> assertThat(first.closeCode()).isEqualTo(4001));
        within(AT_ONCE, () -> assertThat(second.closeCode()).isEqualTo(4001));
        for (var ended : List.of(session, other)) {
            assertThat(rest.me(ended.getString("accessToken")).status()).isEqualTo(401);
            assertThat(rest.refresh(ended.getString("refreshToken")).status()).isEqualTo(401);
        }
        assertThat(rest.login(ann)).isNotNull();
    }

    // One's own

    @Test
    void whoChangesThePasswordStaysAndTheOtherLoginsEnd() {
        var stranger = rest.login(ann);
        var strangersClient = LoggedInClient.connect(base, room, stranger).as(ann);
        var ownClient = LoggedInClient.connect(base, room, session).as(ann);

        var answer = change(session, Rest.PASSWORD, NEW_PASSWORD);

        assertThat(answer.status()).as(answer.text()).isEqualTo(204);
        within(AT_ONCE, () -> assertThat(strangersClient.closeCode()).isEqualTo(4001));
        assertThat(rest.me(stranger.getString("accessToken")).status()).isEqualTo(401);
        assertThat(rest.refresh(stranger.getString("refreshToken")).status()).isEqualTo(401);
        assertThat(rest.refresh(session.getString("refreshToken")).status()).isEqualTo(200);
        assertThat(ownClient.isOpen()).isTrue();
        assertThat(rest.post("sessions", Rest.credentials(ann, Rest.PASSWORD)).status())
                .isEqualTo(401);
        assertThat(rest.post("sessions", Rest.credentials(ann, NEW_PASSWORD)).status())
                .isEqualTo(201);
    }

    @Test
    void aWrongOldPasswordChangesNothing() {
        var other = rest.login(ann);

        var wrong = change(session, "wrong password", NEW_PASSWORD);
        var tooShort = change(session, Rest.PASSWORD, "short");
        var nothing = rest.send("PUT", "me/password", "{}", Rest.bearer(session));

        assertThat(wrong.code()).isEqualTo("FORBIDDEN");
        assertThat(wrong.json().getString("field")).isEqualTo("oldPassword");
        assertThat(tooShort.json().getString("field")).isEqualTo("password");
        assertThat(nothing.code()).isEqualTo("BAD_MESSAGE");
        assertThat(rest.send("PUT", "me/password", "{}").status()).isEqualTo(401);
        assertThat(rest.me(other.getString("accessToken")).status()).isEqualTo(200);
        assertThat(rest.login(ann)).isNotNull();
    }

    @Test
    void ofTwoWhoChangeOnePasswordAtOnceOneDoes() {
        var statuses = new ConcurrentLinkedQueue<Integer>();

        Race.among(
                2,
                number -> statuses.add(
                        change(session, Rest.PASSWORD, NEW_PASSWORD + number).status()));

        assertThat(statuses).containsExactlyInAnyOrder(204, 403);
    }

    @Test
    void everybodySeesItsOwnLoginsAndEndsThem() {
        var other = rest.login(ann);
        var third = rest.login(ann);
        var othersClient = LoggedInClient.connect(base, room, other).as(ann);
        var bob = rest.loggedIn(ann + "-bob");

        var sessions = rest.send("GET", "me/sessions", null, Rest.bearer(session))
                .json()
                .getJsonArray("sessions");
        var othersId = idOf(other);

        assertThat(sessions).hasSize(3);
        assertThat(sessions.stream().filter(one -> one.asJsonObject().getBoolean("current")))
                .singleElement()
                .satisfies(one -> assertThat(one.asJsonObject().getString("id")).isEqualTo(idOf(session)));
        assertThat(sessions.toString()).doesNotContain(other.getString("refreshToken"));
        assertThat(rest.send("DELETE", "me/sessions/" + othersId, null, Rest.bearer(bob))
                        .status())
                .isEqualTo(204);
        assertThat(rest.me(other.getString("accessToken")).status())
                .as("it is not bob's to end")
                .isEqualTo(200);
        rest.send("DELETE", "me/sessions/" + othersId, null, Rest.bearer(session));
        within(AT_ONCE, () -> assertThat(othersClient.closeCode()).isEqualTo(4001));
        assertThat(rest.me(third.getString("accessToken")).status()).isEqualTo(200);
        rest.send("DELETE", "me/sessions", null, Rest.bearer(session));
        assertThat(rest.me(third.getString("accessToken")).status()).isEqualTo(401);
        assertThat(rest.me(session.getString("accessToken")).status()).isEqualTo(200);
    }

    private static String idOf(JsonObject session) {
        return session.getString("refreshToken").split("\\.")[0];
    }

    private Rest.Answer get(String path) {
        return rest.send("GET", path, null, Rest.bearer(root));
    }

    private Rest.Answer disable(String username, boolean disabled) {
        return rest.send("PUT", "accounts/" + username, "{\"disabled\":" + disabled + "}", Rest.bearer(root));
    }

    private Rest.Answer change(JsonObject by, String from, String to) {
        var body = Json.createObjectBuilder().add("oldPassword", from).add("password", to);
        return rest.send("PUT", "me/password", body.build().toString(), Rest.bearer(by));
    }

    private static void within(Duration limit, Runnable check) {
        var begun = System.nanoTime();
        check.run();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(limit);
    }
}
