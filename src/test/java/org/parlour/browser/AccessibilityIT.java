package org.parlour.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every view keeps the rules that axe can check, light and dark. */
class AccessibilityIT extends InChromium {

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void allViewsOfAGuest(ColorScheme scheme) {
        var page = browser(new NewContextOptions().setColorScheme(scheme));
        page.navigate(address("room/" + room));
        assertAccessible(page, "coming in");
        page.click("#tab-signUp");
        assertAccessible(page, "a new account");
        page.click("#tab-guest");
        joinAs(page, "ann");
        page.waitForSelector(".empty");
        assertAccessible(page, "an empty room");

        var bob = guest("bob");
        List.of("Hello @ann **bold** `code` https://example.org", "> quote\n```\ncode\n```", "/me waves")
                .forEach(text -> say(bob, text));
        message(page, "bob waves");
        say(page, "My own");
        message(page, "My own");
        assertAccessible(page, "a talk");
        message(page, "My own").focus();
        page.keyboard().press("Enter");
        page.waitForSelector("[role=menuitem]");
        assertAccessible(page, "a menu");
        page.keyboard().press("Escape");

        for (var dialog : List.of("keys", "new", "find", "preferences", "topic")) {
            page.evaluate(
                    "what => document.querySelector('parlour-app').renderRoot.querySelector('chat-view')"
                            + ".dispatchEvent(new CustomEvent('ask', {detail: {what, with: {chat: document.querySelector('parlour-app').renderRoot.querySelector('chat-view').chat}}}))",
                    dialog);
            page.waitForSelector("dialog[open]");
            assertAccessible(page, "the dialog " + dialog);
            page.keyboard().press("Escape");
            assertThat(page.locator("dialog")).hasCount(0);
        }

        page.setViewportSize(390, 780);
        assertAccessible(page, "a phone");
        page.click(".back");
        assertAccessible(page, "the list on a phone");
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void allViewsOfAnAdministrator(ColorScheme scheme) {
        var page = browser(new NewContextOptions().setColorScheme(scheme));
        page.navigate(address("room/" + room));
        administrator(page);

        page.navigate(address("admin"));
        page.waitForSelector("parlour-admin table");
        assertAccessible(page, "the administration");
        page.fill("parlour-admin input[name=person]", "nobody-of-this-name");
        page.click("parlour-admin button:has-text('Disable')");
        page.waitForSelector("parlour-admin [role=alert]");
        assertAccessible(page, "a refusal");
        expectComplaints("404");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ar", "de", "es"})
    void otherLanguages(String language) {
        var page = browser(new NewContextOptions().setLocale(language));
        page.navigate(address("room/" + room));
        joinAs(page, "ann");
        say(page, "Hello");
        message(page, "Hello");

        assertThat(page.locator("html")).hasAttribute("lang", language);
        assertThat(page.locator("html")).hasAttribute("dir", language.equals("ar") ? "rtl" : "ltr");
        assertAccessible(page, language);
    }
}
