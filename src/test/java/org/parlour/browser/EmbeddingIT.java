package org.parlour.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    @Test
    void thePageHearsWhatHappens() throws Exception {
        try (var page = new EmbeddingPage(base, "")) {
            var visitor = browser(new NewContextOptions());
            visitor.navigate(page.address());
            visitor.evaluate("""
                    room => {
                      globalThis.heard = [];
                      for (const name of ["chat-joined", "chat-message", "chat-send", "chat-state", "chat-error"]) {
                        document.addEventListener(name, ({ type, target, detail }) => heard.push(
                          [type, target.getAttribute("room"), detail.state ?? detail.code ?? detail.username ?? detail.text].join(" ")));
                      }
                      const element = document.createElement("chat-room");
                      element.setAttribute("room", room);
                      element.setAttribute("username", "visitor");
                      document.querySelector("main").append(element);
                    }
                    """, room);
            visitor.locator("chat-room textarea").waitFor();
            var ann = guest("ann");
            say(ann, "hello");
            assertThat(visitor.locator("chat-room .line").last()).containsText("hello");
            visitor.fill("chat-room textarea", "hi");
            visitor.press("chat-room textarea", "Enter");
            message(ann, "hi");
            visitor.evaluate("document.querySelector('chat-room').username = 'ann'");
            assertThat(visitor.locator("chat-room input")).isVisible();

            org.assertj.core.api.Assertions.assertThat((List<?>) visitor.evaluate("heard"))
                    .map(Object::toString)
                    .contains(
                            "chat-state " + room + " open",
                            "chat-joined " + room + " visitor",
                            "chat-message " + room + " ann",
                            "chat-send " + room + " hi",
                            "chat-error " + room + " USERNAME_TAKEN");
        }
    }

    @Test
    void theThemeIsTheSystemsOrTheOneThatIsNamed() throws Exception {
        var rooms = Stream.of("auto", "light", "dark")
                .map(theme ->
                        "<chat-room room=\"" + room + "\" username=\"visitor\" theme=\"" + theme + "\"></chat-room>")
                .collect(Collectors.joining());
        try (var page = new EmbeddingPage(base, rooms)) {
            var day = backgrounds(page, ColorScheme.LIGHT);
            var night = backgrounds(page, ColorScheme.DARK);

            org.assertj.core.api.Assertions.assertThat(day.get(1)).isNotEqualTo(day.get(2));
            org.assertj.core.api.Assertions.assertThat(day).isEqualTo(List.of(day.get(1), day.get(1), day.get(2)));
            org.assertj.core.api.Assertions.assertThat(night).isEqualTo(List.of(day.get(2), day.get(1), day.get(2)));
        }
    }

    private List<?> backgrounds(EmbeddingPage page, ColorScheme scheme) {
        var visitor = browser(new NewContextOptions().setColorScheme(scheme));
        visitor.navigate(page.address());
        return (List<?>) visitor.evaluate("""
                async () => {
                    await customElements.whenDefined('chat-room');
                    const rooms = [...document.querySelectorAll('chat-room')];
                    await Promise.all(rooms.map(room => room.updateComplete));
                    return rooms.map(room => getComputedStyle(room).backgroundColor);
                }""");
    }

    @Test
    void aRoomToReadIsLaidOutFromRightToLeft() throws Exception {
        var ann = guest("ann");
        say(ann, "مرحبا");
        message(ann, "مرحبا");
        var body = "<chat-room room=\"" + room + "\" username=\"visitor\" lang=\"ar\" readonly></chat-room>";
        try (var page = new EmbeddingPage(base, body)) {
            var visitor = browser(new NewContextOptions());
            visitor.navigate(page.address());

            assertThat(visitor.locator("chat-room .line")).containsText("مرحبا");
            assertThat(visitor.locator("chat-room textarea")).hasCount(0);
            org.assertj.core.api.Assertions.assertThat(
                            visitor.evaluate(
                                    "getComputedStyle(document.querySelector('chat-room').renderRoot.querySelector('header')).direction"))
                    .isEqualTo("rtl");
            assertAccessible(visitor, "from right to left");
        }
    }
}
