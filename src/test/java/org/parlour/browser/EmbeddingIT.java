package org.parlour.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import org.junit.jupiter.api.Test;

/** {@code <chat-room>} in somebody else's page. */
class EmbeddingIT extends InChromium {

    @Test
    void severalRoomsInOnePageOfAnotherOrigin() throws Exception {
        var body = "<chat-room room=\"" + room + "\" username=\"visitor\"></chat-room><chat-room room=\"" + room
                + "-2\" username=\"visitor\" compact theme=\"dark\" lang=\"de\"></chat-room>";
        try (var page = new EmbeddingPage(base, body)) {
            var visitor = browser(new NewContextOptions());
            visitor.navigate(page.address());
            var ann = guest("ann");

            var first = visitor.locator("chat-room").first();
            first.locator("textarea").fill("Is this in stock?");
            first.locator("textarea").press("Enter");

            message(ann, "Is this in stock?");
            say(ann, "It is");
            assertThat(first.locator(".line").last()).containsText("It is");
            assertThat(visitor.locator("chat-room").last().locator("textarea"))
                    .hasAttribute("placeholder", "Nachricht an " + room + "-2");
            assertAccessible(visitor, "the page around it");
        }
    }

    @Test
    void thePageDecidesWhatIsSent() throws Exception {
        try (var page = new EmbeddingPage(base, "<chat-room room=\"" + room + "\" username=\"visitor\"></chat-room>")) {
            var visitor = browser(new NewContextOptions());
            visitor.navigate(page.address());
            visitor.locator("chat-room textarea").waitFor();
            visitor.evaluate(
                    "document.querySelector('chat-room').addEventListener('chat-send', e => { if (e.detail.text.includes('secret')) e.preventDefault(); })");

            visitor.fill("chat-room textarea", "a secret");
            visitor.press("chat-room textarea", "Enter");
            assertThat(visitor.locator("chat-room textarea")).hasValue("a secret");
            visitor.fill("chat-room textarea", "no harm");
            visitor.press("chat-room textarea", "Enter");

            assertThat(visitor.locator("chat-room .line")).hasCount(1);
            assertThat(visitor.locator("chat-room .line")).containsText("no harm");
        }
    }

    @Test
    void whoHasNoNameIsAskedForOne() throws Exception {
        try (var page = new EmbeddingPage(base, "<chat-room room=\"" + room + "\"></chat-room>")) {
            var visitor = browser(new NewContextOptions());
            visitor.navigate(page.address());

            visitor.fill("chat-room input", "walk-in");
            visitor.click("chat-room button.main");

            visitor.fill("chat-room textarea", "hello");
            visitor.press("chat-room textarea", "Enter");
            assertThat(visitor.locator("chat-room .line.own .state")).hasAttribute("title", "Sent");
        }
    }
}
