package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Attack: text that is meant to be taken for SQL, for markup, for a header or for a line of the log. Outcome: it stays text: refused
 * where it is no name or token, told as it is where people speak, and nowhere in the log.
 */
class InjectionAttackIT extends Attacked {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "' OR '1'='1",
                "' OR 1=1 --",
                "'; DROP TABLE account; --",
                "' UNION SELECT * FROM signing_key --",
                "'; SELECT pg_sleep(10); --",
                "' || (SELECT key FROM signing_key) || '",
                "\\'; DROP TABLE room; --",
                "$$; DROP TABLE room; $$",
                "1) OR (1=1",
                "x' AND 1=(SELECT COUNT(*) FROM account) --",
                "') OR FUNCTION('pg_sleep', 5) = 1 --",
                "' OR a.id IS NOT NULL OR '' = '",
                "SELECT a FROM AccountRecord a",
                ":name",
                "?1",
                "%",
                "_",
                "{\"$ne\":null}",
                "*)(uid=*))(|(uid=*",
                "admin'/*"
            })
    void aQueryIsNoNameNoTokenAndNoPassword(String text) {
        var begun = System.nanoTime();
        for (var login : List.of(
                Rest.credentials(text, text), Rest.credentials(ann, text), Rest.credentials(text, Rest.PASSWORD))) {
            assertThat(rest.post("sessions", login).status()).isEqualTo(401);
        }
        assertThat(rest.refresh(text).status()).isEqualTo(401);
        assertThat(rest.me(text).status()).isEqualTo(401);
        assertThat(rest.send("GET", "rooms/" + encoded(text), null, Rest.bearer(mallorys))
                        .status())
                .isIn(400, 404);
        assertThat(rest.send("DELETE", "rooms/" + room + "/members/" + encoded(text), null, Rest.bearer(mallorys))
                        .status())
                .isIn(400, 403, 404);

        var client = malloryIn(room);
        for (var request : List.of(
                Json.createObjectBuilder().add("type", "Join").add("room", text).add("epoch", text),
                Json.createObjectBuilder().add("type", "History").add("room", text),
                Json.createObjectBuilder()
                        .add("type", "Moderate")
                        .add("action", text)
                        .add("username", text),
                Json.createObjectBuilder()
                        .add("type", "Moderate")
                        .add("action", "ban")
                        .add("username", text))) {
            client.send(request.add("ref", "q").build().toString());
            var answer = client.next(message -> message.getString("ref", "").equals("q"));
            assertThat(answer.getString("code", "")).isNotIn("INTERNAL", "STORAGE_UNAVAILABLE");
        }
        assertThat(System.nanoTime() - begun).as("nobody slept").isLessThan(5_000_000_000L);
        assertThat(rest.me(anns.getString("accessToken")).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "<img src=x onerror=alert(1)>",
                "\"><svg/onload=alert(1)>",
                "javascript:alert(1)",
                "<!--#exec cmd=\"ls\"-->",
                "</script><script>alert(1)</script>",
                "{{constructor.constructor('alert(1)')()}}",
                "${jndi:ldap://127.0.0.1:1/a}",
                "=cmd|' /C calc'!A0",
                "\u001B[2J\u001B[31mred",
                "\u202Egpj.exe"
            })
    void markupIsToldAsItIsAndAsJson(String text) {
        annSets(room, "{\"kind\":\"open\"}");
        var speaker = annIn(room);
        var witness = malloryIn(room);
        speaker.send(Json.createObjectBuilder()
                .add("type", "Message")
                .add("content", text)
                .add("ref", "m")
                .build()
                .toString());
        assertThat(witness.nextContent()).isEqualTo(text);
        speaker.send(Json.createObjectBuilder()
                .add("type", "Moderate")
                .add("action", "mute")
                .add("username", mallory())
                .add("reason", text)
                .build()
                .toString());
        assertThat(witness.next("Moderated").getString("reason").strip()).isNotEmpty();
        var refused = rest.send("GET", "rooms/" + encoded(text), null, Rest.bearer(mallorys));
        assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
        assertThat(refused.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(refused.text()).doesNotContain(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\r\nX-Injected: 1",
                "a\nX-Injected: 1",
                "a\rX-Injected: 1",
                "a\u560D\u560AX-Injected: 1",
                "a\u2028X-Injected: 1"
            })
    void aLineEndMakesNoHeader(String text) throws IOException {
        for (var path : List.of(
                "/api/v1/rooms/" + encoded(text),
                "/api/v1/" + encoded(text),
                "/" + encoded(text),
                "/ws/" + encoded(text),
                "/?x=" + encoded(text),
                "/index.html;" + encoded(text))) {
            var answer = RawHttp.send(base, "GET", path, "Authorization: Bearer " + anns.getString("accessToken"));

            assertThat(answer.head()).doesNotContainIgnoringCase("x-injected");
        }
        assertThat(rest.post("sessions", Rest.credentials(text, text)).header("X-Injected"))
                .isNull();
    }

    @Test
    void aLineEndMakesNoLineOfTheLog() throws IOException {
        var before = ServerLog.length();
        for (var end : List.of("\r\n", "\n", "\r", "\u2028", "\u0085", "\u001B[1A")) {
            var forged = end + "12:00:00,000 INFO  [org.parlour] forged by mallory";
            rest.register("x" + forged, Rest.PASSWORD);
            rest.post("sessions", Rest.credentials(forged, forged));
            rest.refresh(forged);
            rest.post("sessions", "{" + forged);
            rest.send("GET", "rooms/" + encoded(forged), null, Rest.bearer(mallorys));
            RawHttp.send(base, "GET", "/" + encoded(forged), "User-Agent: x" + forged, "Referer: x" + forged);
            RawHttp.send(base, "GET", "/api/v1/me", "Authorization: Bearer x" + forged, "X-Forwarded-For: x" + forged);
            RawHttp.upgrade(base, "/ws/" + encoded("x" + forged), "Origin: x" + forged, "Cookie: x=" + forged);
            RawHttp.upgrade(base, "/ws/" + room, "Sec-WebSocket-Protocol: x" + forged);
            annSets(room + end.length() + end.codePointAt(0), "{\"kind\":\"open\"}");
            var client = annIn(room);
            client.send(forged);
            client.send("/kick " + forged);
            client.send("/topic " + forged);
            client.send("{\"type\":\"" + forged);
            client.send("{\"type\":\"Ping\",\"ref\":\"p\"}");
            client.next("Pong");
        }

        assertThat(ServerLog.since(before)).doesNotContain("forged by mallory");
    }

    @Test
    void aLineEndMakesNoLineForPeopleOfTheTextFace() {
        var witness = text().as("witness");
        var speaker = full().as("mallory");

        for (var end : List.of("\r\n", "\n", "\r", "\u2028", "\u2029", "\u0085", "\u000B", "\f")) {
            speaker.send(Json.createObjectBuilder()
                    .add("type", "Message")
                    .add("content", "hi" + end + "[ann] forged")
                    .build()
                    .toString());
            var line = witness.next();
            while (!line.contains("forged")) {
                line = witness.next();
            }
            assertThat(line.lines().filter(one -> one.startsWith("[ann]"))).isEmpty();
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
