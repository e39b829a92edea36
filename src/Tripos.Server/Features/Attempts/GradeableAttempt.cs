using System.Text.Json;
using Npgsql;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Attempts;

public sealed record GradeableItem(short Position, int VersionId, float PointsMax, string? Response)
{
    /// <summary>What an evaluator gave; null while nobody did.</summary>
    public Judgement? Judgement { get; init; }
}

/// <summary>An attempt, locked, with what is needed to grade it. One round trip.</summary>
public sealed record GradeableAttempt(
    Guid Id, Guid LearnerId, AttemptStatus Status, AttemptRules Rules, DateTimeOffset StartedAt, DateTimeOffset? DeadlineAt, DateTimeOffset? SubmittedAt,
    IReadOnlyList<GradeableItem> Items)
{
    /// <summary>The live session it belongs to.</summary>
    public Guid? SessionId { get; init; }

    /// <summary>Since when it is paused.</summary>
    public DateTimeOffset? PausedAt { get; init; }

    public long PausedMs { get; init; }

    public static async Task<GradeableAttempt?> LoadAsync(NpgsqlConnection connection, Guid attemptId, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.With("SELECT learner_id, status, policy::text, COALESCE(started_at, created_at), deadline_at, submitted_at, session_id, paused_at, paused_ms FROM attempts WHERE id = $1 FOR NO KEY UPDATE", attemptId)
            .With("""
                SELECT a.position, a.question_version_id, a.points_max, a.response::text, e.evaluator, e.by_name, e.traits::text
                FROM answers a LEFT JOIN evaluated_answers e ON e.attempt_id = a.attempt_id AND e.position = a.position WHERE a.attempt_id = $1 ORDER BY a.position
                """, attemptId);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct))
        {
            return null;
        }

        var attempt = new GradeableAttempt(attemptId, reader.GetGuid(0), reader.Word<AttemptStatus>(1),
            JsonSerializer.Deserialize<AttemptRules>(reader.GetString(2), Json.Options)!, reader.Time(3), reader.MaybeTime(4), reader.MaybeTime(5), [])
        {
            SessionId = reader.Maybe<Guid?>(6),
            PausedAt = reader.MaybeTime(7),
            PausedMs = reader.GetInt64(8),
        };
        await reader.NextResultAsync(ct);
        return attempt with { Items = await reader.ReadAllAsync(row => new GradeableItem(row.GetInt16(0), row.GetInt32(1), row.GetFloat(2), row.Maybe<string>(3))
        {
            Judgement = Judgement.Read(row.Maybe<string>(4), row.Maybe<string>(5), row.Maybe<string>(6)),
        }, ct) };
    }
}
