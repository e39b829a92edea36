using Microsoft.Playwright;
using Tripos.Browser.Tests.Support;
using Tripos.Questions;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Browser.Tests.Journeys;

/// <summary>Questions of several kinds written by keyboard alone: seen before they are saved, changed, compared and brought back.</summary>
public sealed class AnAuthorWritesQuestions(TriposSite site, Chromium chromium) : IClassFixture<TriposSite>
{
    [Theory]
    [InlineData("light", ColorScheme.Light, 1200, 800)]
    [InlineData("dark", ColorScheme.Dark, 1200, 800)]
    [InlineData("phone", ColorScheme.Light, 360, 740)]
    [InlineData("zoomed", ColorScheme.Light, 600, 400)]
    public async Task From_a_first_question_to_an_old_version_brought_back(string name, ColorScheme scheme, int width, int height)
    {
        await using var context = await site.OpensBrowser(chromium, Tess, scheme, width, height);
        var page = await context.NewPageAsync();
        var look = new Look(page, name);
        await look.At("/questions/new", "bank-kinds");

        // A choice, with a row added and moved in place.
        await page.GotoAsync("/questions/new?kind=single-choice");
        await Type(page, "What is asked", "What is $2^3$ in **base ten**?");
        await Type(page, "Option 1", "6");
        await Type(page, "Option 2", "8");
        await Press(page, "Option 2 is right", "Space");
        await Press(page, "Remove option 4", "Enter");
        await Assertions.Expect(page.GetByLabel("Option 4", new() { Exact = true })).ToHaveCountAsync(0);
        await Assertions.Expect(page.GetByLabel("Option 2 is right", new() { Exact = true })).ToBeCheckedAsync();
        await Type(page, "Option 3", "9");
        await Press(page, "Move option 3 up", "Enter");
        await Assertions.Expect(page.GetByLabel("Option 2", new() { Exact = true })).ToHaveValueAsync("9");
        await Assertions.Expect(page.GetByLabel("Option 3 is right", new() { Exact = true })).ToBeCheckedAsync();
        await Type(page, "Explanation", "Two times two times two.");
        var preview = page.Locator("#preview");
        await Assertions.Expect(preview.GetByText("base ten")).ToBeVisibleAsync();
        await Assertions.Expect(preview.Locator("math")).ToBeVisibleAsync();
        await look.Now("bank-editor-choice");
        await page.GetByLabel("Status").SelectOptionAsync("live");
        await page.Keyboard.PressAsync("Control+Enter");
        await Assertions.Expect(page.GetByText("Saved as version 1.")).ToBeVisibleAsync();
        await look.Now("bank-question");

        // The same again: a change, the difference, and back.
        await page.GetByRole(AriaRole.Link, new() { Name = "Edit", Exact = true }).PressAsync("Enter");
        await page.WaitForURLAsync("**/edit"); // with its scripts
        await Type(page, "What is asked", "What is $2^3$ in **base two**?");
        await Assertions.Expect(preview.GetByText("base two")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Control+Enter");
        await Assertions.Expect(page.GetByText("Saved as version 2.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Changes since version 1" }).PressAsync("Enter");
        await Assertions.Expect(page.Locator("del")).ToHaveTextAsync("ten");
        await Assertions.Expect(page.Locator("ins")).ToHaveTextAsync("two");
        await look.Now("bank-compare");
        await page.GetByRole(AriaRole.Link, new() { Name = "Back to the question" }).PressAsync("Enter");
        await page.GetByRole(AriaRole.Button, new() { Name = "Restore version 1" }).PressAsync("Enter");
        await Assertions.Expect(page.GetByText("Version 3 says again what version 1 said.")).ToBeVisibleAsync();

        // Tried as a learner.
        await page.GetByRole(AriaRole.Link, new() { Name = "Try it" }).PressAsync("Enter");
        await page.Locator(".option").Filter(new() { HasText = "8" }).GetByRole(AriaRole.Radio).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Check the answer" }).PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Right", Exact = true })).ToBeVisibleAsync();
        await look.Now("bank-try");

        // An order, and gaps that appear as the text names them.
        await page.GotoAsync("/questions/new?kind=ordering");
        await Type(page, "What is asked", "Put the steps in order.");
        await Type(page, "Part 1", "Read");
        await Type(page, "Part 2", "Think");
        await Type(page, "Part 3", "Write");
        await page.Keyboard.PressAsync("Control+Enter");
        await Assertions.Expect(page.GetByText("Saved as version 1.")).ToBeVisibleAsync();
        await page.GotoAsync("/questions/new?kind=gap-typed");
        await Type(page, "What is asked", "Fill the gap.");
        await Type(page, "Text with gaps", "The [[1]] sat.");
        await Press(page, "Show the gaps below", "Enter");
        await Type(page, "Gap 1: what counts, one spelling a line", "cat");
        await Assertions.Expect(preview.GetByRole(AriaRole.Textbox)).ToBeVisibleAsync();
        await look.Now("bank-editor-gaps");
        await page.Keyboard.PressAsync("Control+Enter");
        await Assertions.Expect(page.GetByText("Saved as version 1.")).ToBeVisibleAsync();

        // All of them in the bank, two of them changed together.
        await page.GotoAsync("/questions?status=draft");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("x");
        await look.Now("bank");
        await page.GetByText("Change the ticked questions").PressAsync("Enter");
        await page.GetByLabel("Tag", new() { Exact = true }).FillAsync($"new {name}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add tag" }).PressAsync("Enter");
        await Assertions.Expect(page.GetByText($"1 question was tagged “new {name}”.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).PressAsync("Enter");
        await Assertions.Expect(page.GetByText("1 question is as it was.")).ToBeVisibleAsync();
    }

    public static TheoryData<string> Interactions => new(QuestionKinds.All.DistinctBy(kind => kind.Interaction).Select(kind => kind.Name));

    [Theory, MemberData(nameof(Interactions))]
    public async Task Every_editor_is_accessible_and_fits_a_phone(string kind)
    {
        await using var context = await site.OpensBrowser(chromium, Tess, ColorScheme.Light, 360, 740);
        var page = await context.NewPageAsync();

        await new Look(page, "phone").At($"/questions/new?kind={kind}", $"editor-{kind}");
    }

    [Fact]
    public async Task An_unfinished_question_leads_to_the_field_that_lacks_something()
    {
        await using var context = await site.OpensBrowser(chromium, Tess, script: false);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/questions/new?kind=true-false");
        await page.GetByLabel("Status").SelectOptionAsync("live");

        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "The question has no text. Write what is asked." }).ClickAsync();

        await Assertions.Expect(page.GetByLabel("What is asked")).ToBeFocusedAsync();
        await Assertions.Expect(page.GetByLabel("Option 1", new() { Exact = true })).ToHaveValueAsync("True");
    }

    /// <summary>As somebody without a mouse: the focus on the field, everything in it replaced.</summary>
    private static async Task Type(IPage page, string label, string text)
    {
        await page.GetByLabel(label, new() { Exact = true }).FocusAsync();
        await page.Keyboard.PressAsync("Control+A");
        await page.Keyboard.InsertTextAsync(text);
    }

    private static async Task Press(IPage page, string label, string key)
    {
        await page.GetByLabel(label, new() { Exact = true }).Or(page.GetByRole(AriaRole.Button, new() { Name = label, Exact = true })).First.FocusAsync();
        await page.Keyboard.PressAsync(key);
    }
}
