using System.Net;
using System.Net.Http.Json;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Features.Mocks;
using Tripos.Server.Platform.Data;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Server.Tests.Features.Mocks;

/// <summary>
/// Ada gets one of two blanks, and a dictation whole. Blanks counted for Reading and Writing in 2023, and for Reading alone since August 2025.
/// </summary>
public sealed class RegradeProfileTests(TriposApp app) : IClassFixture<TriposApp>
{
    private const string Old = "pte-2023", New = "pte-2025-08";

    [Fact]
    public async Task A_new_profile_changes_nothing_until_somebody_commits_what_the_preview_showed()
    {
        var attempt = await SitsAsync();
        var before = await StoredAsync(attempt);

        var plan = await PreviewAsync(attempt);

        var row = Assert.Single(plan.Rows);
        Assert.Equal(before, await StoredAsync(attempt));
        Assert.NotEqual(row.Before["writing"], row.After["writing"]);
        Assert.Equal(HttpStatusCode.OK, (await CommitAsync(attempt, row.Revision)).StatusCode);
        var report = await ReportAsync(attempt);
        Assert.Equal((New, row.After["writing"]), (report.Profile, report.Of("writing")!.Score!.Value));
        Assert.Equal(2, report.Grades.Count);
        Assert.Equal("The rules of 2025.", report.Grades[1].Reason);
    }

    [Fact]
    public async Task Undoing_brings_every_number_back()
    {
        var attempt = await SitsAsync();
        var before = await StoredAsync(attempt);
        var committed = await (await CommitAsync(attempt, 1)).Content.ReadFromJsonAsync<RegradeProfile.Committed>(Json.Options, Cancel);
        Assert.NotEqual(before, await StoredAsync(attempt));

        var undone = await app.As(Tess).DeleteAsync($"/api/regrades/{committed!.RegradeId}", Cancel);

        Assert.Equal(HttpStatusCode.OK, undone.StatusCode);
        Assert.Equal(before, await StoredAsync(attempt));
        Assert.Equal(Old, (await ReportAsync(attempt)).Profile);
    }

    [Fact]
    public async Task What_was_graded_anew_since_the_preview_is_refused()
    {
        var attempt = await SitsAsync();

        var reply = await CommitAsync(attempt, revision: 0);

        Assert.Equal(HttpStatusCode.Conflict, reply.StatusCode);
    }

    [Fact]
    public async Task The_page_shows_the_difference_keeps_faults_out_and_commits_what_it_showed()
    {
        var attempt = await SitsAsync();
        string page = $"/mocks/regrade?from={Old}&to={New}", revisions = $"{attempt}=1";
        using var tess = new Visit(app.As(Tess));

        string shown = await (await tess.GetAsync(page)).Content.ReadAsStringAsync(Cancel);
        Assert.Contains(revisions, shown, StringComparison.Ordinal);
        Assert.Contains("→", WebUtility.HtmlDecode(shown), StringComparison.Ordinal);
        Assert.Contains("learners read it", await PostsAsync(" ", revisions), StringComparison.Ordinal);
        Assert.Contains("The results changed meanwhile", await PostsAsync("Because.", "nonsense=x=1 1=1"), StringComparison.Ordinal);
        Assert.Equal(Old, (await ReportAsync(attempt)).Profile);

        await PostsAsync("The rules of 2025.", revisions);

        Assert.Equal(New, (await ReportAsync(attempt)).Profile);

        async Task<string> PostsAsync(string reason, string posted) =>
            await (await tess.PostAsync(page, "regrade", ("Form.Reason", reason), ("Form.Revisions", posted))).Content.ReadAsStringAsync(Cancel);
    }

    [Fact]
    public async Task Learners_cannot_regrade() =>
        Assert.Equal(HttpStatusCode.Forbidden, (await app.As(Ada).GetAsync($"/api/profiles/{Old}/regrade?to={New}", Cancel)).StatusCode);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task<Guid> SitsAsync()
    {
        var test = await app.HasTestOf(["pte-reading-writing-fill-blanks", "pte-write-from-dictation"], new() { Profile = Old });
        var attempt = await app.Starts(Ada, test);
        await app.Answers(Ada, attempt, 1, """{"gaps": {"1": "a", "2": "a"}}""");
        await app.Answers(Ada, attempt, 2, Bodies.RightAnswer("pte-write-from-dictation"));
        await app.Submits(Ada, attempt);
        return attempt;
    }

    private async Task<ProfileRegradePlan> PreviewAsync(Guid attempt) =>
        (await app.As(Tess).GetFromJsonAsync<ProfileRegradePlan>($"/api/profiles/{Old}/regrade?to={New}&attemptId={attempt}", Json.Options, Cancel))!;

    private Task<HttpResponseMessage> CommitAsync(Guid attempt, int revision) =>
        app.As(Tess).PostAsJsonAsync($"/api/profiles/{Old}/regrades", new { to = New, revisions = new Dictionary<Guid, int> { [attempt] = revision }, reason = "The rules of 2025." }, Cancel);

    private async Task<ReportView> ReportAsync(Guid attempt) => (await app.As(Ada).GetFromJsonAsync<ReportView>($"/api/attempts/{attempt}/report", Json.Options, Cancel))!;

    /// <summary>Everything that is stored of the result but the number of its revisions.</summary>
    private Task<string> StoredAsync(Guid attempt) => app.Value<string>("""
        SELECT jsonb_build_object('attempt', to_jsonb(a) - 'grade_revision', 'answers',
            (SELECT jsonb_agg(to_jsonb(x) ORDER BY x.position) FROM answers x WHERE x.attempt_id = a.id))::text FROM attempts a WHERE a.id = $1
        """, attempt);
}
