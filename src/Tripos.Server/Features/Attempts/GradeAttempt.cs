using System.Text.Json;
using Tripos.Scoring;
using Tripos.Server.Features.Catalog;

namespace Tripos.Server.Features.Attempts;

public sealed record GradedItem(short Position, int VersionId, float Points, bool? Correct, bool Answered);

public sealed record AttemptGrade(IReadOnlyList<GradedItem> Items, float Points, float PointsMax, float Percent, bool? Passed)
{
    public int AnsweredCount => Items.Count(item => item.Answered);
}

/// <summary>Scores every item of an attempt. Pure: the same answers and versions always give the same grade.</summary>
public static class GradeAttempt
{
    public static AttemptGrade Grade(GradeableAttempt attempt, IReadOnlyList<LoadedVersion> versions)
    {
        var items = attempt.Items.Select((item, i) => GradeItem(item, versions[i])).ToList();
        return Total(items, attempt.Items.Sum(item => item.PointsMax), attempt.Rules.PassMarkPercent);
    }

    public static GradedItem GradeItem(GradeableItem item, LoadedVersion version)
    {
        JsonElement? response = item.Response is null ? null : JsonSerializer.Deserialize<JsonElement>(item.Response);
        var score = Scorer.Score(version.Kind, version.Body, response, ScoringProfiles.Percentage);
        bool answered = response is { } given && !version.Kind.IsEmpty(given);
        return new GradedItem(item.Position, version.Id, (float)(score.Fraction * item.PointsMax), score.Correct, answered);
    }

    public static float PercentOf(float points, float pointsMax) => pointsMax > 0 ? Math.Clamp(points / pointsMax * 100, 0, 100) : 0;

    private static AttemptGrade Total(List<GradedItem> items, float pointsMax, float? passMarkPercent)
    {
        float points = Math.Min(items.Sum(item => item.Points), pointsMax);
        float percent = PercentOf(points, pointsMax);
        return new AttemptGrade(items, points, pointsMax, percent, passMarkPercent is { } mark ? percent >= mark : null);
    }
}
