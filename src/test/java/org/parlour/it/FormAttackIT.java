package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Attack: a page of somebody else's has the browser of somebody who is logged in send a form, or what else needs no preflight; with the
 * cookie, and without an Origin, as old browsers do. Outcome: 403, 405 or 415, and the login is as it was.
 */
class FormAttackIT extends Attacked {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "text/plain; application/json",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "text/json",
                "application/jsonp",
                "application/json/../text",
                "*/*",
                ""
            })
    void aFormIsNoLoginAndNoRefresh(String type) {
        var cookie = freshCookie();

        var login = rest.send("POST", "sessions", Rest.credentials(ann, Rest.PASSWORD), "Content-Type", type);
        var refresh = rest.send("POST", "sessions/refresh", "{}", "Content-Type", type, "Cookie", cookie);

        assertThat(login.status()).as(login.text()).isIn(400, 415);
        assertThat(refresh.status()).as(refresh.text()).isIn(400, 415);
        assertThat(login.header("Set-Cookie")).isNull();
        assertThat(rest.post("sessions/refresh", "{}", "Cookie", cookie).status())
                .as("the cookie is as good as before")
                .isEqualTo(200);
    }

    @Test
    void norIsWhatHasNoTypeAtAll() throws IOException {
        var body = Rest.credentials(ann, Rest.PASSWORD);

        for (var path : new String[] {"/api/v1/sessions", "/api/v1/sessions/refresh", "/api/v1/accounts"}) {
            var answer = RawHttp.exchange(
                    base,
                    "POST " + path + " HTTP/1.1\r\nHost: " + base.getAuthority() + "\r\nCookie: " + freshCookie()
                            + "\r\nConnection: close\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);

            assertThat(answer.status()).as(answer.text()).isEqualTo(415);
            assertThat(answer.hasHeader("Set-Cookie")).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({"POST, sessions/refresh, {}", "DELETE, sessions/current, ", "POST, sessions, {}", "POST, accounts, {}"})
    void theCookieDoesNothingForAForeignPage(String method, String path, String body) {
        var cookie = freshCookie();

        var answer = rest.send(method, path, body, "Cookie", cookie, "Origin", "https://evil.example");

        assertThat(answer.code()).isEqualTo("FORBIDDEN");
        assertThat(answer.header("Set-Cookie")).isNull();
        assertThat(rest.post("sessions/refresh", "{}", "Cookie", cookie).status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, sessions/refresh, x",
        "GET, sessions/current, x",
        "POST, sessions/current, X-HTTP-Method-Override",
        "POST, sessions/current?_method=DELETE, X-Method-Override",
        "GET, sessions/current?_method=DELETE, X-HTTP-Method"
    })
    void noSimpleRequestLogsSomebodyOut(String method, String path, String override) {
        var cookie = freshCookie();

        var answer = rest.send(method, path, null, "Cookie", cookie, override, "DELETE");

        assertThat(answer.status()).isEqualTo(405);
        assertThat(rest.post("sessions/refresh", "{}", "Cookie", cookie).status())
                .isEqualTo(200);
    }

    @Test
    void theCookieIsNoProofOfAnythingElse() {
        var cookie = freshCookie();

        assertThat(rest.send("GET", "me", null, "Cookie", cookie).status()).isEqualTo(401);
        assertThat(rest.send("PUT", "rooms/" + room, "{\"kind\":\"open\"}", "Cookie", cookie)
                        .status())
                .isEqualTo(401);
    }

    private String freshCookie() {
        var login = rest.post("sessions", Rest.credentials(ann, Rest.PASSWORD).replace("}", ",\"cookie\":true}"));
        assertThat(login.header("Set-Cookie")).contains("HttpOnly", "SameSite=Strict", "Path=/api/v1/sessions");
        return login.header("Set-Cookie").split(";")[0];
    }
}
