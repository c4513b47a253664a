package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The client library in Node, against a server from which the application is taken out and put in again. */
class ClientLibraryIT {

    private static final int MESSAGES = 1_000;
    private static final int PATIENCE_SECONDS = 240;

    @Test
    void nothingIsLostOrDoubledWhenTheApplicationIsRedeployed() throws Exception {
        Installed.requireNodeWithWebSocket();
        try (var server = new ServerProcess("client-library").start()) {
            var talk = new ProcessBuilder(
                            "node",
                            "--experimental-websocket",
                            "src/test/frontend/support/talk.js",
                            server.address().toString(),
                            "general")
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            // Nothing else ends the wait for a line.
            CompletableFuture.delayedExecutor(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .execute(talk::destroyForcibly);
            try (var printed = talk.inputReader()) {
                assertThat(printed.readLine()).isEqualTo("talking");
                server.undeploy();
                server.deploy();

                var result = resultOf(printed);
                assertThat(talk.waitFor(10, TimeUnit.SECONDS)).isTrue();
                assertThat(result.getInt("lines")).as("lost connections").isGreaterThanOrEqualTo(2);
                assertThat(contents(result.getJsonArray("acked"))).containsExactlyElementsOf(all());
                assertThat(contents(result.getJsonArray("heard"))).containsExactlyElementsOf(all());
                assertThat(result.getJsonArray("heard")).isEqualTo(result.getJsonArray("acked"));
            } finally {
                talk.destroyForcibly();
            }
        }
    }

    private static JsonObject resultOf(BufferedReader printed) throws IOException {
        var line = printed.readLine();
        assertThat(line).as("a result").isNotNull();
        return Json.createReader(new StringReader(line)).readObject();
    }

    private static List<String> contents(JsonArray said) {
        return said.getValuesAs(JsonArray.class).stream()
                .map(one -> one.getString(1))
                .toList();
    }

    private static List<String> all() {
        return IntStream.range(0, MESSAGES).mapToObj(i -> "message " + i).toList();
    }
}
