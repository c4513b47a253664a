package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page at the root, and what is no page. */
class PageIT extends DeployedWar {

    @ParameterizedTest
    @CsvSource({
        "'', text/html, <title>Parlour</title>",
        "parlour.js, javascript, WebSocket",
        "parlour.css, text/css, #messages"
    })
    void thePageIsServedWithItsParts(String path, String type, String part) throws Exception {
        var answer = get(path);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).contains(type);
        assertThat(answer.body()).contains(part);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing-here", "WEB-INF/beans.xml", "META-INF/MANIFEST.MF", "ws", "ws/a/b"})
    void whatIsNoPageIsNotFoundAndTellsNothing(String path) throws Exception {
        var answer = get(path);

        assertThat(answer.statusCode()).isIn(403, 404);
        assertThat(answer.body()).doesNotContain("Exception", "org.parlour", "\tat ");
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
