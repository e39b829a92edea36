using System.Net;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Server.Tests.Features.SharedAnswers;

/// <summary>The pages do everything with forms alone: no script is needed to share, to report or to decide.</summary>
public sealed class ComparePageTests(TriposApp app) : IClassFixture<TriposApp>
{
    [Fact]
    public async Task A_learner_shares_without_a_name_unless_they_ask_for_it_and_withdraws()
    {
        var essay = await app.HasEssay();
        using var ada = await app.InBrowserOf(Ada);
        string page = $"/questions/{essay.QuestionId}/answers?attempt={essay.AttemptId}&position=1";
        Assert.Contains("Be the first", await TextAsync(ada, page), StringComparison.Ordinal);

        var shared = await ada.PostAsync(page, "share", ("Form.Note", "Short on purpose."));

        Assert.Equal($"{page}&done=shared", shared.Headers.Location!.PathAndQuery);
        Assert.Equal((true, "Short on purpose."), await RowAsync(essay));
        Assert.Contains("Shared without your name", await TextAsync(ada, page), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.Redirect, (await ada.PostAsync(page, "withdraw")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await ada.PostAsync(page, "share", ("Form.Note", ""), ("Form.WithName", "true"))).StatusCode);
        Assert.Equal((false, ""), await RowAsync(essay));
    }

    [Fact]
    public async Task The_review_of_a_free_answer_leads_to_the_comparison_and_that_of_a_choice_does_not()
    {
        var test = await app.HasTestOf(["essay", "single-choice"]);
        var attempt = await app.Starts(Ada, test);
        await app.Answers(Ada, attempt, 1, Bodies.RightAnswer("essay"));
        await app.Answers(Ada, attempt, 2, Bodies.RightAnswer("single-choice"));
        await app.Submits(Ada, attempt);
        using var ada = await app.InBrowserOf(Ada);
        using var tess = await app.InBrowserOf(Tess);

        string mine = await TextAsync(ada, $"/attempts/{attempt}/result");
        string hers = await TextAsync(tess, $"/attempts/{attempt}/result");

        Assert.Contains($"/questions/{test.QuestionIds[0]}/answers?attempt={attempt}&position=1\">Share it and compare with others", mine, StringComparison.Ordinal);
        Assert.DoesNotContain($"/questions/{test.QuestionIds[1]}/answers", mine, StringComparison.Ordinal);
        Assert.Contains(">Compare with others", hers, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_note_that_is_too_long_is_refused_on_the_page()
    {
        var essay = await app.HasEssay();
        using var ada = await app.InBrowserOf(Ada);

        var reply = await ada.PostAsync($"/questions/{essay.QuestionId}/answers", "share", ("Form.Note", new string('x', 501)));

        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        Assert.Contains("Write at most 500 characters", await reply.Content.ReadAsStringAsync(Visit.Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reader_marks_and_reports_and_a_teacher_hides_from_the_reports()
    {
        var essay = await app.HasEssay();
        var shared = (await app.Shares(Ada, essay)).Id;
        await app.Writes(Otto, essay.Test);
        using var otto = await app.InBrowserOf(Otto);
        using var tess = await app.InBrowserOf(Tess);
        string page = $"/questions/{essay.QuestionId}/answers";

        await otto.PostAsync(page, $"helpful-{shared}");
        await otto.PostAsync(page, $"report-{shared}", ("Form.Flag", "Copied"), ("Form.Notes", "From a book."));
        Assert.Contains("Helpful (1)", await TextAsync(otto, page), StringComparison.Ordinal);
        var report = await app.Value<Guid>("SELECT id FROM moderation_flags WHERE shared_answer_id = $1", shared);
        Assert.Contains("From a book.", await TextAsync(tess, "/reports"), StringComparison.Ordinal);
        var hidden = await tess.PostAsync("/reports", $"hide-{report}", ("Form.Why", "Please write your own."));

        Assert.Equal("/reports?done=hidden", hidden.Headers.Location!.PathAndQuery);
        Assert.Contains("Nobody else has shared", await TextAsync(otto, page), StringComparison.Ordinal);
        Assert.Contains("Please write your own.", await TextAsync(tess, "/reports?status=resolved"), StringComparison.Ordinal);
        await tess.PostAsync("/reports?status=resolved", $"show-{report}");
        Assert.Contains(Sharing.Essay, await TextAsync(otto, page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_teacher_switches_sharing_off_and_the_page_says_so()
    {
        var essay = await app.HasEssay();
        await app.Shares(Ada, essay);
        await app.Writes(Otto, essay.Test);
        using var otto = await app.InBrowserOf(Otto);
        using var tess = await app.InBrowserOf(Tess);
        string page = $"/questions/{essay.QuestionId}/answers";

        await tess.PostAsync(page, "sharing");

        string text = await TextAsync(otto, page);
        Assert.Contains("has switched that off", text, StringComparison.Ordinal);
        Assert.Contains("Your answer", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Share this answer", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Ada", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_learner_has_no_form_to_switch_sharing_or_to_hide()
    {
        var essay = await app.HasEssay();
        await app.Shares(Ada, essay);
        await app.Writes(Otto, essay.Test);
        using var otto = await app.InBrowserOf(Otto);

        string text = await TextAsync(otto, $"/questions/{essay.QuestionId}/answers");

        Assert.DoesNotContain("Stop sharing", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Hide this answer", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_learners_write_is_text_and_never_markup()
    {
        var essay = await app.HasEssay(text: "<img src=x onerror=alert(1)> and more");
        await app.Shares(Ada, essay, note: "<script>alert(2)</script>");
        using var tess = await app.InBrowserOf(Tess);

        string html = await (await tess.GetAsync($"/questions/{essay.QuestionId}/answers")).Content.ReadAsStringAsync(Visit.Ct);

        Assert.DoesNotContain("<img src=x", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", html, StringComparison.Ordinal);
    }

    private static async Task<string> TextAsync(Visit visit, string page) => WebUtility.HtmlDecode(await (await visit.GetAsync(page)).Content.ReadAsStringAsync(Visit.Ct));

    private async Task<(bool, string)> RowAsync(MadeAnswer answer) => (
        await app.Value<bool>("SELECT anonymous FROM shared_answers WHERE attempt_id = $1 AND status = 'visible'", answer.AttemptId),
        await app.Value<string>("SELECT note FROM shared_answers WHERE attempt_id = $1 AND status = 'visible'", answer.AttemptId));
}
