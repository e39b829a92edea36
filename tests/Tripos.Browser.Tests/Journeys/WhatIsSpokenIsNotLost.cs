using System.Text.Json;
using Microsoft.Playwright;
using Tripos.Browser.Tests.Support;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Features.Recordings;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Browser.Tests.Journeys;

/// <summary>A learner speaks into a microphone while the network comes and goes, the page is reloaded or the microphone fails; what was said arrives.</summary>
public sealed class WhatIsSpokenIsNotLost(TriposSite site, Chromium chromium) : IClassFixture<TriposSite>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_recording_goes_on_without_a_network_and_arrives_when_it_is_back()
    {
        await using var context = await site.OpensBrowser(chromium, Ada);
        var (recorder, attempt, _) = await OpensAsync(context);

        Assert.True(await recorder.StartAsync());
        await recorder.Tells("uploading");
        await context.SetOfflineAsync(true);
        await recorder.Tells("waiting", "one.why === 'away'");
        await recorder.KeepsPieces(4);
        await recorder.StopAsync();
        var stopped = await recorder.Tells("stopped");
        await context.SetOfflineAsync(false);

        await CompleteAsync(recorder, attempt, stopped, "asked");
    }

    [Fact]
    public async Task A_reload_in_the_middle_keeps_what_was_said_until_then()
    {
        await using var context = await site.OpensBrowser(chromium, Ada);
        var (recorder, attempt, _) = await OpensAsync(context);

        await recorder.StartAsync();
        await recorder.KeepsPieces(3);
        await recorder.ReloadAsync();
        var stopped = await recorder.Tells("stopped");

        Assert.InRange(stopped.GetProperty("durationMs").GetInt32(), 2500, 20_000);
        await CompleteAsync(recorder, attempt, stopped, "interrupted");
    }

    [Fact]
    public async Task Another_tab_leaves_a_recording_alone_and_takes_over_when_it_dies()
    {
        await using var context = await site.OpensBrowser(chromium, Ada);
        var (recorder, attempt, page) = await OpensAsync(context);
        await recorder.StartAsync();
        await recorder.KeepsPieces(2);
        RecorderPage other = new(await context.NewPageAsync(), attempt);

        await other.OpenAsync();
        await recorder.KeepsPieces(3);
        await page.CloseAsync();

        await CompleteAsync(other, attempt, await other.Tells("stopped"), "interrupted");
    }

    [Fact]
    public async Task The_recording_ends_by_itself_when_the_time_is_over()
    {
        await using var context = await site.OpensBrowser(chromium, Ada);
        var (recorder, attempt, _) = await OpensAsync(context);

        await recorder.StartAsync(limitMs: 1500);
        var stopped = await recorder.Tells("stopped");

        Assert.Equal(1500, stopped.GetProperty("durationMs").GetInt32());
        await CompleteAsync(recorder, attempt, stopped, "limit");
        Assert.True((await recorder.Tells("level", "one.level > 0.3")).GetProperty("level").GetDouble() <= 1);
    }

    [Fact]
    public async Task A_microphone_that_is_not_allowed_is_told_to_learner_and_teacher_and_breaks_nothing()
    {
        await using var context = await site.OpensBrowser(chromium, Ada);
        var (recorder, attempt, _) = await OpensAsync(context, allowed: false);

        bool records = await recorder.StartAsync();

        var trouble = await recorder.Tells("trouble");
        Assert.False(records);
        Assert.Equal("denied", trouble.GetProperty("kind").GetString());
        Assert.Contains("may not use the microphone", trouble.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(TroubleKind.Denied, (await TroubleOf(attempt)).Kind);
    }

    [Fact]
    public async Task A_microphone_that_is_unplugged_ends_the_recording_and_keeps_it()
    {
        await using var context = await site.OpensBrowser(chromium, Ada);
        var (recorder, attempt, _) = await OpensAsync(context);
        await recorder.StartAsync();
        await recorder.KeepsPieces(2);

        await recorder.UnplugAsync();

        await CompleteAsync(recorder, attempt, await recorder.Tells("stopped"), "lost");
        Assert.Equal(TroubleKind.Lost, (await TroubleOf(attempt)).Kind);
    }

    [Fact]
    public async Task An_attempt_that_was_closed_meanwhile_says_that_it_takes_no_more()
    {
        await using var context = await site.OpensBrowser(chromium, Ada);
        var (recorder, attempt, _) = await OpensAsync(context);
        await recorder.StartAsync();
        await recorder.Tells("uploading");

        await site.Run("UPDATE attempts SET status = 'graded', submitted_at = now() WHERE id = $1", attempt);

        Assert.Equal("attempt-closed", (await recorder.Tells("refused")).GetProperty("code").GetString());
    }

    private async Task<(RecorderPage Recorder, Guid Attempt, IPage Page)> OpensAsync(IBrowserContext context, bool allowed = true)
    {
        if (allowed)
        {
            await context.GrantPermissionsAsync(["microphone"]);
        }

        var attempt = await site.StartsSpeaking(Ada);
        var page = await context.NewPageAsync();
        page.PageError += (_, fault) => Assert.Fail(fault);
        RecorderPage recorder = new(page, attempt);
        await recorder.OpenAsync();
        return (recorder, attempt, page);
    }

    private async Task CompleteAsync(RecorderPage recorder, Guid attempt, JsonElement stopped, string why)
    {
        Assert.Equal(why, stopped.GetProperty("why").GetString());
        var id = stopped.GetProperty("recording").GetGuid();
        await recorder.Tells("done", $"one.recording === '{id}'");
        var take = Assert.Single(await ReadTakes.OfAttemptAsync(attempt, site.Sql, Ct));
        Assert.Equal((id, RecordingState.Complete, stopped.GetProperty("durationMs").GetInt32()), (take.RecordingId, take.State, take.DurationMs));
        Assert.Equal("audio/webm", take.MediaType);
        Assert.InRange(await recorder.PlaysMs(id), take.DurationMs!.Value - 800, take.DurationMs.Value + 800);
    }

    private async Task<RecordingTroubles.Trouble> TroubleOf(Guid attempt)
    {
        List<RecordingTroubles.Trouble> troubles = [];
        while (troubles.Count == 0)
        {
            troubles = await RecordingTroubles.OfAsync(attempt, site.Sql, Ct);
        }

        return Assert.Single(troubles);
    }
}
