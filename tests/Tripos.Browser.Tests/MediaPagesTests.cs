using Microsoft.Playwright;
using Tripos.Browser.Tests.Support;
using Tripos.Server.Tests.Support;
using static Microsoft.Playwright.Assertions;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Browser.Tests;

/// <summary>The media library and the microphone check: looked at, worked through, and used by keyboard alone.</summary>
public sealed class MediaPagesTests(TriposSite site, Chromium chromium) : IClassFixture<TriposSite>
{
    [Theory]
    [InlineData("light", ColorScheme.Light, 1200, 800)]
    [InlineData("dark", ColorScheme.Dark, 1200, 800)]
    [InlineData("phone", ColorScheme.Light, 360, 740)]
    [InlineData("zoomed", ColorScheme.Light, 600, 400)]
    public async Task The_library_and_the_check_are_accessible_and_fit(string name, ColorScheme scheme, int width, int height)
    {
        var chart = await site.HasMedia(Sounds.Drawing($"Chart {name}"), "chart.svg", title: $"Exports by year, {name}", tags: "chart");
        var sound = await site.HasMedia(Sounds.Beep(900, tone: 200 + width), "lecture.wav", title: $"Lecture on tides, {name}");
        await site.HasQuestion(Exams.Choice($"What does the lecture say? ({name})", "a") with { Audio = new(sound.Sha256, sound.MediaType) });
        var test = await site.HasSpeakingTest();
        await using var context = await site.OpensBrowser(chromium, Tess, scheme, width, height);
        await context.GrantPermissionsAsync(["microphone"]);
        var page = await context.NewPageAsync();
        var look = new Look(page, name);

        await look.At($"/media?find={name}", "media");
        await look.At("/media?find=nothing+like+this", "media-none");
        await page.Locator("summary", new() { HasText = "Add a file" }).ClickAsync();
        await look.Now("media-upload");
        await look.At($"/media/files/{chart.Id}", "media-file");
        await look.At($"/media/files/{sound.Id}", "media-sound");

        await look.At($"/tests/{test}", "microphone-closed");
        await page.GetByRole(AriaRole.Button, new() { Name = "Try the microphone" }).ClickAsync();
        await Expect(page.Locator("[data-heard]")).ToHaveTextAsync("We hear you.");
        await look.Now("microphone-open");
    }

    [Fact]
    public async Task By_keyboard_alone_a_learner_hears_themselves()
    {
        await using var context = await site.OpensBrowser(chromium, Ada);
        await context.GrantPermissionsAsync(["microphone"]);
        var page = await OpenCheckAsync(context);

        await page.GetByRole(AriaRole.Button, new() { Name = "Try the microphone" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByLabel("Microphone", new() { Exact = true })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Record 5 seconds" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.GetByText("Listen to it.")).ToBeVisibleAsync(new() { Timeout = 20_000 });
        await page.Keyboard.PressAsync("Space"); // the sound has the focus
        await page.WaitForFunctionAsync("() => document.querySelector('[data-playback] audio').currentTime > 0.5");
        await page.GetByRole(AriaRole.Button, new() { Name = "Done" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Try the microphone" })).ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_learner_who_does_not_allow_the_microphone_reads_what_to_do()
    {
        await using var context = await site.OpensBrowser(chromium, Ada, width: 360, height: 740);
        var page = await OpenCheckAsync(context);
        var look = new Look(page, "phone");

        await page.GetByRole(AriaRole.Button, new() { Name = "Try the microphone" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("This page may not use the microphone.");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("allow the microphone, then try again");
        await look.Now("microphone-denied");
    }

    [Fact]
    public async Task An_author_adds_a_sound_plays_it_and_describes_it()
    {
        await using var context = await site.OpensBrowser(chromium, Tess);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/media");
        await page.Locator(".media-upload").EvaluateAsync("details => details.open = true");

        await page.GetByLabel("Picture or sound", new() { Exact = true }).SetInputFilesAsync(new FilePayload { Name = "bell.wav", MimeType = "audio/wav", Buffer = Sounds.Beep(1200, tone: 880) });
        await page.GetByRole(AriaRole.Button, new() { Name = "Add to the library" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("bell");
        await page.WaitForFunctionAsync("() => document.querySelector('.media-preview audio').duration > 1");
        await page.GetByLabel("Text alternative").FillAsync("A bell rings once.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.GetByText("Saved.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove from the library" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove", Exact = true }).ClickAsync();
        await page.WaitForURLAsync("**/media");
    }

    private async Task<IPage> OpenCheckAsync(IBrowserContext context)
    {
        var page = await context.NewPageAsync();
        page.PageError += (_, fault) => Assert.Fail(fault);
        await page.GotoAsync($"/tests/{await site.HasSpeakingTest()}");
        return page;
    }
}
