using System.Text.Json;
using Tripos.Questions;
using Tripos.Scoring;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Features.Catalog.Interactions;

namespace Tripos.Server.Features.Attempts;

/// <param name="PointsOpen">Points that wait for an evaluator.</param>
/// <param name="Traits">As JSON; null for items that are simply right or wrong.</param>
/// <param name="Scored">The same as the scoring profile sees it, for scaled scores.</param>
public sealed record GradedItem(short Position, int VersionId, float Points, float PointsOpen, bool? Correct, bool Answered, string? Traits, ScoredItem Scored);

/// <param name="Percent">Of the points that are decided.</param>
/// <param name="Passed">Null without a pass mark, and while what is open could still change it.</param>
/// <param name="Report">Scores on the profile's scale; null where it has none.</param>
public sealed record AttemptGrade(IReadOnlyList<GradedItem> Items, float Points, float PointsMax, float PointsOpen, float Percent, bool? Passed, ScoreReport? Report)
{
    public int AnsweredCount => Items.Count(item => item.Answered);
}

/// <summary>Scores every item of an attempt. Pure: the same answers and versions always give the same grade.</summary>
public static class GradeAttempt
{
    public static AttemptGrade Grade(GradeableAttempt attempt, IReadOnlyList<LoadedVersion> versions, ScoringResources resources)
    {
        var profile = attempt.Rules.Profile;
        var items = attempt.Items.Select((item, i) => GradeItem(item, versions[i], profile, resources)).ToList();
        return Total(items, attempt.Items.Sum(item => item.PointsMax), attempt.Rules.PassMarkPercent, profile);
    }

    public static GradedItem GradeItem(GradeableItem item, LoadedVersion version, ScoringProfile profile, ScoringResources resources)
    {
        var response = ResponseText.Parse(item.Response);
        var decided = Scorer.Score(version.Kind, version.Body, response, profile, resources);
        var score = item.Judgement?.AddTo(decided, version, profile) ?? decided;
        return new GradedItem(
            item.Position, version.Id, (float)(score.Fraction * item.PointsMax), (float)(score.OpenFraction * item.PointsMax), score.Correct,
            response is { } given && !version.Kind.IsEmpty(given),
            score.Traits.Count == 0 ? null : JsonSerializer.Serialize(score.Traits, QuestionJson.Options),
            new ScoredItem(item.Position, version.Kind.Name, Scorer.MaxOf(version.Kind, version.Body, profile), score));
    }

    /// <summary>What an item is worth: its points in the test, or what the profile says; nothing where nothing is scored.</summary>
    /// <param name="points">Of its place in the test.</param>
    public static float PointsOf(LoadedVersion version, ScoringProfile profile, float points) =>
        version.Body.NeedsKey ? points : Scorer.MaxOf(version.Kind, version.Body, profile) is var max && (max == 0 || profile.Scale is not null) ? (float)max : points;

    /// <param name="pointsOpen">Left out of the count: what is not decided is neither earned nor lost.</param>
    public static float PercentOf(float points, float pointsMax, float pointsOpen = 0) =>
        pointsMax - pointsOpen > 0.0005f ? Math.Clamp(points / (pointsMax - pointsOpen) * 100, 0, 100) : 0;

    /// <summary>Whether the pass mark is reached; null without one, and while what is open could still change it.</summary>
    public static bool? Passed(float points, float pointsMax, float pointsOpen, float? passMarkPercent)
    {
        if (passMarkPercent is not { } mark)
        {
            return null;
        }

        bool worst = PercentOf(points, pointsMax) >= mark, best = PercentOf(points + pointsOpen, pointsMax) >= mark;
        return worst == best ? worst : null;
    }

    private static AttemptGrade Total(List<GradedItem> items, float pointsMax, float? passMarkPercent, ScoringProfile profile)
    {
        float points = Math.Min(items.Sum(item => item.Points), pointsMax);
        float open = Math.Min(items.Sum(item => item.PointsOpen), pointsMax - points);
        return new AttemptGrade(items, points, pointsMax, open, PercentOf(points, pointsMax, open), Passed(points, pointsMax, open, passMarkPercent),
            profile.Scale is null ? null : ScoreReport.Of(profile, [.. items.Select(item => item.Scored)]));
    }
}
