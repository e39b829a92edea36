using Npgsql;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Attempts;

/// <summary>Marks words, or changes the colour and the comment of a mark. The page makes the id: sent twice it is stored once, and what was changed earlier never replaces what was changed later.</summary>
public static class SaveAnnotation
{
    public const int Most = 200;
    public const int LongestText = 4000;
    public const int LongestComment = 2000;

    /// <param name="CreatedAt">By the learner's clock; when it is left out or still to come, now.</param>
    /// <param name="ChangedAt">When colour or comment were last changed; the same.</param>
    public sealed record Request(
        int Position, AnnotatedPassage? Passage, int First, int Last, string? Text, AnnotationColour? Colour, string? Comment, DateTimeOffset? CreatedAt, DateTimeOffset? ChangedAt);

    public static async Task<Outcome<Annotation>> RunAsync(
        Guid attemptId, Guid id, Request request, CurrentUser learner, NpgsqlDataSource source, TimeProvider clock, CancellationToken ct)
    {
        // Load
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var attempts = await connection.QueryAsync("""
            SELECT status, submitted_at, item_count, (SELECT count(*)::integer FROM annotations n WHERE n.attempt_id = a.id AND n.removed_at IS NULL AND n.id <> $3)
            FROM attempts a WHERE a.id = $1 AND a.learner_id = $2 FOR NO KEY UPDATE
            """, row => (Status: row.Word<AttemptStatus>(0), SubmittedAt: row.MaybeTime(1), Items: row.GetInt16(2), Marks: row.GetInt32(3)), ct, attemptId, learner.Id, id);

        // Decide
        if (attempts is not [var attempt])
        {
            return AttemptProblems.NotFound;
        }

        if (attempt.Status is not (AttemptStatus.InProgress or AttemptStatus.Paused))
        {
            return AnnotationProblems.Closed(attempt.SubmittedAt);
        }

        if (FaultOf(request, attempt.Items) is { } fault)
        {
            return fault;
        }

        if (attempt.Marks >= Most)
        {
            return AnnotationProblems.TooMany;
        }

        // Write
        var stored = await StoreAsync(connection, attemptId, id, request, clock.GetUtcNow(), ct);
        await SessionNotice.AddAsync(connection, attemptId, ct);
        await transaction.CommitAsync(ct);
        return stored is null ? AnnotationProblems.Removed : stored;
    }

    private static Problem? FaultOf(Request request, int items) =>
        request.Position < 1 || request.Position > items ? AnnotationProblems.Bad("position", $"The attempt has no question {request.Position}.")
        : request.Passage is null ? AnnotationProblems.Bad("passage", "\"passage\" must be passage, prompt or code.")
        : request.Colour is null ? AnnotationProblems.Bad("colour", "\"colour\" must be yellow, green, blue or pink.")
        : request.First < 0 ? AnnotationProblems.Bad("first", "\"first\" must be 0 or more.")
        : request.Last <= request.First ? AnnotationProblems.Bad("last", "\"last\" must be more than \"first\": it stands behind the last marked character.")
        : request.Text is not { Length: > 0 and <= LongestText } ? AnnotationProblems.Bad("text", $"\"text\" must have 1 to {LongestText} characters.")
        : request.Comment?.Length > LongestComment ? AnnotationProblems.Bad("comment", $"A comment may have up to {LongestComment} characters.")
        : request.Text.Contains('\0', StringComparison.Ordinal) ? AnnotationProblems.Bad("text", "The text contains the character U+0000, which cannot be stored.")
        : request.Comment?.Contains('\0', StringComparison.Ordinal) == true ? AnnotationProblems.Bad("comment", "The comment contains the character U+0000, which cannot be stored.")
        : null;

    /// <returns>What is stored now; null when the highlight was taken away.</returns>
    private static async Task<Annotation?> StoreAsync(NpgsqlConnection connection, Guid attemptId, Guid id, Request request, DateTimeOffset now, CancellationToken ct)
    {
        var rows = await connection.QueryAsync($"""
            INSERT INTO annotations AS n (attempt_id, id, position, passage, first, last, text, colour, comment, created_at, changed_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            ON CONFLICT (attempt_id, id) DO UPDATE SET
                colour = CASE WHEN excluded.changed_at >= n.changed_at THEN excluded.colour ELSE n.colour END,
                comment = CASE WHEN excluded.changed_at >= n.changed_at THEN excluded.comment ELSE n.comment END,
                changed_at = greatest(excluded.changed_at, n.changed_at)
            WHERE n.removed_at IS NULL
            RETURNING {ReadAnnotations.Columns}
            """, ReadAnnotations.Read, ct, attemptId, id, (short)request.Position, AppDb.SnakeCase(request.Passage!.Value.ToString()), request.First, request.Last, request.Text,
            AppDb.SnakeCase(request.Colour!.Value.ToString()), request.Comment ?? "", Earlier(request.CreatedAt, now), Earlier(request.ChangedAt ?? request.CreatedAt, now));
        return rows.SingleOrDefault();
    }

    private static DateTimeOffset Earlier(DateTimeOffset? told, DateTimeOffset now) => told is { } at && at < now ? at.ToUniversalTime() : now;
}
