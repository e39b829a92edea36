using Npgsql;
using Tripos.Questions;
using Tripos.Scoring;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Features.Catalog.Interactions;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Evaluation;

/// <summary>A free answer of a graded attempt, with what marking needs of its test.</summary>
/// <param name="TestId">Null for mock tests and practice.</param>
/// <param name="Now">What its traits have earned so far.</param>
/// <param name="OnlyTeachersCount">What machines say is a recommendation and nothing more.</param>
public sealed record MarkableAnswer(
    LoadedAnswer Answer, string LearnerName, Guid? TestId, string Title, DateTimeOffset SubmittedAt, string Response, string Profile, IReadOnlyList<TraitScore> Now, MarkingPlan Plan, bool OnlyTeachersCount)
{
    private sealed record Row(
        string LearnerName, Guid? TestId, string Title, DateTimeOffset SubmittedAt, string Response, string Profile, string? Traits, MarkingPlan Plan, bool OnlyTeachersCount);

    /// <summary>Traits in the order of the rubric.</summary>
    public IReadOnlyList<ProfileTrait> Traits => Answer.Judged.Traits;

    /// <returns>Null where there is no such answer, nothing was answered, or the attempt is not graded.</returns>
    public static async Task<MarkableAnswer?> FindAsync(Guid attemptId, int position, NpgsqlDataSource source, QuestionVersions versions, CancellationToken ct)
    {
        if (position is < 1 or > short.MaxValue || await LoadedAnswer.FindAsync(attemptId, (short)position, source, versions, ct, all: true) is not { } answer)
        {
            return null;
        }

        var rows = await source.QueryAsync("""
            SELECT u.display_name, t.test_id, t.title, t.submitted_at, a.response::text, COALESCE(t.policy->'test'->>'profile', ''), a.traits::text,
                COALESCE(p.blind, false), COALESCE(p.second_percent, 0::smallint), COALESCE(p.tolerance, 1), COALESCE(t.policy->'test'->>'freeAnswers', '') = 'marked'
            FROM attempts t JOIN answers a ON a.attempt_id = t.id JOIN users u ON u.id = t.learner_id LEFT JOIN marking_plans p ON p.test_id = t.test_id
            WHERE t.id = $1 AND a.position = $2 AND t.status = 'graded'
            """, row => new Row(row.GetString(0), row.Maybe<Guid?>(1), row.GetString(2), row.Time(3), row.GetString(4), row.GetString(5), row.Maybe<string>(6),
                new MarkingPlan(row.GetBoolean(7), row.GetInt16(8), row.GetFloat(9)), row.GetBoolean(10)), ct, attemptId, (short)position);
        return rows is [var found]
            ? new MarkableAnswer(answer, found.LearnerName, found.TestId, found.Title, found.SubmittedAt, found.Response, found.Profile, Attempts.ScoredItems.Traits(found.Traits), found.Plan, found.OnlyTeachersCount)
            : null;
    }

    /// <summary>What rules decide, without anybody's judgement; the score of a trait they leave open is null.</summary>
    public IReadOnlyList<TraitScore> ByRules(ScoringResources resources) =>
        Scorer.Score(Answer.Version.Kind, Answer.Version.Body, ResponseText.Parse(Response), ScoringProfiles.Find(Profile.Length == 0 ? null : Profile), resources).Traits;
}
