using System.Text.Json;
using Npgsql;
using Tripos.Questions;
using Tripos.Scoring;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Features.Catalog.Interactions;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Attempts;

/// <summary>Points earned in one topic. <paramref name="Name"/> is "Other" for questions without one.</summary>
public sealed record TopicResult(int? TopicId, string? Module, string Name, int Items, int Right, float Points, float PointsMax, float PointsOpen = 0)
{
    public float Percent => GradeAttempt.PercentOf(Points, PointsMax, PointsOpen);
}

/// <summary>One question in review. What the policy withholds is null or empty here, so a page cannot show it by mistake.</summary>
public sealed record ReviewItem(
    int Position, LoadedVersion Version, JsonElement? Response, long Seed, bool Shuffle, QuestionBody? KeyBody, bool Explained, IReadOnlyList<TraitScore> Traits,
    bool? Correct, float? Points, float PointsMax, float? PointsOpen, string? ExplanationHtml, short? Confidence, long? ElapsedMs, bool Flagged, bool Regraded, string? TopicName, string? Section)
    : ReviewedQuestion(Position, Version, Response, Seed, Shuffle, KeyBody, Explained, Traits);

/// <summary>One result the attempt has had; more than one after a regrade.</summary>
public sealed record GradeStep(int Revision, GradeCause Cause, float Percent, bool? Passed, DateTimeOffset GradedAt, string? Reason);

/// <summary>Everything the result page shows.</summary>
/// <param name="ReviewWithheld">Why there is no review, in one sentence; null when there is one.</param>
public sealed record ResultView(
    Guid AttemptId, Guid LearnerId, string LearnerName, Guid? TestId, string Title, AttemptMode Mode, int Number, int? AllowedAttempts, DateTimeOffset StartedAt, DateTimeOffset SubmittedAt,
    SubmitType SubmitType, long DurationMs, int ItemCount, int AnsweredCount, bool ScoreShown, float Points, float PointsMax, float PointsOpen, float Percent, bool? Passed, float? PassMarkPercent,
    IReadOnlyList<TopicResult> Topics, IReadOnlyList<GradeStep> Grades, IReadOnlyList<ReviewItem> Review, string? ReviewWithheld)
{
    /// <summary>Name of the profile whose scaled scores the report page shows; null where there are none, or none may be seen.</summary>
    public string? Profile { get; init; }

    /// <summary>The scaled scores, overall first; empty like <see cref="Profile"/>.</summary>
    public IReadOnlyList<ScaledScores.Kept> Scores { get; init; } = [];
}

/// <summary>Reads a graded attempt as far as its review policy allows; teachers see all of it.</summary>
public static class ReadResult
{
    public static async Task<Outcome<ResultView>> RunAsync(
        Guid attemptId, CurrentUser reader, NpgsqlDataSource source, QuestionVersions versions, TimeProvider clock, CancellationToken ct)
    {
        var rows = await ResultRows.LoadAsync(attemptId, reader, source, ct);
        if (rows is null)
        {
            return AttemptProblems.NotFound;
        }

        if (rows.Header.SubmittedAt is null)
        {
            return new Problem("attempt-open", 409, "This attempt is not finished", "Submit it to see the result.");
        }

        var disclosure = Disclosure.Of(rows.Header, reader, clock.GetUtcNow());
        var seen = await versions.LoadAsync([.. rows.Items.Select(item => item.VersionId)], ct);
        var graded = await versions.LoadAsync([.. rows.Items.Select(item => item.GradedVersionId ?? item.VersionId)], ct);
        return View(rows, disclosure, seen, graded);
    }

    private static ResultView View(ResultRows rows, Disclosure disclosure, LoadedVersion[] seen, LoadedVersion[] graded)
    {
        var h = rows.Header;
        var topics = disclosure.Score ? rows.Items.GroupBy(item => (item.TopicId, item.Module, Name: item.TopicName ?? "Other")).Select(group => new TopicResult(
            group.Key.TopicId, group.Key.Module, group.Key.Name, group.Count(), group.Count(item => item.Correct == true),
            group.Sum(item => item.Points ?? 0), group.Sum(item => item.PointsMax), group.Sum(item => item.PointsOpen))).ToList() : [];
        return new ResultView(
            h.AttemptId, h.LearnerId, h.LearnerName, h.TestId, h.Title, h.Mode, h.Number, h.Rules.Test.AllowedAttempts, h.StartedAt, h.SubmittedAt!.Value, h.SubmitType, h.DurationMs, rows.Items.Count, h.AnsweredCount,
            disclosure.Score, disclosure.Score ? h.Points : 0, disclosure.Score ? h.PointsMax : 0, disclosure.Score ? h.PointsOpen : 0, disclosure.Score ? h.Percent : 0, disclosure.Score ? h.Passed : null, h.Rules.PassMarkPercent,
            topics, disclosure.Score ? rows.Grades : [],
            disclosure.Withheld is null ? [.. rows.Items.Select((item, i) => Item(item, h, disclosure, seen[i], graded[i]))] : [],
            disclosure.Withheld)
        {
            Profile = disclosure.Score ? h.Profile : null,
            Scores = disclosure.Score ? ScaledScores.Read(h.Scores) : [],
        };
    }

    private static ReviewItem Item(ResultRows.Item item, ResultRows.Attempt attempt, Disclosure disclosure, LoadedVersion seen, LoadedVersion graded) => new(
        item.Position, seen, ResponseText.Parse(item.Response), attempt.Seed, attempt.Rules.Test.ShuffleOptions, disclosure.Answers ? graded.Body : null, disclosure.Explanations,
        disclosure.Correctness ? ScoredItems.Traits(item.Traits) : [],
        disclosure.Correctness ? item.Correct : null, disclosure.Correctness ? item.Points : null, item.PointsMax, disclosure.Correctness ? item.PointsOpen : null,
        disclosure.Explanations ? graded.ExplanationHtml ?? seen.ExplanationHtml : null,
        item.Confidence, item.ElapsedMs, item.Flagged, item.GradedVersionId is { } id && id != item.VersionId, item.TopicName, item.Section) { AttemptId = attempt.AttemptId };
}
