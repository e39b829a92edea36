using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Tripos.Server.Features.SharedAnswers;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Server.Tests.Features.SharedAnswers;

/// <summary>Readers report, those who look after the question decide, and what they did is kept.</summary>
public sealed class ModerationTests(TriposApp app) : IClassFixture<TriposApp>
{
    private static readonly Person Mo = new(Otto.Id, "Otto", "learner", "moderator");
    private static readonly Person Author = new(Otto.Id, "Otto", "learner", "author");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reporting_twice_is_one_report_with_the_newer_words()
    {
        var (essay, shared) = await SharedAsync();
        await app.Writes(Otto, essay.Test);

        var first = await app.HasReport(Otto, shared, "spam");
        var second = await app.HasReport(Otto, shared, "copied");

        Assert.Equal(first, second);
        Assert.Equal("copied", (await OpenAsync(Tess)).Single(report => report.GetProperty("id").GetGuid() == first).GetProperty("reason").GetString());
    }

    [Fact]
    public async Task Nobody_reports_their_own_answer_or_one_they_cannot_see()
    {
        var (_, shared) = await SharedAsync();

        var own = await app.As(Ada).PostAsJsonAsync($"/api/shared-answers/{shared}/reports", new { reason = "spam" }, Ct);
        var strange = await app.As(Otto).PostAsJsonAsync($"/api/shared-answers/{shared}/reports", new { reason = "spam" }, Ct);
        var unknown = await app.As(Tess).PostAsJsonAsync($"/api/shared-answers/{shared}/reports", new { reason = "boring" }, Ct);

        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.NotFound, HttpStatusCode.BadRequest), (own.StatusCode, strange.StatusCode, unknown.StatusCode));
    }

    [Fact]
    public async Task Hiding_takes_the_answer_from_everybody_else_tells_its_learner_and_settles_its_reports()
    {
        var (essay, shared) = await SharedAsync();
        await app.Writes(Otto, essay.Test);
        var report = await app.HasReport(Otto, shared);

        var hidden = await app.As(Tess).PutAsJsonAsync($"/api/reports/{report}/settlement", new { decision = "hide", reason = "It names a patient." }, Ct);

        Assert.Equal(HttpStatusCode.NoContent, hidden.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await app.As(Otto).GetAsync($"/api/shared-answers/{shared}", Ct)).StatusCode);
        var mine = await app.As(Ada).GetFromJsonAsync<SharedAnswer>($"/api/shared-answers/{shared}", Speaking.Json, Ct);
        Assert.Equal((SharedStatus.Hidden, "It names a patient."), (mine!.Status, mine.HiddenReason));
        Assert.Contains("It names a patient.", await app.As(Ada).GetStringAsync($"/questions/{essay.QuestionId}/answers", Ct), StringComparison.Ordinal);
        Assert.Equal("resolved", await app.Value<string>("SELECT status FROM moderation_flags WHERE id = $1", report));
        Assert.Equal(Tess.Id, await app.Value<Guid>("SELECT actor_id FROM activity_log WHERE action = 'answer-hidden' AND user_id = $1 AND details->>'question' = $2", Ada.Id, $"{essay.QuestionId}"));
        Assert.Equal(HttpStatusCode.Conflict, (await app.As(Tess).PutAsJsonAsync($"/api/reports/{report}/settlement", new { decision = "dismiss" }, Ct)).StatusCode);
    }

    [Fact]
    public async Task A_hidden_answer_is_neither_withdrawn_nor_shared_again_by_its_learner()
    {
        var (essay, shared) = await SharedAsync();
        await HideAsync(Tess, shared);

        var withdrawn = await app.As(Ada).DeleteAsync($"/api/shared-answers/{shared}", Ct);
        var again = await app.PostsShare(Ada, essay.QuestionId, essay.AttemptId);

        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.Conflict), (withdrawn.StatusCode, again.StatusCode));
        Assert.Equal("hidden", await app.Value<string>("SELECT status FROM shared_answers WHERE id = $1", shared));
    }

    [Fact]
    public async Task A_hidden_answer_can_be_shown_again()
    {
        var (essay, shared) = await SharedAsync();
        await app.Writes(Otto, essay.Test);
        await HideAsync(Tess, shared);
        Assert.Contains(await ReportsAsync(Tess, "resolved"), report => report.GetProperty("answer").GetProperty("id").GetGuid() == shared);

        var shown = await app.As(Tess).DeleteAsync($"/api/shared-answers/{shared}/hiding", Ct);

        Assert.Equal(HttpStatusCode.NoContent, shown.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await app.As(Otto).GetAsync($"/api/shared-answers/{shared}", Ct)).StatusCode);
        Assert.DoesNotContain(await ReportsAsync(Tess, "resolved"), report => report.GetProperty("answer").GetProperty("id").GetGuid() == shared);
    }

    [Fact]
    public async Task A_dismissed_report_leaves_the_answer_where_it_is()
    {
        var (essay, shared) = await SharedAsync();
        await app.Writes(Otto, essay.Test);
        var report = await app.HasReport(Otto, shared);

        var dismissed = await app.As(Tess).PutAsJsonAsync($"/api/reports/{report}/settlement", new { decision = "dismiss" }, Ct);

        Assert.Equal(HttpStatusCode.NoContent, dismissed.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await app.As(Otto).GetAsync($"/api/shared-answers/{shared}", Ct)).StatusCode);
        Assert.DoesNotContain(await OpenAsync(Tess), open => open.GetProperty("id").GetGuid() == report);
    }

    [Fact]
    public async Task Hiding_needs_a_reason()
    {
        var (_, shared) = await SharedAsync();

        var reply = await app.As(Tess).PutAsJsonAsync($"/api/shared-answers/{shared}/hiding", new { reason = " " }, Ct);

        Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        Assert.Equal("visible", await app.Value<string>("SELECT status FROM shared_answers WHERE id = $1", shared));
    }

    [Fact]
    public async Task Learners_have_no_business_with_reports()
    {
        var (_, shared) = await SharedAsync();

        Assert.Equal(HttpStatusCode.Forbidden, (await app.As(Ada).GetAsync("/api/reports", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await app.As(Ada).GetAsync("/reports", Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await HideAsync(Ada, shared)).StatusCode);
    }

    [Fact]
    public async Task An_author_decides_about_their_own_questions_and_a_moderator_about_all()
    {
        var (essay, shared) = await SharedAsync();
        var report = await app.HasReport(Tess, shared);
        Assert.DoesNotContain(await OpenAsync(Author), open => open.GetProperty("id").GetGuid() == report);
        Assert.Equal(HttpStatusCode.NotFound, (await HideAsync(Author, shared)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await app.As(Author).PutAsJsonAsync($"/api/reports/{report}/settlement", new { decision = "dismiss" }, Ct)).StatusCode);
        Assert.Contains(await OpenAsync(Mo), open => open.GetProperty("id").GetGuid() == report);
        await app.Run("UPDATE questions SET created_by = $2 WHERE id = $1", essay.QuestionId, Author.Id);

        var hidden = await HideAsync(Author, shared);

        Assert.Equal(HttpStatusCode.NoContent, hidden.StatusCode);
        Assert.DoesNotContain(await OpenAsync(Mo), open => open.GetProperty("id").GetGuid() == report);
    }

    private async Task<(MadeAnswer Essay, Guid Shared)> SharedAsync()
    {
        var essay = await app.HasEssay();
        return (essay, (await app.Shares(Ada, essay)).Id);
    }

    private Task<HttpResponseMessage> HideAsync(Person curator, Guid shared) =>
        app.As(curator).PutAsJsonAsync($"/api/shared-answers/{shared}/hiding", new { reason = "It is not an answer." }, Ct);

    private Task<List<JsonElement>> OpenAsync(Person curator) => ReportsAsync(curator, "open");

    private async Task<List<JsonElement>> ReportsAsync(Person curator, string status) =>
        [.. (await app.As(curator).GetFromJsonAsync<JsonElement>($"/api/reports?status={status}", Ct)).GetProperty("reports").EnumerateArray()];
}
