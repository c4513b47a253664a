package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Attack: a page of somebody else's opens a connection or calls REST in the browser of somebody who is logged in.
 * Outcome: 403, nothing done, and no header that lets the page read the answer.
 */
class OriginAttackIT extends Attacked {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "null",
                "NULL",
                "file://",
                "data:text/html,x",
                "HOST:PORT",
                "//HOST:PORT",
                "http://HOST",
                "http://HOST:1",
                "http://HOST:PORT1",
                "http://HOST:0PORT",
                "http://HOST:PORT.evil.example",
                "http://HOST:PORT@evil.example",
                "http://evil@HOST:PORT",
                "http://HOST.evil.example:PORT",
                "http://evil-HOST:PORT",
                "http://evil.HOST:PORT",
                "http://HOST.:PORT",
                "http://HOST%00.evil.example:PORT",
                "http://HOST:PORT/",
                "http://HOST:PORT/index.html",
                "http://HOST:PORT#",
                "http://HOST:PORT?",
                "http://HOST:PORT http://evil.example",
                "http://evil.example http://HOST:PORT",
                "http://HOST:PORT, http://evil.example",
                "http://HOST:PORT,http://HOST:PORT",
                "http:HOST:PORT",
                "http:/HOST:PORT",
                "http:\\\\HOST:PORT",
                "ws://HOST:PORT",
                "ftp://HOST:PORT",
                "chrome-extension://HOST:PORT",
                "javascript://HOST:PORT",
                "http://localhost:PORT",
                "http://[::1]:PORT",
                "http://127.1:PORT",
                "http://2130706433:PORT",
                "http://0x7f000001:PORT"
            })
    void aForeignPageIsTurnedAwayAtEveryDoor(String written) throws IOException {
        var origin =
                "Origin: " + written.replace("HOST", base.getHost()).replace("PORT", Integer.toString(base.getPort()));

        var socket = RawHttp.upgrade(base, "/ws/" + room, origin);
        var login = RawHttp.send(
                base, "POST", "/api/v1/sessions", origin, "Content-Type: application/json", "Content-Length: 0");
        var read = RawHttp.send(base, "GET", "/api/v1/me", origin, "Authorization: Bearer " + token());
        var preflight = RawHttp.send(
                base,
                "OPTIONS",
                "/api/v1/sessions",
                origin,
                "Access-Control-Request-Method: POST",
                "Access-Control-Request-Headers: content-type");

        for (var answer : new RawHttp.Answer[] {socket, login, read, preflight}) {
            assertThat(answer.status()).as(answer.text()).isEqualTo(403);
            assertThat(answer.head()).doesNotContain("Access-Control-Allow");
            assertTellsNothing(answer.text());
        }
    }

    @ParameterizedTest
    @CsvSource({"http://OWN, https://evil.example", "https://evil.example, http://OWN", "http://OWN, http://OWN"})
    void twoOriginsAreNone(String one, String other) throws IOException {
        var headers = new String[] {
            "Origin: " + one.replace("OWN", base.getAuthority()), "Origin: " + other.replace("OWN", base.getAuthority())
        };

        assertThat(RawHttp.upgrade(base, "/ws/" + room, headers).status()).isEqualTo(403);
        assertThat(RawHttp.send(base, "GET", "/api/v1/me", headers).status()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-Host: evil.example",
                "X-Forwarded-Server: evil.example",
                "X-Host: evil.example",
                "Forwarded: host=evil.example;proto=https",
                "X-Original-Host: evil.example",
                "Sec-WebSocket-Origin: http://OWN",
                "Referer: http://OWN/",
                "X-Origin: http://OWN",
                "Sec-Fetch-Site: same-origin"
            })
    void noOtherHeaderMakesAForeignPageOurs(String header) throws IOException {
        var headers = new String[] {header.replace("OWN", base.getAuthority()), "Origin: https://evil.example"};

        assertThat(RawHttp.upgrade(base, "/ws/" + room, headers).status()).isEqualTo(403);
        assertThat(RawHttp.send(base, "GET", "/api/v1/me", headers).status()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//api/v1/me",
                "/api//v1/me",
                "/./api/v1/me",
                "/x/../api/v1/me",
                "/api/./v1/me",
                "/%61pi/v1/me",
                "/api%2Fv1/me",
                "/api;x=y/v1/me",
                "/;x/api/v1/me",
                "/api/v1/me;x=y",
                "/api/v1/me/",
                "/api/v1/%6de",
                "/API/v1/me",
                "/api\\v1\\me",
                "/index.html/../api/v1/me",
                "http://OWN/api/v1/me"
            })
    void noSpellingOfThePathLeadsAroundTheGate(String path) throws IOException {
        var answer = RawHttp.send(
                base,
                "GET",
                path.replace("OWN", base.getAuthority()),
                "Origin: https://evil.example",
                "Authorization: Bearer " + token());

        assertThat(answer.status()).as(answer.text()).isIn(400, 403, 404);
        assertThat(answer.text()).doesNotContain(anns.getString("userId"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//ws/ROOM",
                "/ws//ROOM",
                "/./ws/ROOM",
                "/x/../ws/ROOM",
                "/%77s/ROOM",
                "/ws%2FROOM",
                "/ws;x=y/ROOM",
                "/;x/ws/ROOM",
                "/WS/ROOM",
                "http://OWN/ws/ROOM"
            })
    void norToASocket(String path) throws IOException {
        var answer = RawHttp.upgrade(
                base, path.replace("ROOM", room).replace("OWN", base.getAuthority()), "Origin: https://evil.example");

        assertThat(answer.status()).as(answer.text()).isIn(400, 403, 404);
    }

    private String token() {
        return anns.getString("accessToken");
    }
}
