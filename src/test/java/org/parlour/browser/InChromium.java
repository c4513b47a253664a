package org.parlour.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.parlour.it.ServerProcess;

/**
 * Tests with people who sit at a browser. One server and one browser serve all of them; each test has a room of its own. Whatever the
 * browser complains about on its console fails the test.
 */
abstract class InChromium {

    static final String PASSWORD = "correct horse battery staple";
    static final String ADMINISTRATOR = "the.root";

    private static final double PATIENCE = 20_000;

    private static Browser browser;
    private static ServerProcess server;

    private final List<BrowserContext> contexts = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();

    URI base;
    String room;

    @BeforeEach
    void sitDown() throws Exception {
        var chromium = chromium();
        assumeTrue(
                chromium != null || System.getenv("CI") != null,
                "No Chromium here: install it (Debian: apt-get install chromium), or name it in CHROMIUM.");
        assertThat(chromium).as("a Chromium, which CI has to have").isNotNull();
        if (browser == null) {
            // The one of the system: nothing is downloaded.
            browser = Playwright.create(
                            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")))
                    .chromium()
                    .launch(new LaunchOptions()
                            .setExecutablePath(chromium)
                            .setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage")));
        }
        if (server == null) {
            server = serve();
        }
        base = server.address();
        room = "room-" + UUID.randomUUID().toString().substring(0, 8);
    }

    private static ServerProcess serve() throws IOException, InterruptedException {
        var started = new ServerProcess(
                        "browser",
                        "-Dparlour.bootstrap-administrator=" + ADMINISTRATOR,
                        "-Dparlour.address-registrations-per-hour=1000",
                        "-Dparlour.address-logins-per-minute=1000",
                        "-Dparlour.allowed-origins=http://localhost:" + EmbeddingPage.PORT)
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(started::close));
        return started;
    }

    private static Path chromium() {
        return Stream.of(System.getenv("CHROMIUM"), "/usr/bin/chromium", "/usr/bin/google-chrome")
                .filter(path -> path != null && Files.isExecutable(Path.of(path)))
                .map(Path::of)
                .findFirst()
                .orElse(null);
    }

    @AfterEach
    void getUp() {
        contexts.forEach(BrowserContext::close);
        assertThat(complaints).as("what the browser complains about").isEmpty();
    }

    /** Drops complaints that the test itself provokes. */
    void expectComplaints(String part) {
        complaints.removeIf(complaint -> complaint.contains(part));
    }

    /** Somebody's browser with an empty memory. */
    Page browser(NewContextOptions options) {
        var context = browser.newContext(options);
        context.setDefaultTimeout(PATIENCE);
        contexts.add(context);
        var page = context.newPage();
        watch(page);
        return page;
    }

    void watch(Page page) {
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                complaints.add(message.text() + " (" + message.location() + ")");
            }
        });
        page.onPageError(complaints::add);
        page.onDialog(dialog -> {
            complaints.add("a dialog: " + dialog.message());
            dialog.dismiss();
        });
    }

    /** A guest in the room. */
    Page guest(String name) {
        return guest(name, new NewContextOptions());
    }

    Page guest(String name, NewContextOptions options) {
        var page = browser(options);
        page.navigate(address("room/" + room));
        joinAs(page, name);
        return page;
    }

    static void joinAs(Page page, String name) {
        page.fill("input[name=username]", name);
        page.click("join-view button.main");
        page.waitForSelector("chat-composer textarea");
        awaitTrue(page, "document.querySelector('parlour-app').chats.state === 'open'", null, PATIENCE);
    }

    /** Somebody with a new account, in the room. */
    Page account(String name) {
        var page = browser(new NewContextOptions());
        page.navigate(address("room/" + room));
        page.click("#tab-signUp");
        page.fill("input[name=username]", name);
        page.fill("input[name=password]", PASSWORD);
        page.click("join-view button.main");
        page.waitForSelector("chat-composer textarea");
        return page;
    }

    /** Signs the administrator in, who may be new. */
    void administrator(Page page) {
        page.click("#tab-signUp");
        page.fill("input[name=username]", ADMINISTRATOR);
        page.fill("input[name=password]", PASSWORD);
        page.click("join-view button.main");
        page.waitForSelector("chat-composer textarea, join-view [role=alert]");
        if (page.locator("join-view [role=alert]").count() > 0) {
            expectComplaints("409");
            page.click("#tab-signIn");
            page.fill("input[name=password]", PASSWORD);
            page.click("join-view button.main");
            page.waitForSelector("chat-composer textarea");
        }
    }

    String address(String route) {
        return base + "#/" + route;
    }

    static void say(Page page, String text) {
        page.fill("chat-composer textarea", text);
        page.press("chat-composer textarea", "Enter");
    }

    /** The message of this text, once it is shown. */
    static Locator message(Page page, String text) {
        var line = page.locator(".line", new Page.LocatorOptions().setHasText(text))
                .last();
        line.waitFor();
        return line;
    }

    /** Playwright's own waiting would evaluate text in the page, which its policy forbids. @param patience milliseconds */
    static void awaitTrue(Page page, String condition, Object argument, double patience) {
        var deadline = System.nanoTime() + (long) (patience * 1e6);
        while (!Boolean.TRUE.equals(page.evaluate(condition, argument))) {
            assertThat(System.nanoTime()).as(condition).isLessThan(deadline);
            page.waitForTimeout(100);
        }
    }

    /** No violation of the rules that a machine can check. */
    static void assertAccessible(Page page, String view) {
        var violations = new AxeBuilder(page).analyze().getViolations();
        assertThat(violations)
                .as(view)
                .extracting(rule -> rule.getId() + ": "
                        + rule.getNodes().stream()
                                .map(node -> node.getTarget() + " " + node.getHtml())
                                .toList())
                .isEmpty();
    }
}
