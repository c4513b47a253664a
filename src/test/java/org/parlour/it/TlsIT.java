package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A server that {@code tls.cli} has set up, with a certificate that nobody has signed. About WildFly: it is its script that is tried. */
@Tag("wildfly")
class TlsIT {

    @Test
    void peopleChatOverTlsAndTheCookieIsSecureThereAlone() throws Exception {
        try (var server = new ServerProcess("tls")) {
            var certificate = new SelfSigned(server.directory());
            server.environment(Map.of(
                    "PARLOUR_TLS_KEYSTORE",
                    certificate.keyStore().toString(),
                    "PARLOUR_TLS_PASSWORD",
                    SelfSigned.PASSWORD));
            server.configure(Path.of("server-config/wildfly/tls.cli"));
            server.configure(Path.of("server-config/wildfly/tls.cli"));
            server.start();
            var base = URI.create("https://127.0.0.1:" + (8443 + server.offset()) + "/");
            var http = certificate.client();

            var own = Map.of("Origin", base.toString().replaceFirst("/$", ""));
            var alice = ChatClient.connectThrough(http, base, "ws/general", own, "chat.v1.json")
                    .as("alice");
            var bob = ChatClient.connectThrough(http, base, "ws/general", Map.of(), "chat.v1.json")
                    .as("bob");
            bob.send("Over TLS!");
            assertThat(alice.nextContent()).isEqualTo("Over TLS!");

            var account = "{\"username\":\"carol\",\"password\":\"" + Rest.PASSWORD + "\",\"cookie\":true}";
            http.send(post(base, "accounts", account.replace(",\"cookie\":true", "")), BodyHandlers.ofString());
            var session = http.send(post(base, "sessions", account), BodyHandlers.ofString());
            assertThat(session.statusCode()).isEqualTo(201);
            assertThat(session.headers().firstValue("Set-Cookie").orElseThrow()).contains("Secure");
            var pretended = HttpRequest.newBuilder(post(server.address(), "sessions", account), (name, value) -> true)
                    .header("X-Forwarded-Proto", "https")
                    .build();
            assertThat(http.send(pretended, BodyHandlers.ofString())
                            .headers()
                            .firstValue("Set-Cookie")
                            .orElseThrow())
                    .doesNotContain("Secure");

            assertThatThrownBy(() -> ChatClient.connect(base, "general")).hasRootCauseInstanceOf(Exception.class);
            assertThatThrownBy(() -> handshake(certificate.trusting(), base, "TLSv1.1"))
                    .isInstanceOf(SSLException.class);
            handshake(certificate.trusting(), base, "TLSv1.2");
        }
    }

    private static HttpRequest post(URI base, String path, String body) {
        return HttpRequest.newBuilder(base.resolve("api/v1/" + path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    private static void handshake(SSLContext trusting, URI base, String version) throws Exception {
        try (var socket = (SSLSocket) trusting.getSocketFactory().createSocket(base.getHost(), base.getPort())) {
            socket.setEnabledProtocols(new String[] {version});
            socket.startHandshake();
        }
    }
}
