using Microsoft.Playwright;
using Tripos.Browser.Tests.Support;
using Tripos.Server.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Tripos.Browser.Tests.Journeys;

/// <summary>The main job on a fresh installation: a teacher imports exams and sets a missing key, a learner sits, loses the network, reloads, submits, reviews and finds it in the history.</summary>
public sealed class TheWholeStory(Chromium chromium)
{
    private const string Quiz = "unkeyed-module-2-quiz_20250610_v1.json";

    [Fact]
    public async Task From_the_file_to_what_was_learned()
    {
        await using var server = new ServerProcess();
        await server.StartAsync();
        var teacher = await server.SignsInAsync(chromium, "tess@demo.tripos");
        var title = await ImportsAndKeysAsync(teacher);

        var learner = await server.SignsInAsync(chromium, "ada@demo.tripos");
        await learner.GotoAsync("/tests");
        await learner.GetByRole(AriaRole.Link, new() { Name = title }).First.ClickAsync();
        await learner.Locator("form button.large").ClickAsync();
        var player = new PlayerPage(learner);
        await player.IsReady();
        await player.Choose(1, 1);
        await player.IsSaved();
        await player.IsKeptForOffline();
        await LosesTheNetworkAsync(learner, player);
        await player.Submit();

        await Expect(learner.Locator(".stats")).ToContainTextAsync("3 of 8");
        await Expect(learner.GetByText("Your answer", new() { Exact = true })).ToHaveCountAsync(3);
        await learner.GotoAsync("/history");
        await Expect(learner.GetByRole(AriaRole.Link, new() { Name = title }).First).ToBeVisibleAsync();
        await Expect(learner.GetByText("3 of 8 answered")).ToBeVisibleAsync();
    }

    private static async Task<string> ImportsAndKeysAsync(IPage teacher)
    {
        // A copy under another name and id, so that it is a new exam beside the demo school's own.
        string exam = (await File.ReadAllTextAsync(Path.Combine(SourceTree.Root, "samples/python-entry", Quiz))).Replace("\"tripos-", "\"story-", StringComparison.Ordinal);
        string title = System.Text.Json.JsonDocument.Parse(exam).RootElement.GetProperty("name").GetString()!;
        exam = exam.Replace(title, "Story quiz", StringComparison.Ordinal);
        await teacher.GotoAsync("/import");
        await teacher.GetByLabel("Files").SetInputFilesAsync([new FilePayload { Name = "Story quiz.json", MimeType = "application/json", Buffer = System.Text.Encoding.UTF8.GetBytes(exam) }]);
        await teacher.GetByRole(AriaRole.Button, new() { Name = "Check the files" }).ClickAsync();
        await teacher.GetByRole(AriaRole.Button, new() { Name = "Import 1 file" }).ClickAsync();
        await teacher.GetByRole(AriaRole.Link, new() { Name = "Set the keys" }).ClickAsync();
        for (int left = 8; left > 0; left--)
        {
            await Expect(teacher.GetByText($"{left} question{(left == 1 ? "" : "s")} of 8 without a key.")).ToBeVisibleAsync();
            await teacher.WaitForLoadStateAsync();
            await teacher.Keyboard.PressAsync("1");
            await teacher.Keyboard.PressAsync("Enter");
        }

        await Expect(teacher.GetByText("Every question has a key")).ToBeVisibleAsync();
        return "Story quiz";
    }

    private static async Task LosesTheNetworkAsync(IPage learner, PlayerPage player)
    {
        await learner.Context.SetOfflineAsync(true);
        await player.Next();
        await player.Choose(2, 1);
        await player.Next();
        await player.Choose(3, 2);
        await player.IsWaiting(2);
        learner.Dialog += (_, dialog) => dialog.AcceptAsync();
        await learner.ReloadAsync();
        await player.IsReady();
        await player.IsWaiting(2);
        await learner.Context.SetOfflineAsync(false);
        await player.IsSaved();
    }
}
