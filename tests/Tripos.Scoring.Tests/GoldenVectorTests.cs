using System.Text.Json;
using Tripos.Questions;
using Tripos.Scoring.Tests.Vectors;

namespace Tripos.Scoring.Tests;

/// <summary>Every row of Vectors/*.md: a question, an answer, and what it must earn, worked by hand.</summary>
public sealed class GoldenVectorTests
{
    private const double Near = 1e-9;

    public static TheoryData<string> Places => [.. VectorRow.All.Select(row => row.Place)];

    [Theory]
    [MemberData(nameof(Places))]
    public void A_row_earns_what_it_says(string place)
    {
        var row = VectorRow.All.Single(row => row.Place == place);
        var (kind, profile) = (QuestionKinds.Find(row.Kind), ScoringProfiles.Find(row.Profile));
        var body = ShortQuestion.Read(kind, row.Question);
        var (response, evaluated) = ShortAnswer.Read(kind, body, row.Answer);
        Assert.True(response is null || kind.FaultOf(body, response.Value) is null, $"{place}: {(response is null ? "" : kind.FaultOf(body, response.Value))}");

        var score = Scorer.Score(kind, body, response, profile, EnglishDictionaries.Resources);
        score = evaluated.Count > 0 ? Scorer.WithEvaluated(kind, body, profile, score, evaluated) : score;

        double max = Scorer.MaxOf(kind, body, profile);
        string got = $"{score.Fraction * max:0.####} of {max:0.####}, {score.OpenFraction * max:0.####} open: {JsonSerializer.Serialize(score.Traits, QuestionJson.Options)}";
        Assert.True(IsAs(row, score, max), $"{place}: {row.Kind} under {row.Profile}, \"{row.Question}\" answered \"{row.Answer}\" must earn {row.Points}, but earned {got}");
    }

    [Fact]
    public void Every_kind_has_rows_and_there_are_more_than_two_hundred()
    {
        Assert.Empty(QuestionKinds.All.Select(kind => kind.Name).Except(VectorRow.All.Select(row => row.Kind)));
        Assert.InRange(VectorRow.All.Count, 200, 2000);
    }

    private static bool IsAs(VectorRow row, ItemScore score, double max)
    {
        var (earned, possible, open) = row.Expected;
        bool? correct = possible == 0 || open > 0 ? null : earned >= possible - Near;
        return Math.Abs(max - possible) < Near && Math.Abs(score.Fraction * max - earned) < Near && Math.Abs(score.OpenFraction * max - open) < Near && score.Correct == correct;
    }
}
