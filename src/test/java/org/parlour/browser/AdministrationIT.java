package org.parlour.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;

/** What administrators do from their page, and what becomes of it. */
class AdministrationIT extends InChromium {

    @Test
    void guestsAreKeptOutOfARoomAndLetInAgain() {
        var guest = guest("guest");
        var page = administration();

        page.fill("parlour-admin form:has(input[name=person]):has(input[name=room]) input[name=person]", "guest");
        page.fill("parlour-admin form:has(input[name=person]):has(input[name=room]) input[name=room]", room);
        page.click("parlour-admin button:has-text('Ban from the room')");
        assertThat(page.locator("parlour-admin [role=status]")).hasText("Done.");
        assertThat(guest.locator("chat-composer textarea")).hasCount(0);
        assertThat(page.locator("parlour-admin tbody tr:has-text('BANNED'):has-text('" + room + "')"))
                .hasCount(1);

        page.click("parlour-admin button:has-text('Lift the ban')");
        assertThat(page.locator("parlour-admin tbody tr:has-text('UNBANNED'):has-text('" + room + "')"))
                .hasCount(1);
        guest.reload();
        guest.waitForSelector("chat-composer textarea");
    }

    @Test
    void aLiveRoomIsClosedAndOpenedAgain() {
        var guest = guest("guest");
        var page = administration();

        page.click("parlour-admin tr:has-text('" + room + "') button");
        assertThat(page.locator("parlour-admin [role=status]")).hasText("Done.");
        assertThat(guest.locator("chat-composer textarea")).hasCount(0);

        page.fill("parlour-admin section:has(h2:text-is('Rooms')) input[name=room]", room);
        page.click("parlour-admin button:has-text('Open room again')");
        guest.reload();
        guest.waitForSelector("chat-composer textarea");
        say(guest, "open again");
        message(guest, "open again");
    }

    @Test
    void anAccountIsDisabled() {
        var name = "rogue" + room.substring(5);
        var rogue = account(name);
        var page = administration();

        page.fill("parlour-admin section:has(h2:text-is('People')) input[name=person] >> nth=0", name);
        page.click("parlour-admin button:has-text('Disable account')");
        assertThat(page.locator("parlour-admin [role=status]")).hasText("Done.");
        assertThat(rogue.locator("chat-view .banner")).containsText("You are not connected.");
    }

    @Test
    void theFiguresAreShown() {
        guest("guest");
        var page = administration();

        for (var card : new String[] {"Connections", "Live rooms"}) {
            assertThat(page.locator("parlour-admin .card:has-text('" + card + "') b"))
                    .not()
                    .hasText("–");
        }
        assertThat(page.locator("parlour-admin .card:has-text('Database') b")).hasText("Answers");
        assertThat(page.locator("parlour-admin small-chart")).hasCount(5);
    }

    private Page administration() {
        var page = browser(new NewContextOptions());
        page.navigate(address("room/lobby"));
        administrator(page);
        page.navigate(address("admin"));
        page.waitForSelector("parlour-admin table");
        return page;
    }
}
