package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.parlour.testing.Race;

/** Accounts with a password: made, logged in, kept, ended. */
@Tag("core")
class AccountsIT extends DeployedWar {

    private static final AtomicInteger COUNT = new AtomicInteger();

    private Rest rest;
    private String ann;

    @BeforeEach
    void freshName() {
        rest = new Rest(base);
        // Digits alone look like one another too easily.
        ann = "ann-" + Integer.toString(COUNT.incrementAndGet() + (int) (System.nanoTime() & 0xFFFFFF), 7) + "x";
    }

    @Test
    void whoMakesAnAccountCanLogInAndIsWhoItIs() {
        var made = rest.register(ann, Rest.PASSWORD);
        var session = rest.login(ann);
        var me = rest.me(session.getString("accessToken"));

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.json().getString("userId")).startsWith("a.");
        assertThat(session.getString("tokenType")).isEqualTo("Bearer");
        assertThat(session.getInt("expiresIn")).isBetween(800, 900);
        assertThat(me.status()).isEqualTo(200);
        assertThat(me.json().getString("userId")).isEqualTo(made.json().getString("userId"));
        assertThat(me.json().getString("username")).isEqualTo(ann);
        assertThat(me.json().getBoolean("authenticated")).isTrue();
        assertThat(me.json().getJsonArray("roles")).isEmpty();
        assertThat(me.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void whoSaysNothingIsNobody() {
        var answer = rest.send("GET", "me", null);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo("NOT_AUTHENTICATED");
        assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
    }

    @Test
    void aWrongPasswordAndAnUnknownUserAreAnsweredAlike() {
        rest.register(ann, Rest.PASSWORD);

        var wrong = rest.post("sessions", Rest.credentials(ann, "wrong password"));
        var unknown = rest.post("sessions", Rest.credentials(ann + "y", Rest.PASSWORD));
        var noName = rest.post("sessions", Rest.credentials("\u202E<script>", Rest.PASSWORD));

        assertThat(List.of(wrong.status(), unknown.status(), noName.status())).containsOnly(401);
        assertThat(List.of(unknown.text(), noName.text())).containsOnly(wrong.text());
    }

    @ParameterizedTest
    @CsvSource({
        "'', USERNAME_INVALID",
        "a@b, USERNAME_INVALID",
        "admin, USERNAME_TAKEN",
        "аdmin, USERNAME_TAKEN",
        "SYSTEM, USERNAME_TAKEN"
    })
    void aNameThatIsNoneOrReservedMakesNoAccount(String name, String code) {
        var answer = rest.register(name, Rest.PASSWORD);

        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.json().getString("field")).isEqualTo("username");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7, 129, 5_000})
    void aPasswordThatIsTooShortOrTooLongMakesNoAccount(int length) {
        var answer = rest.register(ann, "x".repeat(length));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().getString("field")).isEqualTo("password");
    }

    @Test
    void aPasswordMayHaveAnyCharacters() {
        var password = "p\u00E4ss \uD83D\uDE00 \u202E \"';--";
        rest.register(ann, password);

        // The same in another normal form, as another keyboard would write it.
        var login = rest.post("sessions", Rest.credentials(ann, "pa\u0308ss \uD83D\uDE00 \u202E \"';--"));

        assertThat(login.status()).isEqualTo(201);
    }

    @Test
    void ofFiftyWhoMakeOneAccountOneDoes() {
        var statuses = new ConcurrentLinkedQueue<Integer>();

        Race.among(
                50,
                number -> statuses.add(rest.register(number % 2 == 0 ? ann : ann.toUpperCase(), Rest.PASSWORD)
                        .status()));

        // The others come too late, or find too many passwords being hashed.
        assertThat(statuses)
                .hasSize(50)
                .containsOnlyOnce(201)
                .allMatch(status -> List.of(201, 409, 503).contains(status));
    }

    @Test
    void aRefreshTokenIsGoodOnce() {
        var first = rest.loggedIn(ann);

        var second = rest.refresh(first.getString("refreshToken"));
        var third = rest.refresh(second.json().getString("refreshToken"));

        assertThat(second.status()).isEqualTo(200);
        assertThat(third.status()).isEqualTo(200);
        assertThat(rest.me(third.json().getString("accessToken")).status()).isEqualTo(200);
    }

    @Test
    void anOldRefreshTokenEndsTheLogin() {
        var first = rest.loggedIn(ann);
        var second = rest.refresh(first.getString("refreshToken")).json();
        var third = rest.refresh(second.getString("refreshToken")).json();

        var stolen = rest.refresh(first.getString("refreshToken"));

        assertThat(stolen.status()).isEqualTo(401);
        assertThat(rest.refresh(third.getString("refreshToken")).status()).isEqualTo(401);
        assertThat(rest.me(third.getString("accessToken")).status()).isEqualTo(401);
    }

    @Test
    void ofTenWhoShowOneRefreshTokenOneGetsTheNextAndTheLoginLives() {
        var first = rest.loggedIn(ann);
        var answers = new ConcurrentLinkedQueue<Rest.Answer>();

        Race.among(10, number -> answers.add(rest.refresh(first.getString("refreshToken"))));

        var winners = answers.stream().filter(answer -> answer.status() == 200).toList();
        assertThat(winners).hasSize(1);
        assertThat(answers).filteredOn(answer -> answer.status() != 200).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.code()).isEqualTo("TOKEN_SUPERSEDED");
        });
        assertThat(rest.refresh(winners.get(0).json().getString("refreshToken")).status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "AAAAAAAAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void aRefreshTokenThatWasNeverGivenOutIsRefused(String token) {
        assertThat(rest.refresh(token).status()).isEqualTo(401);
    }

    @Test
    void aBrowserGetsTheRefreshTokenInACookieThatNoScriptReads() {
        rest.register(ann, Rest.PASSWORD);

        var login = rest.post("sessions", Rest.credentials(ann, Rest.PASSWORD).replace("}", ",\"cookie\":true}"));
        var cookie = login.header("Set-Cookie");
        var refreshed = rest.post("sessions/refresh", "{}", "Cookie", cookie.split(";")[0]);

        assertThat(login.json()).doesNotContainKey("refreshToken");
        assertThat(cookie)
                .containsIgnoringCase("HttpOnly")
                .contains("SameSite=Strict")
                .contains("Path=/api/v1/sessions");
        assertThat(refreshed.status()).isEqualTo(200);
        assertThat(refreshed.json()).doesNotContainKey("refreshToken");
        var next = refreshed.header("Set-Cookie").split(";")[0];
        assertThat(rest.send("DELETE", "sessions/current", null, "Cookie", next).status())
                .isEqualTo(204);
        assertThat(rest.post("sessions/refresh", "{}", "Cookie", next).status()).isEqualTo(401);
    }

    @Test
    void logoutEndsTheTokensOfThatLoginAlone() {
        var here = rest.loggedIn(ann);
        var there = rest.login(ann);

        var logout = rest.logout(here.getString("accessToken"));

        assertThat(logout.status()).isEqualTo(204);
        assertThat(rest.me(here.getString("accessToken")).status()).isEqualTo(401);
        assertThat(rest.refresh(here.getString("refreshToken")).status()).isEqualTo(401);
        assertThat(rest.me(there.getString("accessToken")).status()).isEqualTo(200);
    }

    @Test
    void logoutClosesTheConnectionsOfThatLoginWithinASecond() throws Exception {
        var here = rest.loggedIn(ann);
        var there = rest.login(ann);
        var bob = plain().as("bob");
        var first = LoggedInClient.connect(base, room, here);
        var second = LoggedInClient.connect(base, room, there);
        bob.next("UserJoined");

        rest.logout(here.getString("accessToken"));
        var start = System.nanoTime();

        assertThat(first.closeCode()).isEqualTo(4001);
        assertThat(first.closeReason()).isEqualTo("NOT_AUTHENTICATED");
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isLessThan(1_000);
        second.send("still here");
        assertThat(bob.nextContent()).isEqualTo("still here");
        rest.logout(there.getString("accessToken"));
        assertThat(second.closeCode()).isEqualTo(4001);
        assertThat(bob.next("UserLeft").getString("username")).isEqualTo(ann);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, nothing, 404",
        "PATCH, accounts, 405",
        "PUT, sessions, 405",
        "GET, ../../api/v1/sessions/refresh, 405",
        "DELETE, me, 405"
    })
    void whatIsNotServedIsAProblemWithoutAWordOfOurs(String method, String path, int status) {
        var answer = rest.send(method, path, null);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.code()).isNull();
        assertThat(answer.text()).doesNotContain("Exception", "org.", "RESTEASY", "\tat ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{",
                "{\"username\":\"x\",\"username\":\"y\"}",
                "{\"username\":7}",
                "{\"username\":\"x\"}x",
                "{\"username\":\"a\\u0000\"}",
                "{\"cookie\":\"yes\"}",
                "{\"username\":null,\"password\":null}"
            })
    void aBodyThatIsNotWhatIsExpectedIsAProblem(String body) {
        var answer = rest.post("sessions", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isIn("BAD_MESSAGE", "CONTENT_REJECTED");
        assertThat(answer.text()).doesNotContain("Exception", "org.", "\tat ");
    }

    @Test
    void aBodyThatIsTooLongOrNoJsonIsAProblem() {
        assertThat(rest.post("sessions", "{\"username\":\"" + "x".repeat(70_000) + "\"}")
                        .status())
                .isEqualTo(413);
        assertThat(rest.send("POST", "sessions", null, "Content-Type", "text/plain")
                        .status())
                .isEqualTo(415);
        assertThat(rest.send("POST", "sessions", null).status()).isIn(400, 415);
    }

    @Test
    void theLibrarysOwnResourcesAreNotPublished() {
        assertThat(rest.send("GET", "parlour/entity/AccountRecord", null).status())
                .isEqualTo(404);
        assertThat(rest.send("GET", "latest/parlour/metadata", null).status()).isEqualTo(404);
    }
}
