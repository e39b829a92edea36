using Tripos.Server.Features.Authoring;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;
using static Tripos.Server.Tests.Support.Visit;

namespace Tripos.Server.Tests.Features.Authoring;

/// <summary>How a question went, beside it.</summary>
public sealed class StatisticsTests(TriposApp app) : IClassFixture<TriposApp>
{
    [Fact]
    public async Task What_was_counted_since_the_question_exists_stands_beside_it()
    {
        var test = await app.HasTest(questions: 1);
        await app.Sits(Ada, test, "a");
        await app.Sits(Otto, test, "b");
        await app.RunFoldsAsync();

        var totals = await ReadTotals.RunAsync(test.QuestionIds[0], app.Sql, TestContext.Current.CancellationToken);
        string page = await app.As(Tess).GetStringAsync($"/questions/{test.QuestionIds[0]}", TestContext.Current.CancellationToken);

        Assert.Equal((2, 2, 2, 0.5, 0.5), (totals!.Asked, totals.Answered, totals.Learners, totals.MeanScore, totals.PassRate));
        Assert.False(totals.IsSettled);
        Assert.InRange(totals.CalculatedDifficulty!.Value, 1, 5);
        Assert.Contains("Since it exists", page);
        Assert.Contains("2 people", page);
    }

    [Fact]
    public async Task A_question_nobody_was_asked_says_what_will_stand_here()
    {
        var (question, _) = await app.HasQuestion(Exams.Choice("Never asked?", "a"));

        Assert.Contains("Nobody has been asked yet.", await app.As(Tess).GetStringAsync($"/questions/{question}", Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Facility_time_and_choices_come_from_the_graded_answers()
    {
        var test = await app.HasTest(questions: 3);
        await app.Sits(Ada, test, "a", "a", "a");
        await app.Sits(Otto, test, "b", "a", "");
        await app.Starts(Root, test); // still open: not counted

        var first = await ReadStatistics.RunAsync(test.QuestionIds[0], app.Sql, Ct);
        var third = await ReadStatistics.RunAsync(test.QuestionIds[2], app.Sql, Ct);

        Assert.Equal((2, 2, 0.5), (first.Presented, first.Answered, first.Facility));
        Assert.Equal((1, 1), (first.Chosen["a"], first.Chosen["b"]));
        Assert.Equal((2, 1, 0.5), (third.Presented, third.Answered, third.Facility));
        Assert.Null(first.Discrimination);
    }

    [Fact]
    public async Task Discrimination_is_the_correlation_with_the_rest_of_the_attempt()
    {
        var test = await app.HasTest(questions: 3);
        for (int n = 0; n < 5; n++)
        {
            await app.Sits(Ada, test, "a", "a", "a");
            await app.Sits(Otto, test, "b", "b", n == 0 ? "a" : "b");
        }

        var figures = await ReadStatistics.RunAsync(test.QuestionIds[0], app.Sql, Ct);

        // By hand: scores 1×5, 0×5; rests 1×5, 0.5, 0×4. Means 0.5 and 0.55; Σxy 2.25, Σx² 2.5, Σy² 2.225 about them.
        Assert.Equal(2.25 / Math.Sqrt(2.5 * 2.225), figures.Discrimination!.Value, 6);
    }

    [Fact]
    public async Task The_page_shows_the_figures_and_the_options_as_a_table()
    {
        var test = await app.HasTest(questions: 1);
        await app.Sits(Ada, test, "b");

        string page = await app.As(Tess).GetStringAsync($"/questions/{test.QuestionIds[0]}", Ct);

        Assert.Contains("<dd>1 time</dd>", page, StringComparison.Ordinal);
        Assert.Contains("What learners chose", page, StringComparison.Ordinal);
        Assert.Contains("needs at least 10 answers", page, StringComparison.Ordinal);
    }
}
