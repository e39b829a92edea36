using System.Text.Json;
using Npgsql;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Attempts;

/// <summary>Writes a new attempt and the items it presents: one statement, one commit.</summary>
public static class InsertAttempt
{
    private const string InsertSql = """
        WITH attempt AS (
            INSERT INTO attempts (id, learner_id, test_id, test_version, number, title, mode, status, policy, blueprint, seed, created_at, started_at, deadline_at, late_until, item_count, session_id, scheduled_for, part, part_first, part_last)
            VALUES ($1, $2, $3::uuid, $4::integer, $5, $6, $7, $8, $9::jsonb, $10::jsonb, $11, $12, $13::timestamptz, $14::timestamptz, $15::timestamptz, $16, $17::uuid, $18::timestamptz, $23::smallint, $24::smallint, $25::smallint)
        )
        INSERT INTO answers (attempt_id, position, question_version_id, topic_id, section, points_max)
        SELECT $1, t.position, t.version_id, t.topic_id, t.section, t.points
        FROM unnest($19::integer[], $20::integer[], $21::text[], $22::real[]) WITH ORDINALITY AS t(version_id, topic_id, section, points, position)
        """;

    public static Task RunAsync(NpgsqlConnection connection, Attempt attempt, IReadOnlyList<StartableSlot> slots, CancellationToken ct)
    {
        short? none = attempt.Policy.Parts is null ? null : (short)0; // of the parts, none is open until the learner opens the first
        return connection.ExecuteAsync(InsertSql, ct,
            attempt.Id, attempt.LearnerId, attempt.TestId, attempt.TestVersion, attempt.Number, attempt.Title,
            AppDb.SnakeCase(attempt.Mode.ToString()), AppDb.SnakeCase(attempt.Status.ToString()),
            JsonSerializer.Serialize(attempt.Policy, Json.Options), attempt.Blueprint is null ? null : JsonSerializer.Serialize(attempt.Blueprint, Json.Options),
            attempt.Seed, attempt.CreatedAt, attempt.StartedAt, attempt.DeadlineAt, attempt.LateUntil, attempt.ItemCount, attempt.SessionId, attempt.ScheduledFor,
            slots.Select(slot => slot.VersionId).ToArray(), slots.Select(slot => slot.TopicId).ToArray(),
            slots.Select(slot => slot.Section).ToArray(), slots.Select(slot => slot.Points).ToArray(),
            none, attempt.Policy.Parts is null ? null : (short)1, none);
    }
}
