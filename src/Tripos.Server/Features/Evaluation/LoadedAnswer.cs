using System.Text.Json;
using Npgsql;
using Tripos.Evaluation;
using Tripos.Formats;
using Tripos.Questions;
using Tripos.Scoring;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Features.Catalog.Interactions;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Evaluation;

/// <summary>A closed free answer with what evaluators need of it.</summary>
/// <param name="RecordingId">A complete recording; null for written answers, and where its sound never arrived.</param>
/// <param name="DurationMs">Of the recording.</param>
public sealed record LoadedAnswer(Guid AttemptId, short Position, Guid LearnerId, LoadedVersion Version, AnswerToJudge Judged, Guid? RecordingId, int? DurationMs)
{
    private sealed record Row(Guid LearnerId, int VersionId, string? Profile, string? Response, Guid? RecordingId, int? DurationMs);

    /// <returns>Null where there is no such answer, or nothing of it is for evaluators.</returns>
    /// <param name="all">Every trait, also those that rules decide: a teacher may override them.</param>
    public static async Task<LoadedAnswer?> FindAsync(Guid attemptId, short position, NpgsqlDataSource source, QuestionVersions versions, CancellationToken ct, bool all = false)
    {
        var rows = await source.QueryAsync("""
            SELECT t.learner_id, COALESCE(a.graded_version_id, a.question_version_id), t.policy->'test'->>'profile', a.response::text, r.id, r.duration_ms
            FROM answers a JOIN attempts t ON t.id = a.attempt_id
                LEFT JOIN recordings r ON r.attempt_id = a.attempt_id AND r.state = 'complete' AND r.id::text = a.response->>'recording'
            WHERE a.attempt_id = $1 AND a.position = $2 AND a.points IS NOT NULL
            """, row => new Row(row.GetGuid(0), row.GetInt32(1), row.Maybe<string>(2), row.Maybe<string>(3), row.Maybe<Guid?>(4), row.Maybe<int?>(5)), ct, attemptId, position);
        if (rows is not [var found])
        {
            return null;
        }

        var version = await versions.LoadAsync(found.VersionId, ct);
        var profile = ScoringProfiles.Find(found.Profile);
        if (version.Body is not FreeAnswer body || ResponseText.Parse(found.Response) is not { } response || version.Kind.IsEmpty(response))
        {
            return null;
        }

        IReadOnlyList<ProfileTrait> traits = [.. Scorer.TraitsOf(version.Kind, body, profile).Where(trait => all || (trait.Form is null && trait.Spelling is null))];
        return traits.Count == 0 ? null : new LoadedAnswer(attemptId, position, found.LearnerId, version,
            new AnswerToJudge(version.Kind, body, traits, TextOf(body, response)) { Question = Shown(body) }, found.RecordingId, found.DurationMs);
    }

    private static string? TextOf(FreeAnswer body, JsonElement response) => body switch
    {
        Written => response.GetProperty("text").GetString(),
        CodeAnswer => response.GetProperty("code").GetString(),
        _ => null,
    };

    private static string Shown(FreeAnswer body)
    {
        string text = $"{body.Prompt}\n{body.Passage}".Trim();
        return body.Format == ContentFormat.Html ? HtmlSanitizer.ToText(text) : text;
    }
}
