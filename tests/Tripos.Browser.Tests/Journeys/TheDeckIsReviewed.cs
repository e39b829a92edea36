using System.Text;
using Microsoft.Playwright;
using Tripos.Browser.Tests.Support;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Browser.Tests.Journeys;

/// <summary>Ada imports cards from Anki, reviews five of them by keyboard and sees what lies ahead; looked at on every page.</summary>
public sealed class TheDeckIsReviewed(TriposSite site, Chromium chromium) : IClassFixture<TriposSite>
{
    private const string FromAnki = "#separator:tab\n#html:true\n#tags column:3\nWhat is the capital of <b>Portugal</b>?\tLisbon\tgeography\n{{c1::Mitochondria}} make most of the cell's {{c2::ATP::a molecule}}.\t\tbiology\nonly a front\n";

    [Theory]
    [InlineData("light", ColorScheme.Light, 1200, 800)]
    [InlineData("dark", ColorScheme.Dark, 1200, 800)]
    [InlineData("phone", ColorScheme.Light, 360, 740)]
    [InlineData("zoomed", ColorScheme.Light, 600, 400)] // 1200 x 800 at 200 %
    public async Task Cards_are_imported_and_reviewed_by_keyboard(string name, ColorScheme scheme, int width, int height)
    {
        await StartAgainAsync();
        await using var context = await site.OpensBrowser(chromium, Ada, scheme, width, height);
        var page = await context.NewPageAsync();
        var look = new Look(page, name);
        await look.At("/review", "deck-empty");

        await page.GotoAsync("/review/import");
        await look.Now("deck-import");
        await page.GetByLabel("Text or CSV file").SetInputFilesAsync(new FilePayload { Name = "cards.txt", MimeType = "text/plain", Buffer = Encoding.UTF8.GetBytes(FromAnki) });
        await page.GetByRole(AriaRole.Button, new() { Name = "Check the file" }).ClickAsync();
        await Assertions.Expect(page.GetByText("The back is empty.")).ToBeVisibleAsync();
        await look.Now("deck-import-found");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add 3 cards" }).ClickAsync();
        await Assertions.Expect(page.GetByText("2 notes were added to your deck.")).ToBeVisibleAsync();
        var test = await site.HasTest(2);
        await site.Sits(Ada, test, "b", "b");
        await site.RunFoldsAsync();

        await page.GotoAsync("/review");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "5 cards for today" })).ToBeVisibleAsync();
        await look.Now("deck");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/review/session");
        for (int card = 0; card < 5; card++)
        {
            await ReviewAsync(page, look, card);
        }

        await page.Keyboard.PressAsync("u");
        await page.WaitForURLAsync("**/review/session?card=*");
        Assert.Equal(1L, await site.Value<long>("SELECT count(*) FROM card_reviews WHERE learner_id = $1 AND source = 'deck' AND undone_at IS NOT NULL", Ada.Id));

        await BackInTimeAsync();
        await page.GotoAsync("/review");
        await page.GetByText("The same as a table").First.ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "Forecast by day" })).ToBeVisibleAsync();
        await look.Now("deck-forecast");
        foreach (var (path, picture) in new[] { ("/review/cards", "deck-cards"), ("/review/plan?days=5", "deck-plan"), ("/review/settings", "deck-settings"), ("/review/notes/new", "deck-note") })
        {
            await look.At(path, picture);
        }
    }

    /// <summary>Questions are answered with keys, the other cards are shown; all are rated.</summary>
    private static async Task ReviewAsync(IPage page, Look look, int card)
    {
        bool asksQuestion = await page.Locator("[data-options]").CountAsync() > 0;
        if (asksQuestion)
        {
            await Assertions.Expect(page.Locator("[data-learner-view][data-live]")).ToBeVisibleAsync();
            await page.Keyboard.PressAsync("1");
            await Assertions.Expect(page.Locator("[data-options] input").First).ToBeCheckedAsync();
        }

        await look.Now(asksQuestion ? "deck-question" : "deck-note-asked");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync(asksQuestion ? "**/review/session?answered=*" : "**/review/session?show=*");
        await look.Now(asksQuestion ? "deck-question-answered" : "deck-note-shown");
        await page.Keyboard.PressAsync(card % 2 == 0 ? "3" : "4");
        await page.WaitForURLAsync("**/review/session");
    }

    private async Task StartAgainAsync()
    {
        await site.Run("DELETE FROM review_cards WHERE learner_id = $1", Ada.Id);
        await site.Run("DELETE FROM notes WHERE learner_id = $1", Ada.Id);
    }

    /// <summary>Weeks of reviews, so that charts have something to show.</summary>
    private async Task BackInTimeAsync()
    {
        for (int i = 0; i < 12; i++)
        {
            long card = await site.HasNoteCard();
            await site.Rates(card, "easy");
            await site.Ages(card, 9 + i);
            await site.Rates(card, i % 5 == 0 ? "again" : "good");
            await site.Ages(card, 6 + i);
        }
    }
}
