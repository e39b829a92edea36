using System.Text.Json;
using Npgsql;
using Tripos.Scoring;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Evaluation;

/// <summary>Keeps a teacher's draft, or gives the mark: which decides the answer, waits for a second person, or differs from the first and waits for a third.</summary>
public static class GiveMark
{
    /// <param name="Revision">To be sent with the next mark.</param>
    public sealed record Given(MarkingState State, int Revision, bool Draft);

    private sealed record Words(List<TraitScore> Traits, List<MarkComment> Comments, string Summary, string Reason);

    public static async Task<Outcome<Given>> RunAsync(
        Guid attemptId, int position, MarkRequest request, CurrentUser marker, NpgsqlDataSource source, QuestionVersions versions, TimeProvider clock, CancellationToken ct)
    {
        // Load
        if (await MarkableAnswer.FindAsync(attemptId, position, source, versions, ct) is not { } answer)
        {
            return MarkingProblems.NotFound;
        }

        if (answer.Answer.LearnerId == marker.Id)
        {
            return MarkingProblems.Own;
        }

        var traits = request.TraitsOf(answer.Traits, out string? fault);
        var comments = request.CommentsOn(answer.Answer.Judged.Text, answer.Answer.DurationMs, out string? misplaced);
        if ((request.LengthFault ?? fault ?? misplaced) is { } bad)
        {
            return MarkingProblems.Bad(bad);
        }

        var words = new Words(traits, comments, request.Summary?.Trim() ?? "", request.Reason?.Trim() ?? "");
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var desk = await MarkingDesk.LockAsync(connection, answer, ct);

        // Decide
        if (request.Draft && request.Revision < desk.Revision && desk.Given.Any(mark => mark.MarkerId == marker.Id))
        {
            return new Given(desk.State, desk.Revision, true); // it was on its way when the mark itself was given
        }

        var (part, problem) = PartOf(desk, answer, request, marker);
        if (request.Draft || problem is not null)
        {
            await KeepDraftAsync(desk, marker, part, words, clock.GetUtcNow(), ct);
            await transaction.CommitAsync(ct);
            return request.Draft ? new Given(desk.State, desk.Revision, true) : problem!;
        }

        // Write
        await InsertAsync(desk, marker, part, words, clock.GetUtcNow(), ct);
        var state = await desk.SettleAsync(versions, clock.GetUtcNow(), ct);
        await transaction.CommitAsync(ct);
        return new Given(state, desk.Revision + 1, false);
    }

    private static (MarkPart Part, Problem? Problem) PartOf(MarkingDesk desk, MarkableAnswer answer, MarkRequest request, CurrentUser marker)
    {
        bool isMarker = desk.Given.Any(mark => mark.MarkerId == marker.Id);
        var (part, problem) = desk.State switch
        {
            MarkingState.Unmarked => (MarkPart.First, null),
            MarkingState.Second => (isMarker ? MarkPart.First : MarkPart.Second, null),
            MarkingState.Disagree => (MarkPart.Decision, isMarker ? MarkingProblems.ThirdPerson : null),
            _ => (MarkPart.Decision, string.IsNullOrWhiteSpace(request.Reason) ? MarkingProblems.ReasonMissing : null),
        };
        bool isOutdated = request.Revision != desk.Revision;
        return (part, isOutdated ? MarkingProblems.Changed(desk.Revision, desk.State, answer.Plan.Blind ? null : desk.LastMarker) : problem);
    }

    private static async Task KeepDraftAsync(MarkingDesk desk, CurrentUser marker, MarkPart part, Words words, DateTimeOffset now, CancellationToken ct) =>
        await desk.Connection.ExecuteAsync("""
            INSERT INTO marks (id, attempt_id, position, marker_id, part, status, traits, comments, summary, reason, changed_at) VALUES ($1, $2, $3, $4, $5, 'draft', $6::jsonb, $7::jsonb, $8, $9, $10)
            ON CONFLICT (attempt_id, position, marker_id) WHERE status = 'draft'
            DO UPDATE SET part = excluded.part, traits = excluded.traits, comments = excluded.comments, summary = excluded.summary, reason = excluded.reason, changed_at = excluded.changed_at
            """, ct, Guid.CreateVersion7(now), desk.AttemptId, desk.Position, marker.Id, AppDb.SnakeCase(part.ToString()),
            JsonSerializer.Serialize(words.Traits, Json.Options), JsonSerializer.Serialize(words.Comments, Json.Options), words.Summary, words.Reason, now);

    private static async Task InsertAsync(MarkingDesk desk, CurrentUser marker, MarkPart part, Words words, DateTimeOffset now, CancellationToken ct)
    {
        string word = AppDb.SnakeCase(part.ToString());
        await desk.Connection.ExecuteAsync("DELETE FROM marks WHERE attempt_id = $1 AND position = $2 AND marker_id = $3 AND status = 'draft'", ct, desk.AttemptId, desk.Position, marker.Id);
        await desk.Connection.ExecuteAsync("""
            UPDATE marks SET status = 'replaced', ended_at = $4, ended_by = $5, ended_because = $6 WHERE attempt_id = $1 AND position = $2 AND part = $3 AND status = 'given'
            """, ct, desk.AttemptId, desk.Position, word, now, marker.Id, words.Reason);
        await desk.Connection.ExecuteAsync("""
            INSERT INTO marks (id, attempt_id, position, marker_id, part, status, traits, comments, summary, reason, changed_at, given_at) VALUES ($1, $2, $3, $4, $5, 'given', $6::jsonb, $7::jsonb, $8, $9, $10, $10)
            """, ct, Guid.CreateVersion7(now), desk.AttemptId, desk.Position, marker.Id, word,
            JsonSerializer.Serialize(words.Traits, Json.Options), JsonSerializer.Serialize(words.Comments, Json.Options), words.Summary, words.Reason, now);
    }
}
