using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Tripos.Browser.Tests.Support;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Browser.Tests.Journeys;

/// <summary>Files → what we found → done → keys by keyboard; looked at on every page.</summary>
public sealed class AnAuthorImportsAndKeys(TriposSite site, Chromium chromium) : IClassFixture<TriposSite>
{
    [Theory]
    [InlineData("light", ColorScheme.Light, 1200, 800)]
    [InlineData("dark", ColorScheme.Dark, 1200, 800)]
    [InlineData("phone", ColorScheme.Light, 360, 740)]
    [InlineData("zoomed", ColorScheme.Light, 600, 400)]
    public async Task The_wizard_and_the_key_editor_are_accessible_and_work_by_keyboard(string name, ColorScheme scheme, int width, int height)
    {
        await using var context = await site.OpensBrowser(chromium, Tess, scheme, width, height);
        var page = await context.NewPageAsync();
        var look = new Look(page, name);

        await look.At("/import", "import");
        await page.GetByLabel("Files").SetInputFilesAsync([Exam($"{name} Quiz.json"), new() { Name = "broken.json", MimeType = "application/json", Buffer = "{ \"questions\": }"u8.ToArray() }]);
        await page.GetByRole(AriaRole.Button, new() { Name = "Check the files" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "What we found" })).ToBeVisibleAsync();
        await page.GetByText("The first 2 questions").ClickAsync();
        await look.Now("import-preview");
        await page.GetByRole(AriaRole.Button, new() { Name = "Import 1 file" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Imported", Exact = true })).ToBeVisibleAsync();
        await look.Now("import-done");

        await page.GetByRole(AriaRole.Link, new() { Name = "Set the keys" }).ClickAsync();
        await Assertions.Expect(page.GetByText("2 questions of 2 without a key.")).ToBeVisibleAsync();
        await look.Now("keys");
        await page.Keyboard.PressAsync("2");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByText("1 question of 2 without a key.")).ToBeVisibleAsync();
        await page.WaitForLoadStateAsync();
        await page.Keyboard.PressAsync("1");
        await page.Keyboard.PressAsync("3");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByText("Every question has a key")).ToBeVisibleAsync();
        await page.WaitForLoadStateAsync();
        await page.Keyboard.PressAsync("1");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^regrade question") })).ToBeVisibleAsync();
        await look.Now("keys-changed");
    }

    private static FilePayload Exam(string fileName) => new()
    {
        Name = fileName,
        MimeType = "application/json",
        Buffer = Encoding.UTF8.GetBytes($$"""
            {"id": "{{fileName}}", "title": "{{fileName}}", "questions": [
              {"question": "<p>What does {{fileName}} print?</p><pre><code class=\"language-python\">for i in range(2):\n    print(i)</code></pre>", "options": ["<code>1 2</code>", "<code>0 1</code>", "Nothing"]},
              {"question": "Which are <strong>falsy</strong> in {{fileName}}?", "type": "Multiple Choice", "options": ["0", "'0'", "''"], "audioSrc": "x.mp3", "parts": []}
            ]}
            """),
    };
}
