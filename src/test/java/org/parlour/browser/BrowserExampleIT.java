package org.parlour.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The example for the browser, served and opened as its first lines say. */
class BrowserExampleIT extends InChromium {

    @Test
    void joinsSpeaksListensAndShowsTheHistory() throws Exception {
        var ann = guest("ann");
        say(ann, "before");
        message(ann, "before");
        try (var example = new EmbeddingPage(Path.of("examples/browser/index.html"))) {
            var page = browser(new NewContextOptions());
            page.navigate(example.address() + "?server=" + base + "&room=" + room + "&username=example");
            assertThat(ann.locator("people-panel li")).hasCount(2);

            say(ann, "welcome");
            assertThat(page.locator("#messages li")).hasText(new String[] {"ann: welcome"});
            page.fill("#text", "hello from a page");
            page.click("#form button >> nth=0");
            message(ann, "hello from a page");
            page.click("#earlier");

            assertThat(page.locator("#messages li"))
                    .hasText(new String[] {"ann: before", "ann: welcome", "example: hello from a page"});
        }
    }
}
