using System.Text.Json;
using Npgsql;
using Tripos.Questions;
using Tripos.Scoring;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Features.Catalog.Interactions;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.SharedAnswers;

/// <summary>An answer of the reader's own to a question, in a finished attempt.</summary>
/// <param name="Key">The body it was graded with, with its model answer.</param>
/// <param name="IsDisclosed">The attempt shows its answers: without that it neither opens others' answers nor can be shared.</param>
/// <param name="Status">Null when it was never shared.</param>
public sealed record OwnAnswer(
    Guid AttemptId, short Position, LoadedVersion Version, FreeAnswer Key, JsonElement Response, IReadOnlyList<TraitScore> Traits, DateTimeOffset SubmittedAt, bool IsDisclosed,
    Guid? SharedId, SharedStatus? Status, string Note, bool Anonymous, int HelpfulCount, string HiddenReason)
{
    private const int MostShown = 20;

    public bool IsAnswered => !Version.Kind.IsEmpty(Response);

    /// <summary>As review parts draw it.</summary>
    public ReviewedQuestion Reviewed => new(Position, Version, Response, Seed: 0, Shuffle: false, Key, Explained: true, Traits) { AttemptId = AttemptId };

    public AnswerContent Content => AnswerContent.Of(Response, $"/api/attempts/{AttemptId}/recordings/{AnswerContent.RecordingOf(Response)}/audio");

    /// <summary>The answers that let their learner compare: given, and shown again by their tests. Newest first.</summary>
    public static async Task<List<OwnAnswer>> ComparableAsync(int questionId, CurrentUser learner, NpgsqlDataSource source, QuestionVersions versions, DateTimeOffset now, CancellationToken ct)
    {
        var rows = await source.QueryAsync("""
            SELECT x.attempt_id, x.position, x.question_version_id, COALESCE(x.graded_version_id, x.question_version_id), x.response::text, x.traits::text, a.submitted_at, a.mode, a.policy::text,
                s.id, s.status, COALESCE(s.note, ''), COALESCE(s.anonymous, false), COALESCE(s.helpful_count, 0), COALESCE(s.hidden_reason, '')
            FROM attempts a JOIN answers x ON x.attempt_id = a.id LEFT JOIN shared_answers s ON s.attempt_id = x.attempt_id AND s.position = x.position
            WHERE a.learner_id = $1 AND a.status = 'graded' AND x.response IS NOT NULL AND x.question_version_id IN (SELECT id FROM question_versions WHERE question_id = $2)
            ORDER BY a.submitted_at DESC, x.position
            """, row => Read(row, now), ct, learner.Id, questionId);
        List<OwnAnswer> own = [];
        foreach (var row in rows)
        {
            if (own.Count < MostShown && await LoadAsync(row, versions, ct) is { IsDisclosed: true, IsAnswered: true } answer)
            {
                own.Add(answer);
            }
        }

        return own;
    }

    private static async Task<OwnAnswer?> LoadAsync(Row row, QuestionVersions versions, CancellationToken ct)
    {
        var loaded = await versions.LoadAsync([row.VersionId, row.GradedVersionId], ct);
        return loaded[0].Body is FreeAnswer && loaded[1].Body is FreeAnswer key
            ? new OwnAnswer(row.AttemptId, row.Position, loaded[0], key, row.Response, row.Traits, row.SubmittedAt, row.IsDisclosed,
                row.SharedId, row.Status, row.Note, row.Anonymous, row.HelpfulCount, row.HiddenReason)
            : null;
    }

    private static Row Read(NpgsqlDataReader row, DateTimeOffset now)
    {
        var rules = JsonSerializer.Deserialize<AttemptRules>(row.GetString(8), Json.Options)!;
        var disclosed = Disclosure.ToLearner(row.Word<AttemptMode>(7), rules.Test, now);
        return new Row(
            row.GetGuid(0), row.GetInt16(1), row.GetInt32(2), row.GetInt32(3), ResponseText.Parse(row.GetString(4))!.Value,
            disclosed.Correctness ? SharedAnswerRow.Evaluated(row.Maybe<string>(5)) : [], row.Time(6), disclosed.Answers,
            row.Maybe<Guid?>(9), row.IsDBNull(10) ? null : row.Word<SharedStatus>(10), row.GetString(11), row.GetBoolean(12), row.GetInt32(13), row.GetString(14));
    }

    private sealed record Row(
        Guid AttemptId, short Position, int VersionId, int GradedVersionId, JsonElement Response, IReadOnlyList<TraitScore> Traits, DateTimeOffset SubmittedAt, bool IsDisclosed,
        Guid? SharedId, SharedStatus? Status, string Note, bool Anonymous, int HelpfulCount, string HiddenReason);
}
