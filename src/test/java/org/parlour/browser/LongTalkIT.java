package org.parlour.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.parlour.it.ServerProcess;

/** Much that is said, and a server that dies meanwhile. */
class LongTalkIT extends InChromium {

    private static final int MESSAGES = 10_000;
    private static final int MOST_ROWS = 300;
    /** Milliseconds, as the issue of this page asks for. */
    private static final double APPEND = 8;

    private static final String TALK = "document.querySelector('parlour-app').chats.all.get('room/' + %s).talk";

    @Test
    void tenThousandMessagesAreScrolledThroughInFewRows() {
        var ann = guest("ann");
        speak(ann, MESSAGES);

        var bob = guest("bob");
        message(bob, "message " + (MESSAGES - 1));
        var result = (List<?>) bob.evaluate("""
                async room => {
                  const app = document.querySelector("parlour-app");
                  const list = app.renderRoot.querySelector("chat-view").renderRoot.querySelector("chat-messages").renderRoot;
                  const scroller = list.querySelector(".scroller");
                  const rows = list.querySelector(".rows");
                  const { timeline } = app.chats.all.get("room/" + room).talk;
                  let most = 0;
                  const frames = [];
                  let last = performance.now();
                  const ends = last + 150_000;
                  while (!(timeline.complete && scroller.scrollTop === 0) && performance.now() < ends) {
                    scroller.scrollTop -= 1_500;
                    await new Promise(requestAnimationFrame);
                    const now = performance.now();
                    frames.push(now - last);
                    last = now;
                    most = Math.max(most, rows.children.length);
                  }
                  frames.sort((one, other) => one - other);
                  return [most, timeline.entries.filter((entry) => entry.kind === "message").length, frames[frames.length >> 1], frames[Math.floor(frames.length * 0.95)]];
                }
                """, room);
        System.out.printf(
                "Scrolling back: at most %s rows, frames %.1f ms (50 %%), %.1f ms (95 %%)%n",
                result.get(0), number(result.get(2)), number(result.get(3)));

        assertThat(number(result.get(0))).isLessThanOrEqualTo(MOST_ROWS);
        assertThat(number(result.get(1))).isEqualTo(MESSAGES);
        assertThat(bob.locator(".line").first().textContent()).contains("message 0");
        assertThat(appending(ann, bob)).as("ms to show a message").isLessThan(APPEND);
    }

    // The middle of what showing one further message took, at the end of a long talk.
    private double appending(Page ann, Page bob) {
        bob.click(".jump");
        bob.evaluate("performance.clearMeasures()");
        for (int i = 0; i < 30; i++) {
            say(ann, "another " + i);
            message(bob, "another " + i);
        }
        var median = number(
                bob.evaluate(
                        "(() => { const all = performance.getEntriesByName('chat-rows').map(e => e.duration).sort((a, b) => a - b); return all[all.length >> 1]; })()"));
        System.out.printf("Appending: %.2f ms%n", median);
        return median;
    }

    @Test
    void ofAThousandMessagesNoneIsLostOrDoubledWhenTheServerIsKilled() throws Exception {
        try (var own = new ServerProcess("killed").start()) {
            base = own.address();
            var ann = guest("ann");
            var bob = guest("bob");
            // No more than 500 may wait for a connection, however long the server needs.
            ann.evaluate(
                    "room => { const talk = " + TALK.formatted("room")
                            + "; let i = 0; const saying = setInterval(() => { for (let n = 0; n < 5 && i < 1000 && talk.room.pending < 400; n++) talk.say('message ' + i++); if (i === 1000) clearInterval(saying); }, 50); }",
                    room);
            message(bob, "message 150");

            restart(own);

            awaitTrue(
                    ann,
                    "room => { const said = " + TALK.formatted("room")
                            + ".timeline.entries.filter(e => e.kind === 'message'); return said.length === 1000 && said.every(e => e.state === 'sent'); }",
                    room,
                    120_000);
            awaitTrue(
                    bob,
                    "room => " + TALK.formatted("room")
                            + ".timeline.entries.filter(e => e.kind === 'message').length >= 1000",
                    room,
                    60_000);
            var seen = (List<?>) bob.evaluate(
                    "room => " + TALK.formatted("room")
                            + ".timeline.entries.filter(e => e.kind === 'message').map(e => e.content)",
                    room);

            assertThat(seen).hasSize(1000).doesNotHaveDuplicates();
            expectComplaints("WebSocket");
            expectComplaints("ERR_CONNECTION_REFUSED");
        }
    }

    private static void restart(ServerProcess server) throws IOException, InterruptedException {
        server.kill();
        server.start();
    }

    private void speak(Page page, int messages) {
        page.evaluate(
                "async ([room, n]) => { const { room: there } = " + TALK.formatted("room")
                        + "; for (let i = 0; i < n; i += 100) await Promise.all(Array.from({length: 100}, (_, k) => there.send('message ' + (i + k)))); }",
                List.of(room, messages));
    }

    private static double number(Object value) {
        return ((Number) value).doubleValue();
    }
}
