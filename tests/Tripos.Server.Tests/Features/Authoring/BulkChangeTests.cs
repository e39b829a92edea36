using System.Net;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;
using static Tripos.Server.Tests.Support.Visit;

namespace Tripos.Server.Tests.Features.Authoring;

/// <summary>Many questions are changed at once, and a slip can be taken back.</summary>
public sealed class BulkChangeTests(TriposApp app) : IClassFixture<TriposApp>
{
    [Fact]
    public async Task The_ticked_questions_get_a_status_and_undo_gives_each_its_own_back()
    {
        var (live, draft, retired) = (await Question(), await Question("draft"), await Question("retired"));

        string change = await ChangedAt("status", ("status", "retired"), live, draft, retired);

        Assert.Contains("2 questions are retired now.", await app.As(Tess).GetStringAsync(change, Ct), StringComparison.Ordinal);
        Assert.Equal("retired retired retired", await Statuses(live, draft, retired));

        Assert.Contains("2 questions are as they were.", await Undoes(change), StringComparison.Ordinal);
        Assert.Equal("live draft retired", await Statuses(live, draft, retired));
    }

    [Fact]
    public async Task Undo_leaves_alone_what_was_changed_again_since()
    {
        var (one, two) = (await Question(), await Question());
        string change = await ChangedAt("status", ("status", "retired"), one, two);
        await app.Run("UPDATE questions SET status = 'in_review' WHERE id = $1", one);

        await Undoes(change);

        Assert.Equal("in_review live", await Statuses(one, two));
    }

    [Fact]
    public async Task A_change_can_be_undone_once_and_only_by_whom_made_it()
    {
        int one = await Question();
        string change = await ChangedAt("difficulty", ("difficulty", "5"), one);
        using var root = await app.InBrowserOf(Root);

        await root.PostAsync(change, "undo");
        Assert.Equal(5, await app.Value<short>("SELECT difficulty FROM questions WHERE id = $1", one));
        string undone = await Undoes(change);
        string later = await app.As(Tess).GetStringAsync(change, Ct);

        Assert.Contains("1 question is as it was.", undone, StringComparison.Ordinal);
        Assert.DoesNotContain("Undo", later, StringComparison.Ordinal);
        Assert.Equal(3, await app.Value<short>("SELECT difficulty FROM questions WHERE id = $1", one));
    }

    [Fact]
    public async Task Tags_are_added_and_removed_where_they_are_not_or_are()
    {
        var (one, two) = (await Question(), await Question());
        await app.Run("UPDATE questions SET tags = '{old,loops}' WHERE id = $1", one);

        string added = await ChangedAt("addtag", ("tag", " Loops "), one, two);
        string removed = await ChangedAt("removetag", ("tag", "old"), one, two);

        Assert.Contains("1 question was tagged “loops”.", WebUtility.HtmlDecode(await app.As(Tess).GetStringAsync(added, Ct)), StringComparison.Ordinal);
        Assert.Equal("{loops} {loops}", await Tags(one, two));
        await Undoes(removed);
        await Undoes(added);
        Assert.Equal("{loops,old} {}", await Tags(one, two));
    }

    [Fact]
    public async Task A_topic_is_given_and_taken_away()
    {
        int topic = await app.HasTopic("Bulk topic"), one = await Question();

        string given = await Changes("topic", ("topic", $"{topic}"), one);
        await Changes("topic", ("topic", ""), one);
        string nowhere = await Changes("topic", ("topic", "999999"), one);

        Assert.Contains("1 question is about Bulk topic now.", given, StringComparison.Ordinal);
        Assert.Contains("Choose a topic.", nowhere, StringComparison.Ordinal);
        Assert.Null(await app.Value<int?>("SELECT topic_id FROM questions WHERE id = $1", one));
    }

    [Fact]
    public async Task Questions_go_to_the_end_of_a_test_once_and_undo_takes_them_out()
    {
        var test = await app.HasTest(questions: 2, title: "Bulk test");
        var (one, two) = (await Question(), await Question());

        string change = await ChangedAt("addtotest", ("addtotest", $"{test.Id}"), test.QuestionIds[0], one, two);

        Assert.Contains("2 questions were put at the end of Bulk test.", await app.As(Tess).GetStringAsync(change, Ct), StringComparison.Ordinal);
        Assert.Equal([test.QuestionIds[0], test.QuestionIds[1], one, two], await Slots(test.Id));
        await Undoes(change);
        Assert.Equal([test.QuestionIds[0], test.QuestionIds[1]], await Slots(test.Id));
    }

    [Fact]
    public async Task Unfinished_questions_stay_drafts_and_out_of_tests_and_are_named()
    {
        var test = await app.HasTest(questions: 1);
        var (unfinished, _) = await app.HasQuestion(Exams.Choice("", "a"));
        int finished = await Question("draft");
        await app.Run("UPDATE questions SET status = 'draft' WHERE id = $1", unfinished);

        string live = await Changes("status", ("status", "live"), unfinished, finished);
        string added = await Changes("addtotest", ("addtotest", $"{test.Id}"), unfinished);

        Assert.Contains($"1 question is live now. Question {unfinished} stays as it is: it is not finished.", live, StringComparison.Ordinal);
        Assert.Contains("Nothing was changed.", added, StringComparison.Ordinal);
        Assert.Equal("draft live", await Statuses(unfinished, finished));
    }

    [Theory]
    [InlineData("status", "status", "someday", "Choose a status.")]
    [InlineData("difficulty", "difficulty", "9", "Choose a difficulty from 1 to 5.")]
    [InlineData("addtag", "tag", "two, tags", "Type one tag")]
    [InlineData("addtotest", "addtotest", "no test", "Choose a test.")]
    public async Task A_change_to_nothing_known_is_refused_with_the_remedy(string change, string field, string value, string remedy)
    {
        string page = await Changes(change, (field, value), await Question());

        Assert.Contains(remedy, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_ticked_question_nothing_happens() =>
        Assert.Contains("Tick the questions you want to change.", await Changes("status", ("status", "retired")), StringComparison.Ordinal);

    private async Task<int> Question(string status = "live")
    {
        var (id, _) = await app.HasQuestion(Exams.Choice("Bulk?", "a"));
        await app.Run("UPDATE questions SET status = $2 WHERE id = $1", id, status);
        return id;
    }

    /// <summary>What the page says that the author sees after the change.</summary>
    private async Task<string> Changes(string change, (string, string) value, params int[] ids) =>
        await ChangesAt(change, value, ids) is var (page, at) && at is null ? page : WebUtility.HtmlDecode(await app.As(Tess).GetStringAsync(at, Ct));

    private async Task<string> ChangedAt(string change, (string, string) value, params int[] ids) => (await ChangesAt(change, value, ids)).At!;

    private async Task<(string Page, string? At)> ChangesAt(string change, (string, string) value, int[] ids)
    {
        using var tess = await app.InBrowserOf(Tess);
        var reply = await tess.PostAsync("/questions", "bulk", [("do", change), value, .. ids.Select(id => ("id", $"{id}"))]);
        return (WebUtility.HtmlDecode(await reply.Content.ReadAsStringAsync(Ct)), reply.Headers.Location?.PathAndQuery);
    }

    private async Task<string> Undoes(string at)
    {
        using var tess = await app.InBrowserOf(Tess);
        return await (await tess.PostAsync(at, "undo")).Content.ReadAsStringAsync(Ct);
    }

    private Task<string> Statuses(params int[] ids) => app.Value<string>("SELECT string_agg(status, ' ' ORDER BY id) FROM questions WHERE id = ANY($1)", ids);

    private Task<string> Tags(params int[] ids) => app.Value<string>("SELECT string_agg(tags::text, ' ' ORDER BY id) FROM questions WHERE id = ANY($1)", ids);

    private Task<int[]> Slots(Guid test) => app.Value<int[]>("SELECT array_agg(question_id ORDER BY position) FROM test_slots WHERE test_id = $1", test);
}
