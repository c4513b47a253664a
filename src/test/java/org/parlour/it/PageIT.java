package org.parlour.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page at the root, and what is no page. */
class PageIT extends DeployedWar {

    @ParameterizedTest
    @CsvSource({
        "'', text/html, <title>Parlour</title>",
        "assets/page.js, javascript, parlour-app",
        "assets/chat-room.js, javascript, chat-room",
        "assets/chat-client.js, javascript, WebSocket",
        "assets/page.css, text/css, color-scheme",
        "assets/icon.svg, image/svg+xml, <svg"
    })
    void thePageIsServedWithItsParts(String path, String type, String part) throws Exception {
        var answer = get(path);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).contains(type);
        assertThat(answer.body()).contains(part);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nothing-here",
                "assets/",
                "assets/nothing.js",
                "assets/..%2fWEB-INF/beans.xml",
                "assets/page.js.gz",
                "WEB-INF/beans.xml",
                "META-INF/MANIFEST.MF",
                "ws",
                "ws/a/b"
            })
    void whatIsNoPageIsNotFoundAndTellsNothing(String path) throws Exception {
        var answer = get(path);

        assertThat(answer.statusCode()).isIn(403, 404);
        assertThat(answer.body()).doesNotContain("Exception", "org.parlour", "\tat ");
    }

    @Test
    void anAssetComesCompressedOnceAndToPagesOfAnyOrigin() throws Exception {
        var address = base.resolve("assets/page.js");
        var client = HttpClient.newHttpClient();
        var request = HttpRequest.newBuilder(address)
                .header("Accept-Encoding", "gzip")
                .header("Origin", "https://shop.example");

        var first = client.send(request.build(), BodyHandlers.ofByteArray());
        var tag = first.headers().firstValue("ETag").orElseThrow();
        var second = client.send(request.header("If-None-Match", tag).build(), BodyHandlers.ofByteArray());

        assertThat(first.headers().firstValue("Content-Encoding")).hasValue("gzip");
        assertThat(new String(new GZIPInputStream(new ByteArrayInputStream(first.body())).readAllBytes(), UTF_8))
                .contains("parlour-app");
        assertThat(first.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
        assertThat(second.statusCode()).isEqualTo(304);
        assertThat(second.body()).isEmpty();
    }

    @Test
    void thePageSaysThatNoTextBecomesScript() throws Exception {
        assertThat(get("").headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("script-src 'self'", "style-src 'self'", "require-trusted-types-for 'script'")
                .doesNotContain("unsafe");
    }

    @Test
    void aRoomIsNoPage() throws Exception {
        var answer = get("ws/" + room);

        assertThat(answer.statusCode()).isBetween(400, 499);
        assertThat(answer.body()).doesNotContain("Exception", "\tat ");
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(ChatClient.PATIENCE)
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }
}
