package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Attack: handshakes and requests that are none, or two at once. Outcome: one answer at most, 4xx or a hang-up; and a pair in a room
 * that goes on talking.
 */
class HandshakeAttackIT extends Attacked {

    private static final String BODY = "{\"username\":\"x\",\"password\":\"y\"}";

    private ChatClient alice;
    private ChatClient bob;

    @BeforeEach
    void aPair() {
        alice = plain().as("alice");
        bob = plain().as("bob");
    }

    @AfterEach
    void thePairTalks() {
        alice.send("are you still there");
        assertThat(bob.nextContent()).isEqualTo("are you still there");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sec-WebSocket-Version: 13|Sec-WebSocket-Version: 8",
                "Sec-WebSocket-Version: 13|Sec-WebSocket-Version: 0",
                "Sec-WebSocket-Version: 13|Sec-WebSocket-Version: -1",
                "Sec-WebSocket-Version: 13|Sec-WebSocket-Version: 130",
                "Sec-WebSocket-Version: 13|Sec-WebSocket-Version: x",
                "Sec-WebSocket-Version: 13|X: x",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==|X: x",
                "Upgrade: websocket|Upgrade: h2c",
                "Upgrade: websocket|Upgrade: foo",
                "Upgrade: websocket|X: x",
                "Connection: Upgrade|Connection: close",
                "Connection: Upgrade|X: x"
            })
    void whatIsNoHandshakeOpensNothing(String change) throws IOException {
        var parts = change.split("\\|");

        var answer = RawHttp.exchange(base, handshake().replace(parts[0], parts[1]));

        assertThat(answer.status()).as(answer.text()).isBetween(400, 499);
        assertTellsNothing(answer.text());
    }

    @ParameterizedTest
    @CsvSource({
        "GET, POST",
        "GET, HEAD",
        "GET, OPTIONS",
        "HTTP/1.1, HTTP/1.0",
        "HTTP/1.1, HTTP/0.9",
        "HTTP/1.1, HTTP/3.0"
    })
    void norWithAnotherMethodOrVersion(String was, String is) throws IOException {
        var answer = RawHttp.exchange(base, handshake().replaceFirst(was, is));

        assertThat(answer.status()).as(answer.text()).isNotIn(101, 200).isLessThan(500);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "chat.v1.json, evil | chat.v1.json",
                "evil, chat.text | chat.text",
                "evil | NONE",
                "CHAT.V1.JSON | NONE",
                "chat.v1.json; x=y | NONE",
                "chat.v1.json%0d%0aX-Injected: 1 | NONE",
                "chat.v2.json,,,, | NONE",
                ", | NONE"
            })
    void onlyASubprotocolThatIsSpokenIsAnswered(String asked, String answered) throws IOException {
        var answer = RawHttp.upgrade(base, "/ws/" + room, "Sec-WebSocket-Protocol: " + asked);

        assertThat(answer.status()).isIn(101, 400);
        assertThat(answer.header("Sec-WebSocket-Protocol").orElse("NONE")).isEqualTo(answered);
        assertThat(answer.hasHeader("X-Injected")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "permessage-deflate; server_max_window_bits=99999",
                "permessage-deflate; client_max_window_bits=\"8\r\n \"",
                "x-webkit-deflate-frame, permessage-bzip2",
                "a; b=\"c"
            })
    void anExtensionThatIsNoneIsLeftOut(String extension) throws IOException {
        var answer = RawHttp.upgrade(base, "/ws/" + room, "Sec-WebSocket-Extensions: " + extension);

        assertThat(answer.status()).isIn(101, 400);
        assertThat(answer.head()).doesNotContain("bzip2", "99999");
    }

    @Test
    void headersThatAreTooManyOrTooBigAreNotRead() throws IOException {
        for (var headers : new String[] {
            "X: " + "x".repeat(2 << 20),
            "X: x\r\n".repeat(10_000).strip(),
            "x".repeat(2 << 20) + ": x",
            "Cookie: " + "a=b;".repeat(300_000),
            "Sec-WebSocket-Protocol: " + "p,".repeat(600_000)
        }) {
            var answer = RawHttp.upgrade(base, "/ws/" + room, headers);

            assertThat(answer.status()).isIn(0, 400, 413, 414, 431);
        }
        assertThat(RawHttp.send(base, "GET", "/" + "x".repeat(2 << 20)).status())
                .isIn(0, 400, 404, 414);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Transfer-Encoding: chunked\r\nContent-Length: 4",
                "Content-Length: 4\r\nTransfer-Encoding: chunked",
                "Content-Length: 4\r\nContent-Length: 40",
                "Content-Length: 4, 40",
                "Content-Length: -1",
                "Content-Length: +4",
                "Content-Length: 0x4",
                "Content-Length: 4 4",
                "Content-Length: 99999999999999999999",
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding: chunked, identity",
                "Transfer-Encoding: identity\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding : chunked",
                "Transfer-Encoding:\u000Bchunked",
                " Transfer-Encoding: chunked",
                "X: x\n\nTransfer-Encoding: chunked"
            })
    void aSecondRequestIsNotSmuggledInTheFirst(String headers) throws IOException {
        var hidden = "GET /api/v1/me HTTP/1.1\r\nHost: " + base.getAuthority() + "\r\nAuthorization: Bearer "
                + anns.getString("accessToken") + "\r\n\r\n";

        var answer = RawHttp.exchange(
                base,
                "POST /api/v1/sessions HTTP/1.1\r\nHost: " + base.getAuthority()
                        + "\r\nContent-Type: application/json\r\n" + headers + "\r\n\r\n0\r\n\r\n" + hidden);

        // As a request of its own on the connection it may be answered; not beside one whose end is not certain.
        assertThat(answer.status()).as(answer.text()).isLessThan(500);
        if (answer.text().contains(anns.getString("userId"))) {
            assertThat(answer.status()).as(answer.text()).isNotIn(200, 201, 204);
            assertThat(headers)
                    .as("ambiguous: %s", answer.text())
                    .doesNotContain("Transfer-Encoding", "Content-Length");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: OWN\r\nHost: evil.example",
                "X-A: y",
                "Host:",
                "Host: evil.example/@OWN",
                "Host: OWN\u0000"
            })
    void aHostThatIsNotOneIsNotOurs(String host) throws IOException {
        var answer = RawHttp.exchange(
                base,
                handshake("Origin: http://evil.example")
                        .replace("Host: " + base.getAuthority(), host.replace("OWN", base.getAuthority())));

        assertThat(answer.status()).as(answer.text()).isIn(0, 400, 403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\n\r\n\r\n\r\n",
                "\u0000\u0000\u0000\u0000\r\n\r\n",
                "GET\r\n\r\n",
                "GET /\r\n\r\n",
                "GET / HTTP/1.1\r\n: x\r\n\r\n",
                "GET / HTTP/1.1\r\nHost\r\n\r\n",
                "GET / HTTP/1.1 HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET  /  HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /\u0001 HTTP/1.1\r\nHost: x\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003",
                "SSH-2.0-x\r\n",
                "EHLO evil.example\r\n",
                "<policy-file-request/>\u0000"
            })
    void whatIsNoRequestIsNoTrouble(String bytes) throws IOException {
        var answer = RawHttp.exchange(base, bytes);

        assertThat(answer.status()).as(answer.text()).isNotIn(101).isLessThan(500);
        assertTellsNothing(answer.head());
    }

    @Test
    void aBodyBehindAHandshakeIsNotARequest() throws IOException {
        var answer = RawHttp.exchange(
                base,
                handshake("Content-Length: " + BODY.length()) + BODY + "GET /api/v1/me HTTP/1.1\r\nHost: "
                        + base.getAuthority() + "\r\n\r\n");

        assertThat(answer.text()).doesNotContain("application/problem+json\r\n", "\"authenticated\"");
    }

    private String handshake(String... more) {
        return "GET /ws/" + room + " HTTP/1.1\r\nHost: " + base.getAuthority()
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" + String.join("\r\n", more)
                + (more.length > 0 ? "\r\n\r\n" : "\r\n");
    }
}
