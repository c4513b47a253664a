package org.parlour.it;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was said earlier, from memory and from the database. */
@Tag("core")
class HistoryIT extends DeployedWar {

    @Test
    void aLimitGivesTheNewestOldestFirst() {
        var alice = saying(70);

        alice.send("/history 3");
        assertThat(contents(alice, 3)).containsExactly("message 68", "message 69", "message 70");

        alice.send("/history 60");
        assertThat(contents(alice, 60)).first().isEqualTo("message 11");
        assertThat(alice.drain()).isEmpty();
    }

    @Test
    void beforeASeqGivesWhatIsOlder() {
        var alice = saying(70);

        // alice's own join is seq 1, so message n is seq n + 1.
        alice.send("/history 2 before 11");
        assertThat(contents(alice, 2)).containsExactly("message 8", "message 9");
        alice.send("/history before 4");
        assertThat(contents(alice, 2)).containsExactly("message 1", "message 2");
        alice.send("/history 5 before 1");
        assertThat(alice.drain()).isEmpty();
    }

    @Test
    void theFullFaceGetsItInBatches() {
        saying(250).close();
        var bob = full().as("bob");
        bob.drain();

        bob.send("/history 240");

        var all = new ArrayList<String>();
        for (var more = true; more; ) {
            var batch = bob.next("Batch");
            assertThat(batch.getString("kind")).isEqualTo("history");
            batch.getJsonArray("events")
                    .forEach(event -> all.add(event.asJsonObject().getString("content")));
            more = batch.getBoolean("hasMore");
        }
        assertThat(all).isEqualTo(messages(11, 250));
    }

    @Test
    void aProgramTurnsThePagesInBothDirections() {
        saying(250).close();
        var bob = full().as("bob");
        bob.drain();

        var backward = new ArrayDeque<String>();
        var page = page(bob, "\"limit\":100");
        prepend(backward, page);
        while (page.getBoolean("hasMore") && backward.size() <= 300) {
            page = page(bob, "\"limit\":100,\"before\":" + page.getInt("before"));
            prepend(backward, page);
        }
        assertThat(backward).containsExactlyElementsOf(messages(1, 250));

        var forward = new ArrayList<String>();
        page = page(bob, "\"after\":0");
        forward.addAll(contentsOf(page));
        while (page.getBoolean("hasMore") && forward.size() <= 300) {
            page = page(bob, "\"after\":" + page.getInt("after"));
            forward.addAll(contentsOf(page));
        }
        assertThat(forward).isEqualTo(messages(1, 250));
    }

    @Test
    void aProgramSeesWhatWasSaidAroundAMessage() {
        saying(250).close();
        var bob = full().as("bob");
        bob.drain();

        // alice's own join is seq 1, so message n is seq n + 1.
        assertThat(contentsOf(page(bob, "\"around\":101,\"limit\":5"))).isEqualTo(messages(98, 102));
        assertThat(contentsOf(page(bob, "\"around\":2,\"limit\":3"))).isEqualTo(messages(1, 3));
    }

    @Test
    void aMessageAmongVeryLongOnesIsThereWhenItIsAskedFor() {
        try (var alice = plain().as("alice")) {
            for (int i = 1; i <= 160; i++) {
                alice.send(i + "x".repeat(3_900));
            }
            alice.send("/history 1");
            assertThat(alice.nextContent()).startsWith("160x");
        }
        var bob = full().as("bob");
        bob.drain();

        var page = page(bob, "\"around\":101,\"limit\":200");

        assertThat(page.getBoolean("hasMore")).isTrue();
        assertThat(contentsOf(page)).anySatisfy(content -> assertThat(content).startsWith("100x"));
        assertThat(page(bob, "\"around\":101,\"limit\":1").getBoolean("hasMore"))
                .isTrue();
    }

    private static JsonObject page(ChatClient client, String which) {
        client.send("{\"type\":\"History\",\"ref\":\"h\"," + which + "}");
        var page = client.next("Batch");
        assertThat(page.getString("ref")).isEqualTo("h");
        return page;
    }

    private static List<String> contentsOf(JsonObject page) {
        return page.getJsonArray("events").stream()
                .map(event -> event.asJsonObject().getString("content"))
                .toList();
    }

    private static void prepend(ArrayDeque<String> messages, JsonObject page) {
        var contents = contentsOf(page);
        for (int i = contents.size() - 1; i >= 0; i--) {
            messages.addFirst(contents.get(i));
        }
    }

    @Test
    void itIsForTheAskerOnly() {
        var alice = saying(5);
        var bob = plain().as("bob");
        bob.drain();

        alice.send("/history");

        assertThat(contents(alice, 5)).isEqualTo(messages(1, 5));
        assertThat(bob.drain()).isEmpty();
    }

    @Test
    void itTellsWhatPeopleSaidAndNotTheirComingAndGoing() {
        var alice = plain().as("alice");
        plain().as("bob").close();
        alice.next("UserLeft");
        alice.send("/me waits");
        alice.send("/topic patience");

        alice.send("/history");

        assertThat(alice.next("NewMessage").getString("content")).isEqualTo("waits");
        assertThat(alice.drain()).isEmpty();
    }

    @Test
    void whatIsSaidWhileItIsReadComesAfterItAndOnce() {
        var alice = saying(300);
        var bob = plain().as("bob");
        bob.drain();

        bob.send("/history");
        IntStream.rangeClosed(301, 400).forEach(i -> alice.send("message " + i));

        var heard = contents(bob, 400);
        assertThat(heard).containsExactlyInAnyOrderElementsOf(messages(1, 400));
        assertThat(bob.drain()).isEmpty();
    }

    @Test
    void aRoomThatCameBackKnowsAllOfIt() {
        saying(120).close();
        // Somebody has to see the room empty: a name is free when its holder is gone.
        var bob = plain().as("bob");
        bob.drain();

        bob.send("/history 110");

        assertThat(contents(bob, 110)).isEqualTo(messages(11, 120));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/history 0",
                "/history -1",
                "/history x",
                "/history 1 after 3",
                "/history 5 before",
                "/history before 0",
                "/history 99999999999",
                "{\"type\":\"History\",\"limit\":0}",
                "{\"type\":\"History\",\"limit\":\"5\"}",
                "{\"type\":\"History\",\"before\":1.5}"
            })
    void aRequestThatMakesNoSenseIsRefused(String request) {
        var alice = saying(1);

        alice.send(request);

        assertThat(alice.next("Error").getString("code")).isEqualTo("BAD_MESSAGE");
        assertThat(alice.isOpen()).isTrue();
    }

    private ChatClient saying(int count) {
        var alice = plain().as("alice");
        messages(1, count).forEach(alice::send);
        // Requests are answered in order and history comes after one's own words.
        alice.send("/history 1");
        assertThat(alice.nextContent()).isEqualTo("message " + count);
        return alice;
    }

    private static List<String> messages(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(i -> "message " + i).toList();
    }

    private static List<String> contents(ChatClient client, int count) {
        return IntStream.range(0, count).mapToObj(i -> client.nextContent()).toList();
    }
}
