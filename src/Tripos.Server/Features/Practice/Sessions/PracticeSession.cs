using Npgsql;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Practice;

public enum PracticeKind
{
    /// <summary>What helps the learner most now.</summary>
    Adaptive,

    /// <summary>A few questions, once a day.</summary>
    Drill,

    /// <summary>Twelve questions that tell where somebody stands who is new.</summary>
    Placement,

    /// <summary>An adaptive test that goes on until the ability is known well enough.</summary>
    Level,
}

/// <summary>An attempt whose questions are chosen one by one.</summary>
/// <param name="MostMs">How long the learner wants to practise; null for as long as the questions take.</param>
/// <param name="SpentMs">Time on the questions so far.</param>
/// <param name="LastClosed">The newest question is answered for good, or there is none yet.</param>
public sealed record PracticeSession(
    Guid AttemptId, Guid LearnerId, PracticeKind Kind, int[] TopicIds, short MostItems, DateOnly? DrillDay, DateOnly? RepairsDay, string? EndedWhy, double? Ability, double? Deviation,
    string Title, AttemptStatus Status, DateTimeOffset? SubmittedAt, long Seed, short ItemCount, long? MostMs, long SpentMs, bool LastClosed)
{
    public bool IsOpen => Status == AttemptStatus.InProgress;

    public bool IsFull => ItemCount >= MostItems;

    /// <summary>Answers are not shown to be right or wrong until the end.</summary>
    public bool IsTest => Kind is PracticeKind.Placement or PracticeKind.Level;

    private const string Sql = """
        SELECT s.attempt_id, s.learner_id, s.kind, s.topic_ids, s.most_items, s.drill_day, s.repairs_day, s.ended_why, s.ability, s.deviation,
            a.title, a.status, a.submitted_at, a.seed, a.item_count, s.most_ms, (SELECT COALESCE(sum(elapsed_ms), 0)::bigint FROM answers WHERE attempt_id = a.id),
            a.item_count = 0 OR EXISTS (SELECT FROM answers WHERE attempt_id = a.id AND position = a.item_count AND checked_at IS NOT NULL)
        FROM practice_sessions s JOIN attempts a ON a.id = s.attempt_id
        """;

    public static async Task<PracticeSession?> FindAsync(NpgsqlConnection connection, Guid attemptId, Guid learnerId, CancellationToken ct) =>
        await connection.QueryAsync($"{Sql} WHERE s.attempt_id = $1 AND s.learner_id = $2", Read, ct, attemptId, learnerId) is [var session] ? session : null;

    /// <summary>The newest one that is open, of the kinds that go on tomorrow too; null when there is none.</summary>
    public static async Task<PracticeSession?> FindOpenAsync(NpgsqlConnection connection, Guid learnerId, PracticeKind kind, CancellationToken ct) =>
        await connection.QueryAsync($"{Sql} WHERE s.learner_id = $1 AND s.kind = $2 AND a.status = 'in_progress' ORDER BY s.created_at DESC LIMIT 1", Read, ct, learnerId, AppDb.SnakeCase(kind.ToString())) is [var session] ? session : null;

    private static PracticeSession Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetGuid(1), row.Word<PracticeKind>(2), row.GetFieldValue<int[]>(3), row.GetInt16(4), row.Maybe<DateOnly?>(5), row.Maybe<DateOnly?>(6), row.Maybe<string>(7), row.Maybe<double?>(8), row.Maybe<double?>(9),
        row.GetString(10), row.Word<AttemptStatus>(11), row.MaybeTime(12), row.GetInt64(13), row.GetInt16(14), row.Maybe<long?>(15), row.GetInt64(16), row.GetBoolean(17));
}
