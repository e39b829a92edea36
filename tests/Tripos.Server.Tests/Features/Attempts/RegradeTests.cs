using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Server.Tests.Features.Attempts;

public sealed class RegradeTests(TriposApp app) : IClassFixture<TriposApp>
{
    [Fact]
    public async Task The_dry_run_says_who_changes_from_what_to_what_and_writes_nothing()
    {
        var (test, ada, otto) = await WrongKeyIsFound();

        var plan = await PlanFor(test.QuestionIds[0]);

        Assert.Equal((2, 1, 1), (plan.GetProperty("changed").GetInt32(), plan.GetProperty("better").GetInt32(), plan.GetProperty("worse").GetInt32()));
        var row = plan.GetProperty("rows").EnumerateArray().Single(r => r.GetProperty("attemptId").GetGuid() == otto);
        Assert.Equal((0f, 50f), (row.GetProperty("fromPercent").GetSingle(), row.GetProperty("toPercent").GetSingle()));
        Assert.Equal((50f, 0f), (await PercentOf(ada), await PercentOf(otto)));
    }

    [Fact]
    public async Task Committing_makes_a_new_result_and_keeps_the_old_one_in_the_grades()
    {
        var (test, ada, otto) = await WrongKeyIsFound();

        await Regrades(test.QuestionIds[0]);

        Assert.Equal((0f, 50f), (await PercentOf(ada), await PercentOf(otto)));
        Assert.Equal("1 submission 0, 2 regrade 50", await GradesOf(otto));
        Assert.True(await app.Value<bool>("SELECT passed FROM attempts WHERE id = $1", otto));
        Assert.Equal(0, (await PlanFor(test.QuestionIds[0])).GetProperty("rows").GetArrayLength());
    }

    [Fact]
    public async Task Undoing_brings_every_result_back()
    {
        var (test, ada, otto) = await WrongKeyIsFound();
        var regrade = await Regrades(test.QuestionIds[0]);

        var undone = await app.As(Tess).DeleteAsync($"/api/regrades/{regrade}", Ct);

        Assert.Equal(HttpStatusCode.OK, undone.StatusCode);
        Assert.Equal((50f, 0f), (await PercentOf(ada), await PercentOf(otto)));
        Assert.Equal("1 submission 0, 2 regrade 50, 3 undo 0", await GradesOf(otto));
        Assert.Equal(HttpStatusCode.OK, (await app.As(Tess).DeleteAsync($"/api/regrades/{regrade}", Ct)).StatusCode);
        Assert.Equal("1 submission 0, 2 regrade 50, 3 undo 0", await GradesOf(otto));
    }

    [Fact]
    public async Task A_preview_that_is_out_of_date_is_refused()
    {
        var (test, _, _) = await WrongKeyIsFound();
        int seen = (await PlanFor(test.QuestionIds[0])).GetProperty("versionId").GetInt32();
        await app.HasVersion(test.QuestionIds[0], Exams.Choice("Question 1?", "c"));

        var reply = await app.As(Tess).PostAsJsonAsync($"/api/questions/{test.QuestionIds[0]}/regrades", new { versionId = seen, reason = "The key was wrong." }, Ct);

        Assert.Equal(HttpStatusCode.Conflict, reply.StatusCode);
    }

    [Fact]
    public async Task An_older_regrade_can_only_be_undone_after_the_newer_one()
    {
        var (test, _, otto) = await WrongKeyIsFound();
        var first = await Regrades(test.QuestionIds[0]);
        await app.HasVersion(test.QuestionIds[0], Exams.Choice("Question 1?", "c"));
        var second = await Regrades(test.QuestionIds[0]);

        var tooEarly = await app.As(Tess).DeleteAsync($"/api/regrades/{first}", Ct);
        await app.As(Tess).DeleteAsync($"/api/regrades/{second}", Ct);
        var now = await app.As(Tess).DeleteAsync($"/api/regrades/{first}", Ct);

        Assert.Equal(HttpStatusCode.Conflict, tooEarly.StatusCode);
        Assert.Equal(HttpStatusCode.OK, now.StatusCode);
        Assert.Equal(0, await PercentOf(otto));
    }

    [Fact]
    public async Task Answers_to_another_wording_are_counted_but_left_alone()
    {
        var (test, ada, _) = await WrongKeyIsFound();
        await app.HasVersion(test.QuestionIds[0], Exams.Choice("A quite different question?", "b"));

        var plan = await PlanFor(test.QuestionIds[0]);

        Assert.Equal(2, plan.GetProperty("otherContent").GetInt32());
        Assert.Equal(0, plan.GetProperty("rows").GetArrayLength());
        Assert.Equal(50, await PercentOf(ada));
    }

    [Fact]
    public async Task Learners_have_no_business_here()
    {
        var (test, _, _) = await WrongKeyIsFound();

        var preview = await app.As(Ada).GetAsync($"/api/questions/{test.QuestionIds[0]}/regrade", Ct);

        Assert.Equal(HttpStatusCode.Forbidden, preview.StatusCode);
    }

    /// <summary>Ada chose a, Otto b; a was the key, and now it is b.</summary>
    private async Task<(MadeTest Test, Guid Ada, Guid Otto)> WrongKeyIsFound()
    {
        var test = await app.HasTest(questions: 2, passMark: 50, policy: new TestPolicy());
        var ada = await app.Sits(Ada, test, "a", "b");
        var otto = await app.Sits(Otto, test, "b", "b");
        await app.HasVersion(test.QuestionIds[0], Exams.Choice("Question 1?", "b"));
        return (test, ada, otto);
    }

    private Task<JsonElement> PlanFor(int question) => app.As(Tess).GetFromJsonAsync<JsonElement>($"/api/questions/{question}/regrade", Ct);

    private async Task<Guid> Regrades(int question)
    {
        int version = (await PlanFor(question)).GetProperty("versionId").GetInt32();
        var reply = await app.As(Tess).PostAsJsonAsync($"/api/questions/{question}/regrades", new { versionId = version, reason = "The key was wrong." }, Ct);
        reply.EnsureSuccessStatusCode();
        return (await reply.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("regradeId").GetGuid();
    }

    private Task<float> PercentOf(Guid attempt) => app.Value<float>("SELECT percent FROM attempts WHERE id = $1", attempt);

    private Task<string> GradesOf(Guid attempt) => app.Value<string>("SELECT string_agg(concat_ws(' ', revision, cause, percent), ', ' ORDER BY revision) FROM grades WHERE attempt_id = $1", attempt);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;
}
