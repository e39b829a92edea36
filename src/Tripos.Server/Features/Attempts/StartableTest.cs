using System.Text.Json;
using Npgsql;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Attempts;

/// <summary>One place of a test with the version that would be asked now.</summary>
public sealed record StartableSlot(int QuestionId, int VersionId, bool NeedsKey, int? TopicId, string? Section, float Points);

/// <summary>A test as one learner meets it: its rules, its slots and what they have used of their attempts. One round trip.</summary>
public sealed record StartableTest(
    Guid Id, string Title, string Description, TestType Type, int Version, bool IsActive, AttemptRules Rules, IReadOnlyList<StartableSlot> Slots,
    int LastNumber, int UsedAttempts, StartableTest.Open? OpenAttempt)
{
    /// <summary>More time for this learner.</summary>
    public TimeAllowance Allowance { get; init; } = TimeAllowance.None;

    public sealed record Open(Guid Id, int Number, DateTimeOffset? DeadlineAt);

    private sealed record Mine(Guid Id, int Number, AttemptStatus Status, DateTimeOffset? DeadlineAt, AttemptMode Mode);

    public static async Task<StartableTest?> LoadAsync(NpgsqlConnection connection, Guid testId, Guid learnerId, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.With("SELECT title, description, type, version, is_active, policy::text, time_limit_ms, warn_before_ms, pass_mark_percent FROM tests WHERE id = $1", testId)
            .With("""
                SELECT s.question_id, q.current_version_id, q.needs_key OR q.status = 'draft', q.topic_id, s.section, s.points
                FROM test_slots s JOIN questions q ON q.id = s.question_id WHERE s.test_id = $1 ORDER BY s.position
                """, testId)
            .With("SELECT id, number, status, deadline_at, mode FROM attempts WHERE test_id = $1 AND learner_id = $2 ORDER BY number", testId, learnerId)
            .With("SELECT factor, extra_ms FROM accommodations WHERE learner_id = $1", learnerId);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct))
        {
            return null;
        }

        var test = ReadTest(reader, testId);
        await reader.NextResultAsync(ct);
        var slots = await reader.ReadAllAsync(row => new StartableSlot(
            row.GetInt32(0), row.GetInt32(1), row.GetBoolean(2), row.Maybe<int?>(3), row.Maybe<string>(4), row.GetFloat(5)), ct);
        await reader.NextResultAsync(ct);
        var mine = await reader.ReadAllAsync(row => new Mine(row.GetGuid(0), row.GetInt32(1), row.Word<AttemptStatus>(2), row.MaybeTime(3), row.Word<AttemptMode>(4)), ct);
        await reader.NextResultAsync(ct);
        var allowance = await reader.ReadAllAsync(row => new TimeAllowance(row.GetFloat(0), row.GetInt64(1)), ct);

        var open = mine.FirstOrDefault(a => a.Status is AttemptStatus.InProgress or AttemptStatus.Paused);
        return test with
        {
            Slots = slots,
            Allowance = allowance is [var more] ? more : TimeAllowance.None,
            LastNumber = mine.LastOrDefault()?.Number ?? 0,
            UsedAttempts = mine.Count(a => a.Status is not (AttemptStatus.Voided or AttemptStatus.Created) && a.Mode != AttemptMode.Live),
            OpenAttempt = open is null ? null : new Open(open.Id, open.Number, open.DeadlineAt),
        };
    }

    private static StartableTest ReadTest(NpgsqlDataReader row, Guid id)
    {
        var policy = JsonSerializer.Deserialize<TestPolicy>(row.GetString(5), Json.Options)!;
        var rules = new AttemptRules(policy, row.Maybe<long?>(6), row.Maybe<long?>(7), row.Maybe<float?>(8));
        return new StartableTest(id, row.GetString(0), row.GetString(1), row.Word<TestType>(2), row.GetInt32(3), row.GetBoolean(4), rules, [], 0, 0, null);
    }
}
