using System.Text.Json;
using Microsoft.Playwright;
using Tripos.Browser.Tests.Support;
using Tripos.Server.Tests.Support;
using static Microsoft.Playwright.Assertions;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Browser.Tests.Journeys;

/// <summary>Every way of answering: by keyboard alone, saved, still there after a reload, handed in and reviewed; looked at in every look.</summary>
public sealed class EveryKindByKeyboard(TriposSite site, Chromium chromium) : IClassFixture<TriposSite>
{
    [Theory]
    [InlineData("light", ColorScheme.Light, 1200, 800)]
    [InlineData("dark", ColorScheme.Dark, 1200, 800)]
    [InlineData("phone", ColorScheme.Light, 360, 740)]
    [InlineData("zoomed", ColorScheme.Light, 600, 400)]
    public async Task Each_kind_is_answered_saved_kept_and_reviewed(string name, ColorScheme scheme, int width, int height)
    {
        var test = await site.HasTestOf(EveryKind.All, $"Every kind, {name}");
        await using var context = await site.OpensBrowser(chromium, Ada, scheme, width, height);
        await MadeMedia.ServeAsync(context);
        var page = await context.NewPageAsync();
        var look = new Look(page, name);
        var player = await new PlayerPage(page).Start(test);
        var attempt = PlayerPage.AttemptOf(page);

        for (int position = 1; position <= EveryKind.All.Count; position++)
        {
            string interaction = (await player.Question(position).GetAttributeAsync("data-interaction"))!;
            await AnswerAsync(page, player.Question(position), interaction);
            await player.IsSaved();
            await look.Now($"kind-{interaction}");
            await page.EvaluateAsync($"location.hash = '#q-{position + 1}'");
        }

        await page.ReloadAsync();
        await player.IsReady();
        for (int position = 1; position <= EveryKind.All.Count; position++)
        {
            string interaction = (await player.Question(position).GetAttributeAsync("data-interaction"))!;
            var stored = await site.StoredAt(attempt, position);
            Assert.True(interaction == "spoken" || Expected(interaction) == Shape(stored), $"{interaction}: {Shape(stored)}");
        }

        await player.Submit();
        await look.Now("kinds-result");
    }

    [Fact]
    public async Task Every_kind_fits_from_right_to_left()
    {
        var test = await site.HasTestOf(EveryKind.All, "From right to left");
        await using var context = await site.OpensBrowser(chromium, Ada, width: 600);
        await MadeMedia.ServeAsync(context);
        await context.AddInitScriptAsync("document.addEventListener('DOMContentLoaded', () => { document.documentElement.dir = 'rtl'; })");
        var page = await context.NewPageAsync();
        var player = await new PlayerPage(page).Start(test);

        await player.ShowAll();
        await new Look(page, "rtl").Now("kinds-all");
        await player.Question(9).Locator("[data-words] input").Nth(0).FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight"); // the text itself is English and runs to the right

        await Expect(player.Question(9).Locator("[data-words] input").Nth(0)).Not.ToBeFocusedAsync();
    }

    /// <summary>Nothing but keys, from the heading of the question on.</summary>
    private static async Task AnswerAsync(IPage page, ILocator question, string interaction)
    {
        var keys = page.Keyboard;
        switch (interaction)
        {
            case "choice":
                await keys.PressAsync("1");
                await keys.PressAsync("2");
                break;
            case "matching":
                await TabTo(page, question.Locator("select").Nth(0));
                await keys.PressAsync("O");
                await keys.PressAsync("Tab");
                await keys.PressAsync("P");
                break;
            case "ordering":
                await TabTo(page, question.Locator("[data-shift='1']").Nth(0));
                await keys.PressAsync("Enter");
                await keys.PressAsync("4");
                break;
            case "typed-gaps":
                await TabTo(page, question.Locator("input[data-gap='1']"));
                await keys.TypeAsync("100");
                await keys.PressAsync("Tab");
                await keys.TypeAsync("32");
                break;
            case "chosen-gaps":
                await TabTo(page, question.Locator("select").Nth(0));
                await keys.TypeAsync("lived");
                await keys.PressAsync("Tab");
                await keys.TypeAsync("since");
                break;
            case "word-bank":
                await TabTo(page, question.GetByRole(AriaRole.Button, new() { Name = "sun", Exact = true }));
                await keys.PressAsync("Enter");
                await TabTo(page, question.Locator("[data-fills='1']"));
                await keys.PressAsync("Enter");
                await TabTo(page, question.Locator("[data-fills='2']"));
                await keys.PressAsync("Enter");
                await question.GetByRole(AriaRole.Button, new() { Name = "west", Exact = true }).FocusAsync();
                await keys.PressAsync("Enter");
                break;
            case "short-text":
                await TabTo(page, question.Locator("[data-text]"));
                await keys.TypeAsync("george eliot");
                break;
            case "numeric":
                await TabTo(page, question.Locator("[data-text]"));
                await keys.TypeAsync("384000");
                await keys.PressAsync("Tab");
                await keys.PressAsync("k");
                break;
            case "hot-text":
                await TabTo(page, question.Locator("[data-words] input").Nth(0));
                await keys.PressAsync("ArrowRight");
                await keys.PressAsync("Space");
                await keys.PressAsync("ArrowRight");
                await keys.PressAsync("ArrowRight");
                await keys.PressAsync("Space");
                break;
            case "hot-spot":
                await TabTo(page, question.Locator("[data-stage]"));
                await keys.PressAsync("Enter");
                await keys.PressAsync("ArrowLeft");
                await keys.PressAsync("ArrowUp");
                await keys.PressAsync("Shift+ArrowUp");
                await keys.PressAsync("Enter");
                break;
            case "written":
                await TabTo(page, question.Locator("[data-text]"));
                await keys.TypeAsync("Yes, but not for everyone.");
                await keys.PressAsync("Enter");
                await keys.TypeAsync("Some people cannot walk.");
                break;
            case "dictation":
                await TabTo(page, question.Locator("[data-text]"));
                await keys.TypeAsync("The library open at nine weekdays");
                break;
            case "code":
                await TabTo(page, question.Locator("[data-text]"));
                await keys.PressAsync("Control+End");
                await keys.TypeAsync("if word:");
                await keys.PressAsync("Enter");
                await keys.PressAsync("Tab");
                await keys.TypeAsync("return 1");
                await keys.PressAsync("Escape");
                await keys.PressAsync("Tab");
                await Expect(question.Locator("[data-text]")).Not.ToBeFocusedAsync();
                break;
        }
    }

    private static string Expected(string interaction) => interaction switch
    {
        "choice" => """{"chosen":["a","b"]}""",
        "matching" => """{"pairs":{"p1":"a1","p2":"a4"}}""",
        "ordering" => "4",
        "typed-gaps" => """{"gaps":{"1":"100","2":"32"}}""",
        "chosen-gaps" => """{"gaps":{"1":"a","2":"a"}}""",
        "word-bank" => """{"gaps":{"1":"s","2":"w"}}""",
        "short-text" => """{"text":"george eliot"}""",
        "numeric" => """{"unit":"km","value":"384000"}""",
        "hot-text" => """{"marked":[1,3]}""",
        "hot-spot" => """{"points":[{"x":0.5,"y":0.5},{"x":0.48,"y":0.475}]}""",
        "written" => """{"text":"Yes, but not for everyone.\nSome people cannot walk."}""",
        "dictation" => """{"text":"The library open at nine weekdays"}""",
        "code" => """{"code":"def is_palindrome(word):\n    if word:\n    return 1"}""",
        "description" => """{"seen":true}""",
        _ => "",
    };

    // Shuffled orders differ from attempt to attempt: there, that every part has a place.
    private static string Shape(JsonElement stored) => stored.ValueKind == JsonValueKind.Object && stored.TryGetProperty("order", out var order)
        ? $"{order.GetArrayLength()}"
        : JsonSerializer.Serialize(Sorted(stored), Json);

    private static readonly JsonSerializerOptions Json = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static object? Sorted(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => new SortedDictionary<string, object?>(value.EnumerateObject().ToDictionary(member => member.Name, member => Sorted(member.Value)), StringComparer.Ordinal),
        _ => value,
    };

    private static async Task TabTo(IPage page, ILocator target)
    {
        for (int presses = 0; presses < 60; presses++)
        {
            if (await target.EvaluateAsync<bool>("element => element === document.activeElement"))
            {
                return;
            }

            await page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"Tab does not reach {target}.");
    }
}
