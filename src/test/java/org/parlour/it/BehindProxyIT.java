package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Parlour behind the proxies of {@code server-config/proxy}, which end TLS. */
class BehindProxyIT {

    private static final String FULL_FACE = "chat.v1.json";
    private static final int ANSWER_MILLIS = 20_000;

    @ParameterizedTest
    @EnumSource
    void itIsWhatItIsWithoutOne(ReverseProxy.Kind kind) throws Exception {
        // Where the machine is made for the tests, a test that is left out would be taken for one that passed.
        assumeTrue(
                kind.isInstalled() || System.getenv("CI") != null,
                () -> kind + " is not installed: apt-get install nginx haproxy");
        try (var server = new ServerProcess(
                "behind-" + kind,
                "-Dparlour.admission=on",
                "-Dparlour.address-connections=2",
                "-Dparlour.heartbeat-seconds=1",
                "-Dparlour.trusted-proxies=" + ReverseProxy.ADDRESS)) {
            var certificate = new SelfSigned(server.directory());
            server.start();
            try (var proxy = ReverseProxy.start(kind, server.directory(), server.address(), certificate.pem())) {
                awaitReady(certificate.client(), proxy.address());
                theCookieIsForTlsOnly(certificate.client(), proxy.address());
                foreignPagesAreTurnedAway(certificate.client(), proxy.address());
                peopleChatAreCountedByAddressAndMayBeSilent(certificate, proxy.address());
            }
        }
    }

    // HAProxy believes nobody to be there until its first check.
    private static void awaitReady(HttpClient http, URI base) throws Exception {
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        var ready = HttpRequest.newBuilder(base.resolve("api/v1/health/ready")).build();
        while (http.send(ready, BodyHandlers.discarding()).statusCode() != 200) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(100);
        }
        var page = http.send(HttpRequest.newBuilder(base).build(), BodyHandlers.ofString());
        assertThat(page.body()).contains("<title>Parlour</title>");
    }

    private static void theCookieIsForTlsOnly(HttpClient http, URI base) throws Exception {
        var account = "\"username\":\"carol\",\"password\":\"" + Rest.PASSWORD + "\"";
        assertThat(post(http, base, "accounts", "{" + account + "}").statusCode())
                .isEqualTo(201);

        var session = post(http, base, "sessions", "{" + account + ",\"cookie\":true}");

        assertThat(session.statusCode()).isEqualTo(201);
        assertThat(session.headers().firstValue("Set-Cookie").orElseThrow()).contains("Secure", "HttpOnly");
    }

    private static HttpResponse<String> post(HttpClient http, URI base, String path, String body) throws Exception {
        var request = HttpRequest.newBuilder(base.resolve("api/v1/" + path))
                .header("Content-Type", "application/json")
                .header("Origin", origin(base))
                .POST(BodyPublishers.ofString(body))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    private static void foreignPagesAreTurnedAway(HttpClient http, URI base) {
        assertThatThrownBy(() -> ChatClient.connectThrough(
                        http, base, "ws/general", Map.of("Origin", "https://evil.example"), FULL_FACE))
                .hasCauseInstanceOf(WebSocketHandshakeException.class);
    }

    private static void peopleChatAreCountedByAddressAndMayBeSilent(SelfSigned certificate, URI base) throws Exception {
        var http = certificate.client();
        var own = Map.of("Origin", origin(base));
        try (var alice = ChatClient.connectThrough(http, base, "ws/general", own, FULL_FACE)
                        .as("alice");
                var bob = ChatClient.connectThrough(http, base, "ws/general", own, FULL_FACE)
                        .as("bob")) {
            bob.send("Through the proxy!");
            assertThat(alice.nextContent()).isEqualTo("Through the proxy!");

            // The third of this address, whatever it claims; the first of another.
            var forged = Map.of("X-Forwarded-For", "203.0.113.9", "X-Real-IP", "203.0.113.9");
            var third = ChatClient.connectThrough(http, base, "ws/general", forged, FULL_FACE);
            assertThat(third.next("Error").getString("code")).isEqualTo("TOO_MANY_CONNECTIONS");
            assertThat(third.closeCode()).isEqualTo(4010);
            assertThat(whatIsSaidTo("127.0.0.2", certificate.trusting(), base)).contains("\"Welcome\"");

            // Nobody speaks for longer than the proxy waits. The heartbeat is all that goes over the line.
            TimeUnit.SECONDS.sleep(2 * ReverseProxy.TIMEOUT_SECONDS);
            assertThat(alice.isOpen()).isTrue();
            bob.send("Still there?");
            assertThat(alice.nextContent()).isEqualTo("Still there?");
        }
    }

    private static String origin(URI base) {
        return "https://" + base.getAuthority();
    }

    /** What a new connection from this address of the machine is told first: its answer to the handshake and its first frame. */
    private static String whatIsSaidTo(String address, SSLContext trusting, URI base) throws IOException {
        try (var socket = trusting.getSocketFactory()
                .createSocket(
                        InetAddress.getByName(base.getHost()), base.getPort(), InetAddress.getByName(address), 0)) {
            socket.setSoTimeout(ANSWER_MILLIS);
            var handshake = "GET /ws/general HTTP/1.1\r\nHost: " + base.getAuthority()
                    + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: "
                    + FULL_FACE + "\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
            socket.getOutputStream().write(handshake.getBytes(StandardCharsets.US_ASCII));
            var said = new StringBuilder();
            var buffer = new byte[4_096];
            while (!said.toString().contains("\"type\":") && said.length() < buffer.length) {
                var read = socket.getInputStream().read(buffer);
                if (read < 0) {
                    break;
                }
                said.append(new String(buffer, 0, read, StandardCharsets.UTF_8));
            }
            return said.toString();
        }
    }
}
