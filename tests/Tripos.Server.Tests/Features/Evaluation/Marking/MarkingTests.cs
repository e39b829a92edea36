using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Features.Evaluation;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;
using static Tripos.Server.Tests.Support.MarkingDesks;

namespace Tripos.Server.Tests.Features.Evaluation.Marking;

public sealed class MarkingTests(TriposApp app) : IClassFixture<TriposApp>, IAsyncLifetime
{
    private static readonly object Twice = new { blind = false, secondPercent = 100, tolerance = 1 };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await app.HasTheo();

    public ValueTask DisposeAsync() => default;

    [Fact]
    public async Task One_mark_decides_where_no_second_is_wanted()
    {
        var attempt = await app.HasJudgedEssay();

        var given = await app.Marks(Tess, attempt, 3, 1.5, comments: [new { text = "Why less?", start = 61, end = 80 }], summary: "Good.");

        Assert.Equal(new GiveMark.Given(MarkingState.Decided, 1, false), given);
        Assert.Equal(4.5f, await app.PointsOf(attempt));
        var feedback = await app.ReadsFeedback(Ada, attempt);
        Assert.Equal("Tess", feedback.GetProperty("countsBy").GetString());
        Assert.All(feedback.GetProperty("traits").EnumerateArray(), trait => Assert.Equal("teacher", trait.GetProperty("by").GetString()));
        Assert.Equal("less than a bridge.", feedback.GetProperty("teacher").GetProperty("comments")[0].GetProperty("place").GetProperty("quote").GetString());
    }

    [Fact]
    public async Task A_draft_decides_nothing_and_only_its_marker_sees_it()
    {
        var attempt = await app.HasJudgedEssay();

        var kept = await app.SendsMark(Tess, attempt, 3, null, draft: true, summary: "Not done");

        Assert.Equal(HttpStatusCode.OK, kept.StatusCode);
        Assert.Equal("Not done", (await app.ReadsMarking(Tess, attempt)).GetProperty("draft").GetProperty("summary").GetString());
        Assert.Equal(JsonValueKind.Null, (await app.ReadsMarking(Theo, attempt)).GetProperty("draft").ValueKind);
        Assert.Equal(0, await app.PointsOf(attempt));
    }

    [Fact]
    public async Task Two_marks_within_the_tolerance_are_averaged_to_the_step()
    {
        var attempt = await app.HasJudgedEssay(plan: Twice);

        var first = await app.Marks(Tess, attempt, 3, 1);
        var second = await app.Marks(Theo, attempt, 2.5, 1.5, first.Revision);

        Assert.Equal(MarkingState.Second, first.State);
        Assert.Equal(MarkingState.Decided, second.State);
        var feedback = await app.ReadsFeedback(Ada, attempt);
        Assert.Equal([3.0, 1.5], feedback.GetProperty("traits").EnumerateArray().Select(trait => trait.GetProperty("score").GetDouble())); // 2.75 and 1.25 in the learner's favour
        Assert.Equal("Tess and Theo", feedback.GetProperty("countsBy").GetString());
    }

    [Fact]
    public async Task Marks_that_differ_wait_for_a_third_person()
    {
        var attempt = await app.HasJudgedEssay(plan: Twice);
        await app.Marks(Tess, attempt, 4, 2);
        var second = await app.Marks(Theo, attempt, 1, 0, 1);

        var own = await app.SendsMark(Tess, attempt, 2, 1, second.Revision);
        var third = await app.Marks(Root, attempt, 2, 1, second.Revision);

        Assert.Equal(MarkingState.Disagree, second.State);
        Assert.Equal("/problems/marking-third-person", await TypeOf(own));
        Assert.Equal(MarkingState.Decided, third.State);
        Assert.Equal(3, await app.PointsOf(attempt));
        Assert.Equal(3, (await app.ReadsMarking(Root, attempt)).GetProperty("marks").GetArrayLength());
    }

    [Fact]
    public async Task Nobody_gives_both_marks()
    {
        var attempt = await app.HasJudgedEssay(plan: Twice);
        var first = await app.Marks(Tess, attempt, 4, 2);

        var again = await app.Marks(Tess, attempt, 3, 2, first.Revision);

        Assert.Equal(MarkingState.Second, again.State);
        Assert.Equal(1, await app.Value<int>("SELECT count(*)::integer FROM marks WHERE attempt_id = $1 AND status = 'given'", attempt));
        Assert.Equal(1, await app.Value<int>("SELECT count(*)::integer FROM marks WHERE attempt_id = $1 AND status = 'replaced'", attempt));
    }

    [Fact]
    public async Task Two_teachers_at_the_same_answer_learn_of_each_other_and_nothing_is_lost()
    {
        var attempt = await app.HasJudgedEssay();
        await app.Marks(Tess, attempt, 4, 2);

        var late = await app.SendsMark(Theo, attempt, 1, 1, revision: 0, summary: "Mine");

        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        var problem = await late.Content.ReadFromJsonAsync<JsonElement>(Ct);
        Assert.Equal(("/problems/marking-changed", 1, "decided"), (problem.GetProperty("type").GetString(), problem.GetProperty("revision").GetInt32(), problem.GetProperty("state").GetString()));
        Assert.Contains("Tess", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal("Mine", (await app.ReadsMarking(Theo, attempt)).GetProperty("draft").GetProperty("summary").GetString());
        Assert.Equal(6, await app.PointsOf(attempt));
    }

    [Fact]
    public async Task A_decision_is_changed_with_a_reason_and_the_earlier_one_stays()
    {
        var attempt = await app.HasJudgedEssay();
        await app.Marks(Tess, attempt, 4, 2);

        var silent = await app.SendsMark(Theo, attempt, 1, 1, revision: 1);
        var changed = await app.Marks(Theo, attempt, 1, 1, 1, reason: "Off the topic");

        Assert.Equal("/problems/marking-reason-missing", await TypeOf(silent));
        Assert.Equal(MarkingState.Decided, changed.State);
        Assert.Equal(2, await app.PointsOf(attempt));
        Assert.Equal(["first", "decision"], (await app.ReadsMarking(Tess, attempt)).GetProperty("marks").EnumerateArray().Select(mark => mark.GetProperty("part").GetString()));
    }

    [Fact]
    public async Task A_teacher_overrides_a_machine_and_withdrawing_lets_it_count_again()
    {
        var attempt = await app.HasJudgedEssay();
        await app.Judges(attempt, EvaluatorKind.Local, 2, 1);
        Assert.Equal(3, await app.PointsOf(attempt));

        await app.Marks(Tess, attempt, 4, 2);
        float overridden = await app.PointsOf(attempt);
        await app.Judges(attempt, EvaluatorKind.Model, 1, 1); // arrives late
        float afterModel = await app.PointsOf(attempt);
        var withdrawn = await app.Withdraws(Theo, attempt, 1);

        Assert.Equal((6f, 6f), (overridden, afterModel));
        Assert.Equal(HttpStatusCode.OK, withdrawn.StatusCode);
        Assert.Equal(2, await app.PointsOf(attempt)); // the model's word
        Assert.Equal(2, (await app.ReadsFeedback(Ada, attempt)).GetProperty("recommendations").GetArrayLength());
        Assert.Equal("A slip", await app.Value<string>("SELECT ended_because FROM marks WHERE attempt_id = $1", attempt));
    }

    [Fact]
    public async Task Where_only_teachers_count_withdrawing_opens_the_points_again()
    {
        var attempt = await app.HasJudgedEssay(new TestPolicy { FreeAnswers = FreeAnswerPolicy.Marked });
        await app.Judges(attempt, EvaluatorKind.Local, 2, 1);
        var before = await app.ReadsFeedback(Ada, attempt);
        await app.Marks(Tess, attempt, 4, 2);

        (await app.Withdraws(Tess, attempt, 1)).EnsureSuccessStatusCode();

        Assert.True(before.GetProperty("awaitsTeacher").GetBoolean());
        Assert.Equal(0, before.GetProperty("recommendations").GetArrayLength());
        Assert.Equal((0f, 6f), (await app.PointsOf(attempt), await app.Value<float>("SELECT points_open FROM attempts WHERE id = $1", attempt)));
    }

    [Fact]
    public async Task Blind_markers_see_neither_name_nor_machines_nor_the_first_mark()
    {
        var attempt = await app.HasJudgedEssay(plan: new { blind = true, secondPercent = 100, tolerance = 1 });
        await app.Judges(attempt, EvaluatorKind.Local, 2, 1);
        await app.Marks(Tess, attempt, 4, 2, summary: "Only mine");

        var blind = await app.ReadsMarking(Theo, attempt);
        string page = await (await app.As(Theo).GetAsync($"/marking/{attempt}/1", Ct)).Content.ReadAsStringAsync(Ct);
        string queue = await app.As(Theo).GetStringAsync($"/marking?test={await TestOf(attempt)}", Ct);
        await app.Marks(Theo, attempt, 4, 1, 1);
        var decided = await app.ReadsFeedback(Ada, attempt);

        Assert.Equal(JsonValueKind.Null, blind.GetProperty("learner").ValueKind);
        Assert.Equal((0, 0), (blind.GetProperty("recommendations").GetArrayLength(), blind.GetProperty("marks").GetArrayLength()));
        Assert.DoesNotContain("Ada", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Only mine", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Local judge", page, StringComparison.Ordinal);
        Assert.Contains("A learner: What should a town", queue, StringComparison.Ordinal);
        Assert.DoesNotContain("Ada", queue, StringComparison.Ordinal);
        Assert.Equal("a teacher", decided.GetProperty("countsBy").GetString());
    }

    [Theory]
    [InlineData(4.2, 1)] // no half
    [InlineData(5, 1)]
    [InlineData(-1, 1)]
    public async Task Points_off_the_scale_are_refused(double content, double style)
    {
        var reply = await app.SendsMark(Tess, await app.HasJudgedEssay(), content, style);

        Assert.Equal("/problems/bad-mark", await TypeOf(reply));
    }

    [Fact]
    public async Task A_comment_finds_its_words_and_is_refused_where_they_are_not()
    {
        var attempt = await app.HasJudgedEssay();

        var missing = await app.SendsMark(Tess, attempt, 1, 1, comments: [new { text = "What?", quote = "buildings" }]);
        await app.Marks(Tess, attempt, 1, 1, comments: [new { text = "Which rain?", quote = "the rain", start = 2, end = 5 }]);

        Assert.Equal("/problems/bad-mark", await TypeOf(missing));
        var place = (await app.ReadsFeedback(Ada, attempt)).GetProperty("teacher").GetProperty("comments")[0].GetProperty("place");
        Assert.Equal("the rain", Essay[place.GetProperty("start").GetInt32()..place.GetProperty("end").GetInt32()]);
    }

    [Fact]
    public async Task Learners_cannot_mark_and_teachers_not_their_own()
    {
        var adas = await app.HasJudgedEssay();
        var tesss = (await app.Writes(Tess, await app.HasJudgedTest(), Essay)).AttemptId;

        Assert.Equal(HttpStatusCode.Forbidden, (await app.SendsMark(Ada, adas, 4, 2)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await app.As(Ada).GetAsync("/api/marking", Ct)).StatusCode);
        Assert.Equal("/problems/marking-own", await TypeOf(await app.SendsMark(Tess, tesss, 4, 2)));
        Assert.Equal("/problems/marking-not-found", await TypeOf(await app.SendsMark(Tess, Guid.CreateVersion7(), 4, 2)));
    }

    private Task<Guid> TestOf(Guid attempt) => app.Value<Guid>("SELECT test_id FROM attempts WHERE id = $1", attempt);

    private static async Task<string?> TypeOf(HttpResponseMessage reply) => (await reply.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("type").GetString();
}
