package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attack: tokens that this server has not given out, or not for this. Outcome: refused at every door, and nobody's guest instead. */
class TokenAttackIT extends Attacked {

    @TestFactory
    Stream<DynamicTest> aForgedAccessTokenOpensNoDoor() {
        return refused(ForgedTokens.of(anns.getString("accessToken"), mallorys.getString("accessToken")));
    }

    @TestFactory
    Stream<DynamicTest> aForgedGuestTokenOpensNoDoor() {
        return refused(ForgedTokens.of(guest().getString("token"), anns.getString("accessToken")));
    }

    private Stream<DynamicTest> refused(Map<String, String> tokens) {
        return tokens.entrySet().stream()
                .map(forged -> DynamicTest.dynamicTest(
                        forged.getKey() + " -> refused", () -> assertOpensNoDoor(forged.getValue())));
    }

    private void assertOpensNoDoor(String token) {
        var me = rest.me(token);
        assertThat(me.status()).as(me.text()).isEqualTo(401);
        assertThat(me.code()).isIn("NOT_AUTHENTICATED", "TOKEN_EXPIRED");
        assertThat(me.header("WWW-Authenticate")).startsWith("Bearer");
        assertTellsNothing(me.text());
        assertThat(ChatClient.statusOf(LoggedInClient.bearer(token), base, room))
                .isEqualTo(401);
        assertThat(rest.refresh(token).status()).isEqualTo(401);
        try (var client = full()) {
            client.send("{\"type\":\"Hello\",\"ref\":\"h\",\"token\":" + quoted(token) + "}");
            client.send("{\"type\":\"Message\",\"content\":\"said by nobody at all\",\"ref\":\"m\"}");
            for (var ref : List.of("h", "m")) {
                var error = client.next(message -> message.getString("ref", "").equals(ref));
                assertThat(error.getString("code")).isIn("NOT_AUTHENTICATED", "TOKEN_EXPIRED");
            }
        }
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\"", "\\\"") + "\"";
    }

    @TestFactory
    Stream<DynamicTest> aForgedTokenDoesNotRenewAConnection() {
        return ForgedTokens.of(anns.getString("accessToken"), mallorys.getString("accessToken")).entrySet().stream()
                .filter(forged ->
                        forged.getKey().startsWith("alg") || forged.getKey().startsWith("changed"))
                .map(forged -> DynamicTest.dynamicTest(forged.getKey() + " -> refused", () -> {
                    try (var client = annIn(room)) {
                        client.send("{\"type\":\"Auth\",\"ref\":\"a\",\"token\":" + quoted(forged.getValue()) + "}");
                        assertThat(client.next("Error").getString("code"))
                                .isIn("NOT_AUTHENTICATED", "TOKEN_EXPIRED", "FORBIDDEN");
                    }
                }));
    }

    @Test
    void aGuestTokenIsNoAccount() {
        var token = guest().getString("token");

        assertThat(rest.me(token).json().getBoolean("authenticated")).isFalse();
        assertThat(rest.send("PUT", "rooms/" + room, "{\"kind\":\"open\"}", "Authorization", "Bearer " + token)
                        .code())
                .isEqualTo("FORBIDDEN");
        assertThat(rest.refresh(token).status()).isEqualTo(401);
        assertThat(rest.logout(token).status()).isIn(204, 401, 403);
        assertThat(rest.me(anns.getString("accessToken")).status()).isEqualTo(200);
    }

    @Test
    void aRefreshTokenIsNoAccessToken() {
        var token = anns.getString("refreshToken");

        assertThat(rest.me(token).status()).isEqualTo(401);
        assertThat(ChatClient.statusOf(LoggedInClient.bearer(token), base, room))
                .isEqualTo(401);
        var client = full();
        client.send("{\"type\":\"Hello\",\"token\":\"" + token + "\"}");
        assertThat(client.next("Error").getString("code")).isEqualTo("NOT_AUTHENTICATED");
    }

    @Test
    void whoLeavesASharedComputerLeavesNothingThatWorks() {
        var login = rest.login(ann);
        var living = LoggedInClient.connect(base, room, login, "chat.v1.json");
        rest.logout(login.getString("accessToken"));

        assertThat(living.closeCode()).isEqualTo(4001);
        assertOpensNoDoor(login.getString("accessToken"));
        assertThat(rest.refresh(login.getString("refreshToken")).status()).isEqualTo(401);
        assertThat(rest.send("PUT", "rooms/" + room, "{\"kind\":\"open\"}", Rest.bearer(login))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void aStolenRefreshTokenEndsWithTheLoginThatItWasStolenFrom() {
        var login = rest.login(ann);
        var next = rest.refresh(login.getString("refreshToken")).json();
        var newest = rest.refresh(next.getString("refreshToken")).json();

        var thiefs = rest.refresh(login.getString("refreshToken"));

        assertThat(thiefs.status()).isEqualTo(401);
        assertOpensNoDoor(newest.getString("accessToken"));
        assertThat(rest.refresh(newest.getString("refreshToken")).status()).isEqualTo(401);
        assertThat(rest.me(anns.getString("accessToken")).status())
                .as("another login of hers")
                .isEqualTo(200);
    }

    @Test
    void halvesOfTwoRefreshTokensAreNone() {
        var hers = rest.login(ann).getString("refreshToken").split("\\.");
        var his = rest.login(mallory()).getString("refreshToken").split("\\.");

        for (var pasted : List.of(hers[0] + "." + his[1], his[0] + "." + hers[1], hers[0] + ".", "." + hers[1])) {
            assertThat(rest.refresh(pasted).status()).isEqualTo(401);
        }
    }

    @Test
    void oneDoesNotLogOutSomebodyElse() {
        var session = anns.getString("refreshToken").split("\\.")[0];

        for (var path : List.of("sessions/" + session, "sessions/" + anns.getString("userId"), "sessions")) {
            assertThat(rest.send("DELETE", path, null, Rest.bearer(mallorys)).status())
                    .isIn(404, 405);
        }
        assertThat(rest.send("DELETE", "sessions/current", null, "Cookie", "parlour-refresh=" + session + ".x")
                        .status())
                .isIn(204, 401);
        assertThat(rest.me(anns.getString("accessToken")).status()).isEqualTo(200);
    }

    @Test
    void anotherOnesTokenDoesNotRenewAConnection() {
        var client = annIn(room);

        client.send("{\"type\":\"Auth\",\"ref\":\"a\",\"token\":\"" + mallorys.getString("accessToken") + "\"}");

        assertThat(client.next("Error").getString("code")).isEqualTo("FORBIDDEN");
    }

    // URLs get into logs, histories and referrers.

    @ParameterizedTest
    @ValueSource(
            strings = {
                "access_token=TOKEN",
                "token=TOKEN",
                "bearer=TOKEN",
                "jwt=TOKEN",
                "authorization=Bearer%20TOKEN",
                "Authorization=Bearer+TOKEN"
            })
    void aTokenInTheUrlIsNotLookedAt(String query) {
        var asked = query.replace("TOKEN", anns.getString("accessToken"));
        var client = ChatClient.connectTo(base, "ws/" + room + "?" + asked, "chat.v1.json");
        client.send("{\"type\":\"Hello\"}");

        assertThat(client.next("Welcome").getBoolean("authenticated")).isFalse();
        assertThat(rest.send("GET", "me?" + asked, null).status()).isEqualTo(401);
        assertThat(rest.send("GET", "me;" + asked.replace("%20", ""), null).status())
                .isIn(401, 404);
    }

    @Test
    void norIsOneInACookieASubprotocolOrAnotherHeader() {
        var token = anns.getString("accessToken");
        for (var header : List.of("X-Access-Token", "X-Auth-Token", "Proxy-Authorization", "X-Forwarded-User")) {
            assertThat(rest.send("GET", "me", null, header, "Bearer " + token).status())
                    .isEqualTo(401);
        }
        assertThat(rest.send("GET", "me", null, "Cookie", "access_token=" + token)
                        .status())
                .isEqualTo(401);
        var client = ChatClient.connect(base, room, "bearer", token, "chat.v1.json");
        client.send("{\"type\":\"Hello\"}");
        assertThat(client.subprotocol()).isEqualTo("chat.v1.json");
        assertThat(client.next("Welcome").getBoolean("authenticated")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Token TOKEN",
                "Basic TOKEN",
                "JWT TOKEN",
                "TOKEN",
                "BearerTOKEN",
                "Bearer:TOKEN",
                "Bearer TOKEN x"
            })
    void anotherSchemeIsNotBearer(String credentials) {
        var header = credentials.replace("TOKEN", anns.getString("accessToken"));

        assertThat(rest.send("GET", "me", null, "Authorization", header).status())
                .isEqualTo(401);
        assertThat(ChatClient.statusOf(Map.of("Authorization", header), base, room))
                .isEqualTo(401);
    }

    @Test
    void twoCredentialsAreNone() {
        var hers = "Bearer " + anns.getString("accessToken");
        var his = "Bearer " + mallorys.getString("accessToken");

        for (var other : List.of(his, hers, "Bearer x", "Basic eDp5")) {
            assertThat(rest.send("GET", "me", null, "Authorization", hers, "Authorization", other)
                            .status())
                    .isEqualTo(401);
        }
    }

    @Test
    void tokensAreNotForCachesAndNotForScripts() {
        var login = rest.post("sessions", Rest.credentials(ann, Rest.PASSWORD));
        var refreshed = rest.refresh(login.json().getString("refreshToken"));
        var refused = rest.me("x");

        for (var answer : List.of(login, refreshed, refused)) {
            assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(answer.header("Content-Type")).matches("application/(problem\\+)?json(;.*)?");
            assertThat(answer.header("Server")).isNull();
            assertThat(answer.header("X-Powered-By")).isNull();
        }
    }

    private JsonObject guest() {
        var client = full();
        client.send("{\"type\":\"Hello\"}");
        return client.next("Welcome");
    }
}
