using System.Text.Json;
using Npgsql;
using Tripos.Questions;
using Tripos.Scoring;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Mocks;

/// <summary>One item of the report: what it earned and why.</summary>
/// <param name="Feeds">Names of the reported scores it counts towards.</param>
public sealed record ReportItem(
    int Position, string? Section, string Kind, string Title, bool Answered, float Points, float PointsMax, float PointsOpen, bool? Correct, IReadOnlyList<TraitScore> Traits, IReadOnlyList<string> Feeds)
{
    /// <summary>Answered freely: evaluators judge it.</summary>
    internal bool IsFree => typeof(FreeAnswer).IsAssignableFrom(QuestionKinds.Find(Kind).BodyType);
}

/// <summary>Everything the score report shows.</summary>
/// <param name="Missing">Items of which something is not evaluated yet.</param>
public sealed record ReportView(
    Guid AttemptId, Guid LearnerId, string LearnerName, string Title, DateTimeOffset SubmittedAt, long DurationMs, string Profile, string ProfileTitle, string? Notice, ScoreScale Scale,
    IReadOnlyList<ScaledScore> Scores, IReadOnlyList<ReportItem> Items, IReadOnlyList<GradeStep> Grades, int Answered, int ItemCount, int Missing)
{
    public ScaledScore? Of(string name) => Scores.FirstOrDefault(score => score.Name == name);
}

/// <summary>Rolls the stored points and traits of an attempt up again under its profile, so that every number can be taken apart.</summary>
public static class ReadReport
{
    public static async Task<Outcome<ReportView>> RunAsync(Guid attemptId, CurrentUser reader, NpgsqlDataSource source, QuestionVersions versions, TimeProvider clock, CancellationToken ct)
    {
        var rows = await ResultRows.LoadAsync(attemptId, reader, source, ct);
        if (rows is null)
        {
            return AttemptProblems.NotFound;
        }

        var disclosure = Disclosure.Of(rows.Header, reader, clock.GetUtcNow());
        if (rows.Header.SubmittedAt is null || rows.Header.Profile is not { } name || !disclosure.Score)
        {
            return MockProblems.NoReport;
        }

        var profile = ScoringProfiles.Find(name);
        var bodies = await versions.LoadAsync([.. rows.Items.Select(item => item.GradedVersionId ?? item.VersionId)], ct);
        var scored = rows.Items.Select((item, i) =>
            ScoredItems.Of(item.Position, bodies[i].Kind.Name, item.PointsMax, item.Points ?? 0, item.PointsOpen, item.Correct, item.Traits)).ToList();
        return View(rows, profile, ScoreReport.Of(profile, scored)!, scored, disclosure.Correctness);
    }

    private static ReportView View(ResultRows rows, ScoringProfile profile, ScoreReport report, List<ScoredItem> scored, bool explained)
    {
        var feeds = report.Scores.SelectMany(score => score.From.Select(from => (from.Position, score.Name))).ToLookup(pair => pair.Position, pair => pair.Name);
        var items = rows.Items.Select((item, i) => new ReportItem(
            item.Position, item.Section, scored[i].Kind, QuestionKinds.Find(scored[i].Kind).Title,
            IsAnswered(item.Response, scored[i].Kind),
            item.Points ?? 0, item.PointsMax, item.PointsOpen, item.Correct, scored[i].Score.Traits, [.. feeds[item.Position].Distinct()])).ToList();
        var h = rows.Header;
        return new ReportView(
            h.AttemptId, h.LearnerId, h.LearnerName, h.Title, h.SubmittedAt!.Value, h.DurationMs, profile.Name, profile.Title, profile.Notice, profile.Scale!,
            explained ? report.Scores : [.. report.Scores.Select(score => score with { From = [] })], explained ? items : [], rows.Grades, h.AnsweredCount, items.Count, items.Count(item => item.PointsOpen > 0));
    }

    private static bool IsAnswered(string? response, string kind)
    {
        if (response is null)
        {
            return false;
        }

        using var document = JsonDocument.Parse(response);
        return !QuestionKinds.Find(kind).IsEmpty(document.RootElement);
    }
}
