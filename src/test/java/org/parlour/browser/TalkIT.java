package org.parlour.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** People talk with each other on the page. */
class TalkIT extends InChromium {

    @Test
    void twoPeopleTalkAndSeeThatTheOtherTypes() {
        var ann = guest("ann");
        var bob = guest("bob");

        say(ann, "Hello **bob**");
        message(bob, "Hello bob");
        bob.locator("chat-composer textarea").pressSequentially("hm");

        assertThat(ann.locator(".typing")).containsText("bob is typing");
        bob.press("chat-composer textarea", "Enter");
        message(ann, "hm");
        assertThat(ann.locator(".typing")).not().containsText("bob");
        assertThat(ann.locator(".line.own .state").first()).hasAttribute("title", "Sent");
        assertThat(bob.locator("people-panel li")).hasCount(2);
    }

    @Test
    void aReplyQuotesWhatItAnswersAndLeadsThere() {
        var ann = guest("ann");
        var bob = guest("bob");
        say(ann, "What time is it?");

        message(bob, "What time").hover();
        bob.click("[data-do=reply]");
        say(bob, "Noon");

        assertThat(message(ann, "Noon").locator(".quote")).containsText("What time is it?");
        message(ann, "Noon").locator(".quote").click();
        assertThat(ann.locator(".line:focus")).containsText("What time is it?");
    }

    @Test
    void whatOneDoesAndWhatTheRoomIsAboutAreTold() {
        var ann = guest("ann");
        var bob = guest("bob");

        say(ann, "/me waves");
        say(ann, "/topic Release on Friday");

        message(bob, "ann waves");
        assertThat(bob.locator("chat-view .topic")).hasText("Release on Friday");
        assertThat(ann.locator("chat-view .topic")).hasText("Release on Friday");
    }

    @Test
    void twoPeopleWriteToEachOtherAlone() {
        var ann = guest("ann");
        var bob = guest("bob");
        var carol = guest("carol");
        assertThat(ann.locator("people-panel li")).hasCount(3);

        ann.click("people-panel li:has-text('bob') button");
        ann.click("[role=menuitem]:has-text('Write to bob')");
        say(ann, "Between you and me");

        bob.click("room-list a:has-text('ann')");
        message(bob, "Between you and me");
        say(bob, "Of course");
        message(ann, "Of course");
        assertThat(carol.locator("room-list")).not().containsText("Between");
    }

    @Test
    void whatIsNotReadIsCountedMarkedAndJumpedTo() {
        var ann = guest("ann");
        var bob = guest("bob");
        for (int i = 0; i < 40; i++) {
            say(ann, "line " + i);
        }
        message(bob, "line 39");
        // Somebody scrolls up, and is left there.
        bob.locator(".scroller").evaluate("e => { e.scrollTop = 200; }");
        bob.waitForSelector(".jump:not([hidden])");
        var before = bob.locator(".scroller").evaluate("e => e.scrollTop");
        say(ann, "one more");
        assertThat(bob.locator(".jump .count")).hasText("1");
        org.assertj.core.api.Assertions.assertThat(bob.locator(".scroller").evaluate("e => e.scrollTop"))
                .isEqualTo(before);
        bob.click(".jump");
        assertThat(bob.locator(".jump")).isHidden();

        // Somebody is elsewhere.
        bob.evaluate("location.hash = '#/room/" + room + "-b'");
        assertThat(bob.locator("chat-view h1")).hasText(room + "-b");
        say(ann, "while you were away");
        say(ann, "and another");
        assertThat(bob.locator("room-list a.new .count")).containsText("2");
        assertThat(bob).hasTitle(Pattern.compile("^\\(2\\).*"));

        bob.click("room-list a.new");
        assertThat(bob.locator(".divider")).hasText("New messages");
        assertThat(bob.locator("room-list a.new")).hasCount(0);
    }

    @Test
    void whatIsWrittenWithoutAConnectionIsSentWhenItIsBack() {
        var ann = guest("ann");
        var bob = guest("bob");
        ann.context().setOffline(true);
        ann.evaluate("dispatchEvent(new Event('offline'))");

        say(ann, "from the tunnel");
        ann.context().setOffline(false);

        message(bob, "from the tunnel");
        assertThat(message(ann, "from the tunnel").locator(".state")).hasAttribute("title", "Sent");
        assertThat(bob.locator(".line:has-text('from the tunnel')")).hasCount(1);
        expectComplaints("ERR_INTERNET_DISCONNECTED");
    }

    @Test
    void aModeratorMutesPutsOutAndDeletesAndTheRefusedCanTryAgain() {
        var owner = account("owner" + room.substring(5));
        // Whoever makes a room over REST owns it.
        room = room + "-own";
        owner.click("room-list .head button >> nth=1");
        owner.fill("dialog input[name=room]", room);
        owner.click("dialog button.main:not(.round)");
        assertThat(owner.locator("chat-view h1")).hasText(room);
        var guest = guest("guest");
        say(guest, "something rude");

        message(owner, "something rude")
                .click(new com.microsoft.playwright.Locator.ClickOptions()
                        .setButton(com.microsoft.playwright.options.MouseButton.RIGHT));
        owner.click("[role=menuitem]:has-text('Delete')");
        assertThat(guest.locator(".gone")).hasText("This message was deleted.");

        owner.click("people-panel li:has-text('guest') button");
        owner.click("[role=menuitem]:has-text('Mute')");
        owner.click("dialog button.main.danger");
        assertThat(guest.locator(".note").last()).containsText("muted guest");
        say(guest, "but I");
        assertThat(guest.locator(".line.failed")).containsText("but I");
        owner.click("people-panel li:has-text('guest') button");
        owner.click("[role=menuitem]:has-text('Unmute')");
        assertThat(guest.locator(".note").last()).containsText("let guest speak again");
        guest.click(".failed [data-do=retry]");
        message(owner, "but I");

        owner.click("people-panel li:has-text('guest') button");
        owner.click("[role=menuitem]:has-text('Put out')");
        owner.fill("dialog input[name=reason]", "Enough for today");
        owner.click("dialog button.main.danger");
        assertThat(owner.locator("people-panel li")).hasCount(1);
    }

    @Test
    void severalTabsOfOnePersonAgree() {
        var ann = guest("ann");
        var second = ann.context().newPage();
        watch(second);
        second.navigate(address("room/" + room));
        second.waitForSelector("chat-composer textarea");
        var bob = guest("bob");

        say(bob, "hello both");
        message(ann, "hello both");
        message(second, "hello both");
        say(second, "from the second");
        message(ann, "from the second");

        assertThat(bob.locator("people-panel li")).hasCount(2);
        assertThat(ann.locator(".line:has-text('from the second')")).hasClass(Pattern.compile(".*\\bown\\b.*"));
    }

    @Test
    void everythingGoesWithTheKeyboardAlone() {
        var ann = guest("ann");
        say(ann, "first");
        say(ann, "second");
        message(ann, "second");

        ann.keyboard().press("Escape");
        ann.keyboard().press("ArrowUp");
        ann.keyboard().press("ArrowUp");
        assertThat(ann.locator(".line:focus")).containsText("first");
        ann.keyboard().press("r");
        ann.keyboard().type("third");
        ann.keyboard().press("Enter");
        assertThat(message(ann, "third").locator(".quote")).containsText("first");

        ann.keyboard().press("Escape");
        ann.keyboard().press("n");
        assertThat(ann.locator("dialog input").first()).isFocused();
        ann.keyboard().type(room + "-2");
        ann.keyboard().press("Enter");
        assertThat(ann.locator("chat-view h1")).hasText(room + "-2");
        ann.keyboard().press("Alt+ArrowUp");
        assertThat(ann.locator("chat-view h1")).hasText(Pattern.compile(room + "$|general"));
        ann.keyboard().press("Control+k");
        assertThat(ann.locator("dialog input")).isFocused();
        ann.keyboard().press("Escape");
        assertThat(ann.locator("dialog")).hasCount(0);
    }

    @Test
    void aPhoneShowsOneThingAtATime() {
        var ann = guest(
                "ann",
                new NewContextOptions()
                        .setViewportSize(390, 780)
                        .setHasTouch(true)
                        .setIsMobile(true));

        say(ann, "from my phone");
        message(ann, "from my phone").tap();
        assertThat(ann.locator(".line.touched .tools")).isVisible();
        assertThat(ann.locator("room-list")).isHidden();
        ann.click(".back");
        assertThat(ann.locator("room-list")).isVisible();
        assertThat(ann.locator("chat-view")).hasCount(0);
        org.assertj.core.api.Assertions.assertThat(overflows(ann)).isEqualTo(false);
    }

    private static Object overflows(Page page) {
        return page.evaluate("document.documentElement.scrollWidth > innerWidth");
    }
}
