package org.parlour.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What people say is shown and never done, wherever it stands. A report of the policy would be on the console. */
class HostileTextIT extends InChromium {

    private static final List<String> HOSTILE = List.of(
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "<svg/onload=alert(1)>",
            "\"><iframe srcdoc='<script>alert(1)</script>'>",
            "javascript:alert(1)",
            "[x](javascript:alert(1))",
            "https://a.example/\"onmouseover=\"alert(1)",
            "**<b onclick=alert(1)>**",
            "`<img src=x onerror=alert(1)>`",
            "```\n<style>*{display:none}</style>\n```",
            "> <a href=javascript:alert(1)>x</a>",
            "${alert(1)} {{alert(1)}} <!--",
            "\u202Egnp.exe <script>");

    @Test
    void nothingThatIsSaidBecomesAnElement() {
        var ann = guest("ann");
        var bob = guest("bob");

        HOSTILE.forEach(text -> say(ann, text));
        say(ann, "/topic " + HOSTILE.get(1));
        say(ann, "/me " + HOSTILE.get(2));
        say(ann, "the end");

        message(bob, "the end");
        assertThat(bob.locator("chat-view .topic")).hasText(HOSTILE.get(1));
        for (var page : List.of(ann, bob)) {
            for (var element : List.of("script", "img", "iframe", "b[onclick]", "a[href^=javascript]", "style")) {
                org.assertj.core.api.Assertions.assertThat(
                                page.locator("chat-messages " + element).count())
                        .as(element)
                        .isZero();
            }
            org.assertj.core.api.Assertions.assertThat(
                            page.locator("chat-messages a").all())
                    .allMatch(link -> link.getAttribute("href").startsWith("https://a.example/"));
        }
    }

    @Test
    void noNameOfARoomAndNoRefusalBecomesAnElement() {
        var page = browser(new NewContextOptions());
        page.navigate(address("room/" + "%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E"));
        page.fill("input[name=username]", HOSTILE.get(1));
        page.click("join-view button.main");

        // Neither is a name: the refusal is shown.
        page.waitForSelector("[role=alert]");
        assertThat(page.locator("img")).hasCount(0);
    }
}
