using System.Text.Json;
using System.Text.Json.Serialization;
using Npgsql;
using Tripos.Scoring;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Attempts;

/// <summary>What another profile makes of one graded attempt.</summary>
/// <param name="Before">Scaled scores by name as they are; absent where there is none.</param>
/// <param name="After">Scaled scores by name as they would be.</param>
public sealed record ProfileRegradeRow(
    Guid AttemptId, Guid LearnerId, string LearnerName, string Title, DateTimeOffset SubmittedAt, int Revision,
    IReadOnlyDictionary<string, int> Before, IReadOnlyDictionary<string, int> After, float FromPercent, float ToPercent)
{
    [JsonIgnore]
    public AttemptGrade Grade { get; init; } = null!;

    /// <summary>Points possible of each item under the new profile.</summary>
    [JsonIgnore]
    public IReadOnlyList<float> PointsMax { get; init; } = [];
}

/// <summary>The dry run of grading attempts under another profile.</summary>
/// <param name="Left">Attempts of the profile beyond the most that are graded at once; run it again for them.</param>
public sealed record ProfileRegradePlan(string FromProfile, string ToProfile, IReadOnlyList<ProfileRegradeRow> Rows, int Left)
{
    public const int MostAtOnce = 500;

    private sealed record Stored(
        Guid Id, Guid LearnerId, string LearnerName, string Title, DateTimeOffset SubmittedAt, int Revision, AttemptRules Rules, string Scores, float Percent, int Total);

    /// <summary>Reads and scores; nothing is written. Newest attempts first.</summary>
    /// <param name="attemptIds">Only these; null for all of the profile.</param>
    public static async Task<ProfileRegradePlan> MakeAsync(
        NpgsqlConnection connection, ScoringProfile from, ScoringProfile to, Guid[]? attemptIds, QuestionVersions versions, CancellationToken ct)
    {
        var attempts = await connection.QueryAsync("""
            SELECT a.id, a.learner_id, u.display_name, a.title, a.submitted_at, a.grade_revision, a.policy::text, a.scores::text, a.percent, count(*) OVER ()::integer
            FROM attempts a JOIN users u ON u.id = a.learner_id
            WHERE a.profile = $1 AND a.status = 'graded' AND ($2::uuid[] IS NULL OR a.id = ANY ($2)) ORDER BY a.submitted_at DESC, a.id LIMIT $3
            """, Read, ct, from.Name, attemptIds, MostAtOnce);
        var items = (await connection.QueryAsync("""
            SELECT a.attempt_id, a.position, COALESCE(a.graded_version_id, a.question_version_id), a.points_max, a.response::text, e.evaluator, e.by_name, e.traits::text
            FROM answers a LEFT JOIN evaluated_answers e ON e.attempt_id = a.attempt_id AND e.position = a.position WHERE a.attempt_id = ANY ($1) ORDER BY a.attempt_id, a.position
            """, row => (AttemptId: row.GetGuid(0), Item: new GradeableItem(row.GetInt16(1), row.GetInt32(2), row.GetFloat(3), row.Maybe<string>(4))
            {
                Judgement = Judgement.Read(row.Maybe<string>(5), row.Maybe<string>(6), row.Maybe<string>(7)),
            }),
            ct, attempts.Select(attempt => attempt.Id).ToArray())).ToLookup(row => row.AttemptId, row => row.Item);
        List<ProfileRegradeRow> rows = [];
        foreach (var attempt in attempts)
        {
            rows.Add(await RowAsync(attempt, [.. items[attempt.Id]], to, versions, ct));
        }

        return new ProfileRegradePlan(from.Name, to.Name, rows, attempts.Count == 0 ? 0 : attempts[0].Total - attempts.Count);
    }

    private static async Task<ProfileRegradeRow> RowAsync(Stored attempt, IReadOnlyList<GradeableItem> items, ScoringProfile to, QuestionVersions versions, CancellationToken ct)
    {
        var bodies = await versions.LoadAsync([.. items.Select(item => item.VersionId)], ct);
        var weighed = items.Select((item, i) => item with { PointsMax = GradeAttempt.PointsOf(bodies[i], to, item.PointsMax) }).ToList();
        var rules = attempt.Rules with { Test = attempt.Rules.Test with { Profile = to.Name } };
        var grade = GradeAttempt.Grade(new GradeableAttempt(attempt.Id, attempt.LearnerId, AttemptStatus.Graded, rules, attempt.SubmittedAt, null, attempt.SubmittedAt, weighed), bodies, versions.Resources);
        return new ProfileRegradeRow(attempt.Id, attempt.LearnerId, attempt.LearnerName, attempt.Title, attempt.SubmittedAt, attempt.Revision,
            ScaledScores.Read(attempt.Scores).Where(score => score.Score is not null).ToDictionary(score => score.Name, score => score.Score!.Value),
            (grade.Report?.Scores ?? []).Where(score => score.Score is not null).ToDictionary(score => score.Name, score => score.Score!.Value), attempt.Percent, grade.Percent)
        {
            Grade = grade,
            PointsMax = [.. weighed.Select(item => item.PointsMax)],
        };
    }

    private static Stored Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetGuid(1), row.GetString(2), row.GetString(3), row.Time(4), row.GetInt32(5),
        JsonSerializer.Deserialize<AttemptRules>(row.GetString(6), Json.Options)!, row.GetString(7), row.GetFloat(8), row.GetInt32(9));
}
