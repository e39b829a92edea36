using Npgsql;
using Tripos.Questions;
using Tripos.Scoring;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Attempts;

/// <summary>What a regrade does to one graded answer, and to the attempt it belongs to.</summary>
public sealed record RegradeRow(
    Guid AttemptId, short Position, Guid LearnerId, string LearnerName, string Title, int Number, DateTimeOffset SubmittedAt,
    int FromVersionId, float FromPoints, bool? FromCorrect, float ToPoints, bool? ToCorrect, float PointsMax, float ToPointsOpen, string? ToTraits,
    float FromPercent, float ToPercent, bool? FromPassed, bool? ToPassed)
{
    /// <summary>The learner's result changes; otherwise only the key shown in review does.</summary>
    public bool ChangesResult => FromPoints != ToPoints || FromCorrect != ToCorrect;
}

/// <summary>The dry run of a regrade: every graded answer to the question that another key now counts for.</summary>
/// <param name="OtherContent">Graded answers to versions that said something else; they keep their points.</param>
public sealed record RegradePlan(int QuestionId, int VersionId, IReadOnlyList<RegradeRow> Rows, int OtherContent)
{
    public int Changed => Rows.Count(row => row.ChangesResult);
    public int Better => Rows.Count(row => row.ToPoints > row.FromPoints);
    public int Worse => Rows.Count(row => row.ToPoints < row.FromPoints);

    private sealed record GradedAnswer(
        Guid AttemptId, short Position, int SeenVersionId, int GradedVersionId, string? Response, float Points, float PointsMax, float PointsOpen, bool? Correct,
        Guid LearnerId, string LearnerName, string Title, int Number, DateTimeOffset SubmittedAt, float AttemptPoints, float AttemptPointsMax, float AttemptPointsOpen, float Percent, bool? Passed, float? PassMark, string? Profile, Judgement? Judgement);

    /// <summary>Reads and scores; nothing is written. Within a transaction that holds the attempts the plan stays true until it commits.</summary>
    public static async Task<RegradePlan> MakeAsync(NpgsqlConnection connection, LoadedVersion target, QuestionVersions versions, CancellationToken ct)
    {
        var versionIds = await connection.QueryAsync("SELECT id FROM question_versions WHERE question_id = $1 ORDER BY id", row => row.GetInt32(0), ct, target.QuestionId);
        var sameContent = (await versions.LoadAsync(versionIds, ct)).Where(version => SaysTheSame(version, target)).Select(version => version.Id).ToHashSet();
        var answers = await connection.QueryAsync(GradedAnswersSql, Read, ct, versionIds.ToArray(), target.Id);
        var regradable = answers.Where(answer => sameContent.Contains(answer.SeenVersionId)).ToList();
        return new RegradePlan(target.QuestionId, target.Id, [.. regradable.Select(answer => Row(answer, target, versions.Resources))], answers.Count - regradable.Count);
    }

    private const string GradedAnswersSql = """
        SELECT a.attempt_id, a.position, a.question_version_id, COALESCE(a.graded_version_id, a.question_version_id), a.response::text, COALESCE(a.points, 0), a.points_max, a.points_open, a.correct,
            t.learner_id, u.display_name, t.title, t.number, t.submitted_at, t.points, t.points_max, t.points_open, t.percent, t.passed, (t.policy->>'passMarkPercent')::real, t.policy->'test'->>'profile', e.evaluator, e.by_name, e.traits::text
        FROM answers a LEFT JOIN evaluated_answers e ON e.attempt_id = a.attempt_id AND e.position = a.position JOIN attempts t ON t.id = a.attempt_id JOIN users u ON u.id = t.learner_id
        WHERE a.question_version_id = ANY ($1) AND t.status = 'graded' AND a.graded_version_id IS DISTINCT FROM $2
        ORDER BY t.submitted_at DESC, a.attempt_id, a.position
        """;

    /// <summary>The learner read the same texts under the same option ids, so the new key can judge the old response.</summary>
    private static bool SaysTheSame(LoadedVersion version, LoadedVersion target) =>
        version.Kind.Name == target.Kind.Name
        && QuestionFingerprint.OfContent(version.Kind.Name, version.Body) == QuestionFingerprint.OfContent(target.Kind.Name, target.Body)
        && version.Options.Select(o => (o.Id, o.Html)).ToHashSet().SetEquals(target.Options.Select(o => (o.Id, o.Html)));

    private static RegradeRow Row(GradedAnswer a, LoadedVersion target, ScoringResources resources)
    {
        var graded = GradeAttempt.GradeItem(new GradeableItem(a.Position, target.Id, a.PointsMax, a.Response) { Judgement = a.Judgement }, target, ScoringProfiles.Find(a.Profile), resources);
        float points = a.AttemptPoints - a.Points + graded.Points, open = Math.Max(0, a.AttemptPointsOpen - a.PointsOpen + graded.PointsOpen);
        return new RegradeRow(a.AttemptId, a.Position, a.LearnerId, a.LearnerName, a.Title, a.Number, a.SubmittedAt, a.GradedVersionId,
            a.Points, a.Correct, graded.Points, graded.Correct, a.PointsMax, graded.PointsOpen, graded.Traits,
            a.Percent, GradeAttempt.PercentOf(points, a.AttemptPointsMax, open), a.Passed, GradeAttempt.Passed(points, a.AttemptPointsMax, open, a.PassMark));
    }

    private static GradedAnswer Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetInt16(1), row.GetInt32(2), row.GetInt32(3), row.Maybe<string>(4), row.GetFloat(5), row.GetFloat(6), row.GetFloat(7), row.Maybe<bool?>(8),
        row.GetGuid(9), row.GetString(10), row.GetString(11), row.GetInt32(12), row.Time(13), row.GetFloat(14), row.GetFloat(15), row.GetFloat(16), row.GetFloat(17), row.Maybe<bool?>(18), row.Maybe<float?>(19), row.Maybe<string>(20),
        Judgement.Read(row.Maybe<string>(21), row.Maybe<string>(22), row.Maybe<string>(23)));
}
