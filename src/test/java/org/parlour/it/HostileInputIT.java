package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.parlour.testing.HostileStrings;
import org.parlour.testing.MalformedJson;

/** Whatever comes in: it comes out as it was, or it is refused in so many words, and nobody else notices. */
class HostileInputIT extends DeployedWar {

    private static final String MARK = "{\"type\":\"Ping\",\"ref\":\"mark\"}";

    @Test
    void malformedJsonIsOneErrorInTheFullFace() {
        var sender = full().as("sender");
        var witness = plain().as("witness");
        sender.drain();

        for (var text : MalformedJson.brokenObjects()) {
            if (tooBig(text)) {
                continue;
            }
            sender.send(text);
            sender.send(MARK);

            var answer = sender.nextJson();
            assertThat(answer.getString("type")).as(text).isEqualTo("Error");
            assertThat(answer.getString("code")).as(text).isIn("BAD_MESSAGE", "UNKNOWN_TYPE", "CONTENT_REJECTED");
            assertThat(answer.getString("message")).as(text).doesNotContain("org.", "java", "jakarta", "Exception");
            assertThat(sender.nextJson().getString("type"))
                    .as("one answer to " + text)
                    .isEqualTo("Pong");
        }
        assertThat(witness.drain()).isEmpty();
    }

    @Test
    void inTheOtherFacesItIsAnErrorOrSaidAsItIs() {
        var sender = plain().as("sender");
        var witness = plain().as("witness");
        sender.drain();

        var texts = new ArrayList<>(MalformedJson.brokenObjects());
        texts.addAll(MalformedJson.noObjects());
        for (var text : texts) {
            if (tooBig(text) || text.isBlank()) {
                continue;
            }
            sender.send(text);
            sender.send("/who");

            var refusal = sender.nextJson();
            if (refusal.getString("type").equals("Error")) {
                assertThat(refusal.getString("message")).doesNotContain("org.", "java", "jakarta", "Exception");
                assertThat(sender.next("Notice").getString("code")).isEqualTo("WHO");
            } else {
                assertThat(witness.nextContent()).isEqualTo(asSaid(text));
            }
        }
        assertThat(witness.drain()).isEmpty();
    }

    @Test
    void hostileStringsComeOutAsTheyWentIn() {
        var sender = full().as("sender");
        var witness = plain().as("witness");
        var strings = HostileStrings.all();
        sender.drain();

        for (var text : strings) {
            sender.send(Json.createObjectBuilder()
                    .add("type", "Message")
                    .add("content", text)
                    .build()
                    .toString());
            assertThat(sender.next(HostileInputIT::isAnswer).getString("type"))
                    .as(text)
                    .isEqualTo("Ack");
            assertThat(witness.nextContent()).isEqualTo(text);
        }
        witness.send("/history");

        var again = new ArrayList<String>();
        while (again.size() < strings.size()) {
            again.add(witness.nextContent());
        }
        assertThat(again).isEqualTo(List.copyOf(strings));
    }

    private static boolean isAnswer(JsonObject message) {
        return !message.getString("type").equals("UserJoined");
    }

    // Beyond the frame limit the connection ends, which is another test's.
    private static boolean tooBig(String text) {
        return text.length() > 60_000;
    }

    private static String asSaid(String text) {
        var line = text.replaceAll("[\\r\\n]+$", "");
        return line.startsWith("//") ? line.substring(1) : line;
    }
}
