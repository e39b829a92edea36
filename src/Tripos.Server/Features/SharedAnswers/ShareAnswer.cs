using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Npgsql;
using Tripos.Questions;
using Tripos.Server.Features.Accounts;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Features.Catalog.Interactions;
using Tripos.Server.Features.Recordings;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.SharedAnswers;

/// <summary>Shows an answer of one's own to others. Sharing it again changes the note and the name, and brings a withdrawn one back.</summary>
public static class ShareAnswer
{
    public const int LongestNote = 500;

    /// <param name="Note">A word to the readers; may be empty.</param>
    /// <param name="Anonymous">Nobody is told whose answer it is.</param>
    public sealed record Request(Guid AttemptId, short Position, [MaxLength(LongestNote)] string? Note = null, bool Anonymous = true);

    public static async Task<Outcome<SharedAnswer>> RunAsync(
        int questionId, Request request, CurrentUser learner, NpgsqlDataSource source, QuestionVersions versions, TimeProvider clock, CancellationToken ct)
    {
        // Load
        var item = await LoadAsync(request, learner, source, ct);
        if (item is null)
        {
            return AttemptProblems.NotFound;
        }

        // Decide
        var now = clock.GetUtcNow();
        var version = item.VersionId is { } versionId ? await versions.LoadAsync(versionId, ct) : null;
        if (Refusal(item, version, questionId, request, now) is { } refusal)
        {
            return refusal;
        }

        if (AnswerContent.RecordingOf(item.Response!.Value) is { } recording && (await ReadAudio.OfTakeAsync(request.AttemptId, recording, source, ct)).Value is null)
        {
            return SharedAnswerProblems.Nothing;
        }

        // Write
        var stored = await StoreAsync(questionId, version!.Id, request, learner, now, source, ct);
        return stored is [var id] ? await FindSharedAnswer.RunAsync(id, learner, source, versions, clock, ct) : SharedAnswerProblems.Hidden;
    }

    private static Problem? Refusal(Item item, LoadedVersion? version, int questionId, Request request, DateTimeOffset now) =>
        version is null || version.QuestionId != questionId ? AttemptProblems.NoSuchItem
        : item.Status != AttemptStatus.Graded ? SharedAnswerProblems.AttemptOpen
        : version.Body is not FreeAnswer ? SharedAnswerProblems.FreeAnswersOnly
        : !Disclosure.ToLearner(item.Mode, item.Rules.Test, now).Answers ? SharedAnswerProblems.Withheld
        : item.Sharing == AnswerSharing.Off ? SharedAnswerProblems.Off
        : item.Response is not { } response || version.Kind.IsEmpty(response) ? SharedAnswerProblems.Nothing
        : request.Note?.Trim().Length > LongestNote ? AccountProblems.Invalid(("note", $"Write at most {LongestNote} characters"))
        : null;

    private static async Task<Item?> LoadAsync(Request request, CurrentUser learner, NpgsqlDataSource source, CancellationToken ct) =>
        (await source.QueryAsync("""
            SELECT a.status, a.mode, a.policy::text, x.question_version_id, x.response::text, COALESCE(q.sharing, 'off')
            FROM attempts a LEFT JOIN answers x ON x.attempt_id = a.id AND x.position = $3
            LEFT JOIN question_versions v ON v.id = x.question_version_id LEFT JOIN questions q ON q.id = v.question_id
            WHERE a.id = $1 AND a.learner_id = $2
            """, row => new Item(
                row.Word<AttemptStatus>(0), row.Word<AttemptMode>(1), JsonSerializer.Deserialize<AttemptRules>(row.GetString(2), Json.Options)!, row.Maybe<int?>(3),
                ResponseText.Parse(row.Maybe<string>(4)), row.Word<AnswerSharing>(5)), ct, request.AttemptId, learner.Id, request.Position)).SingleOrDefault();

    private static Task<List<Guid>> StoreAsync(int questionId, int versionId, Request request, CurrentUser learner, DateTimeOffset now, NpgsqlDataSource source, CancellationToken ct) =>
        source.QueryAsync("""
            INSERT INTO shared_answers (id, question_id, question_version_id, attempt_id, position, learner_id, note, anonymous, shared_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            ON CONFLICT (attempt_id, position) DO UPDATE SET note = excluded.note, anonymous = excluded.anonymous, status = 'visible',
                shared_at = CASE shared_answers.status WHEN 'visible' THEN shared_answers.shared_at ELSE excluded.shared_at END
            WHERE shared_answers.status <> 'hidden' RETURNING id
            """, row => row.GetGuid(0), ct,
            Guid.CreateVersion7(), questionId, versionId, request.AttemptId, request.Position, learner.Id, request.Note?.Trim() ?? "", request.Anonymous, now);

    private sealed record Item(AttemptStatus Status, AttemptMode Mode, AttemptRules Rules, int? VersionId, JsonElement? Response, AnswerSharing Sharing);
}
