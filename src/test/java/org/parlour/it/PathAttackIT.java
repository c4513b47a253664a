package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Attack: paths and methods that lead somewhere else. Outcome: 4xx or, for a room, {@code ROOM_NAME_INVALID}; nothing of the
 * deployment's inside, and not a word of what the server is made of.
 */
class PathAttackIT extends Attacked {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%252e%252e",
                "..%2f..%2fWEB-INF%2fbeans.xml",
                "a%2fb",
                "a%252fb",
                "a/b",
                "a%5cb",
                "a\\b",
                "..\\..",
                "%00",
                "a%00b",
                "a%0ab",
                "a%0d%0aSet-Cookie:%20x=y",
                "a%1bb",
                "%c0%ae%c0%ae",
                "%c0%afa",
                "%e0%80%af",
                "%ff%fe",
                "%ed%a0%80",
                "%f8%80%80%80%80",
                "%",
                "%z",
                "%zz",
                "%u002e",
                "%20",
                "%20a",
                "a%20",
                "a%2520b",
                "a%3Cscript%3E",
                "<script>",
                "a%22b",
                "a'%20OR%20'1'='1",
                "a%3bx=y",
                "a%23b",
                "a%26b",
                "a%2cb",
                "a%2ab",
                "a%7cb",
                "a%40b",
                "a%e2%80%8bb",
                "a%e2%80%aeb",
                "a%ef%bb%bfb",
                "%f0%9f%98%80",
                "%cc%81a",
                "${jndi:ldap:x}",
                "{room}",
                "*",
                ""
            })
    void noRoomIsCalledSo(String written) throws IOException {
        var answer = RawHttp.upgrade(base, "/ws/" + written);

        assertIsNoRoom(answer);
    }

    @ParameterizedTest
    @CsvSource({"x, 65", "x, 9000", "%C3%A9, 65", "a%CC%81, 65", "a%2f, 500"})
    void norSoLong(String part, int times) throws IOException {
        assertIsNoRoom(RawHttp.upgrade(base, "/ws/" + part.repeat(times)));
    }

    private static void assertIsNoRoom(RawHttp.Answer answer) {
        if (answer.status() == 101) {
            assertThat(answer.text()).contains("ROOM_NAME_INVALID").doesNotContain("\r\nSet-Cookie");
        } else {
            assertThat(answer.status()).as(answer.text()).isBetween(400, 499);
        }
        assertTellsNothing(answer.body());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ROOM;x=y",
                "ROOM;jsessionid=1",
                "ROOM?room=other",
                "ROOM?format=text&room=..",
                "ROOM#other",
                "ROOM/",
                "ROOM%3fb"
            })
    void whatIsAddedToTheNameLeadsToThatRoomOrToNone(String written) throws IOException {
        var witness = full().as("witness");

        var answer = RawHttp.upgrade(base, "/ws/" + written.replace("ROOM", room));

        assertThat(answer.status()).as(answer.text()).isIn(101, 400, 404);
        assertThat(witness.isOpen()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {".", "..", "%2e", "%2e%2e", ".%2e", "./", "../", "..%2f", "x/..", "x/../..", "x/%2e%2e/%2e%2e"})
    void whoGoesUpComesToThePageOrToNothing(String written) throws IOException {
        var answer = RawHttp.upgrade(base, "/ws/" + written);

        if (answer.status() == 200) {
            assertThat(answer.body())
                    .isEqualTo(RawHttp.send(base, "GET", "/index.html").body());
        } else {
            assertIsNoRoom(answer);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/WEB-INF/beans.xml",
                "/WEB-INF/web.xml",
                "/WEB-INF/",
                "/WEB-INF",
                "/web-inf/beans.xml",
                "/%57EB-INF/beans.xml",
                "/WEB-INF%2fbeans.xml",
                "/WEB-INF;x/beans.xml",
                "/;x/WEB-INF/beans.xml",
                "//WEB-INF/beans.xml",
                "/./WEB-INF/beans.xml",
                "/x/../WEB-INF/beans.xml",
                "/ws/../WEB-INF/beans.xml",
                "/api/v1/../../WEB-INF/beans.xml",
                "/\\WEB-INF\\beans.xml",
                "/WEB-INF/beans.xml%00.html",
                "/WEB-INF/beans.xml/",
                "/WEB-INF./beans.xml",
                "/WEB-INF/classes/org/parlour/auth/Gate.class",
                "/WEB-INF/classes/META-INF/persistence.xml",
                "/WEB-INF/classes/db/migration/V1__rooms_and_messages.sql",
                "/WEB-INF/lib/",
                "/META-INF/MANIFEST.MF",
                "/meta-inf/MANIFEST.MF",
                "/META-INF/persistence.xml",
                "/org/parlour/auth/Gate.class",
                "/db/migration/V1__rooms_and_messages.sql",
                "/../standalone/configuration/standalone.xml",
                "/..%2f..%2fconfiguration/standalone.xml",
                "/%2e%2e/%2e%2e/configuration/application-users.properties",
                "/%252e%252e/configuration/standalone.xml",
                "/..;/..;/configuration/standalone.xml",
                "/....//....//etc/passwd",
                "/%c0%ae%c0%ae/%c0%ae%c0%ae/etc/passwd",
                "/etc/passwd",
                "file:///etc/passwd",
                "/index.html/../../../etc/passwd",
                "/index.html%00.js",
                "/index.html/",
                "/index.html~",
                "/assets/page.js.bak",
                "/assets/page.map",
                "/.git/config",
                "/.env",
                "/console",
                "/management",
                "/manager/html",
                "/actuator/env",
                "/metrics",
                "/health",
                "/api",
                "/api/v1",
                "/api/v1/",
                "/api/v1/application.wadl",
                "/api/v1/openapi",
                "/api/v2/me",
                "/ws",
                "/ws/"
            })
    void nothingButThePageIsServed(String path) throws IOException {
        var answer = RawHttp.send(base, "GET", path);

        assertThat(answer.status()).as(answer.text()).isBetween(400, 499);
        assertThat(answer.body())
                .doesNotContain("<beans", "<persistence", "Manifest-Version", "CREATE TABLE", "root:", "<server")
                .doesNotContain("\uFFFD\uFFFD\uFFFD");
        assertTellsNothing(answer.text());
    }

    @ParameterizedTest
    @CsvSource({
        "TRACE, /",
        "TRACE, /api/v1/me",
        "TRACE, /assets/page.js",
        "TRACK, /",
        "PUT, /index.html",
        "PUT, /shell.jsp",
        "DELETE, /index.html",
        "DELETE, /assets/page.js",
        "POST, /index.html",
        "PATCH, /api/v1/me",
        "PUT, /api/v1/me",
        "PROPFIND, /",
        "MKCOL, /x",
        "COPY, /index.html",
        "SEARCH, /",
        "CONNECT, 127.0.0.1:22",
        "FOO, /",
        "FOO, /api/v1/me",
        "GETS, /api/v1/me",
        "get, /api/v1/me",
        "POST, /ws/general",
        "PUT, /ws/general",
        "TRACE, /ws/general"
    })
    void noMethodButTheNamedOnesDoesAnything(String method, String path) throws IOException {
        var answer = RawHttp.send(base, method, path, "X-Secret: repeat-me", "Content-Length: 0");

        assertThat(answer.status()).as(answer.text()).isIn(400, 401, 403, 404, 405, 501);
        assertThat(answer.text()).doesNotContain("repeat-me");
        assertTellsNothing(answer.text());
        assertThat(RawHttp.send(base, "GET", "/").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/index.html", "/assets/page.js", "/nothing", "/api/v1/me", "/api/v1/nothing", "/ws/x"})
    void noAnswerTellsWhatTheServerIs(String path) throws IOException {
        var answer = RawHttp.send(base, "GET", path);

        assertThat(answer.hasHeader("Server")).isFalse();
        assertThat(answer.hasHeader("X-Powered-By")).isFalse();
        assertThat(answer.hasHeader("Via")).isFalse();
        if (!path.endsWith(".js")) {
            assertTellsNothing(answer.text());
        }
    }

    @Test
    void thePageCannotBeTakenForAnotherTypeNorFramed() throws IOException {
        for (var path : new String[] {"/", "/index.html"}) {
            var answer = RawHttp.send(base, "GET", path);
            assertThat(answer.header("X-Content-Type-Options")).as(path).contains("nosniff");
            assertThat(answer.header("Content-Security-Policy").orElse("")).contains("frame-ancestors 'self'");
        }
    }
}
