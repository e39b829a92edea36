using System.Text.Json;
using Npgsql;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Attempts;

/// <summary>Writes new attempts and the items they present: one statement, one commit, for one learner or for a whole class.</summary>
public static class InsertAttempt
{
    private const string InsertSql = """
        WITH attempt AS (
            INSERT INTO attempts (id, learner_id, test_id, test_version, number, title, mode, status, policy, blueprint, seed, created_at, started_at, deadline_at, late_until, item_count,
                session_id, scheduled_for, part, part_first, part_last, paused_at, allowance)
            SELECT id, learner_id, test_id, test_version, number, title, mode, status, policy::jsonb, blueprint::jsonb, seed, created_at, started_at, deadline_at, late_until, item_count,
                session_id, scheduled_for, none, CASE WHEN none IS NOT NULL THEN 1 END, none, paused_at, allowance::jsonb
            FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::integer[], $5::integer[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::bigint[], $12::timestamptz[], $13::timestamptz[],
                $14::timestamptz[], $15::timestamptz[], $16::smallint[], $17::uuid[], $18::timestamptz[], $19::smallint[], $20::timestamptz[], $21::text[])
                AS t(id, learner_id, test_id, test_version, number, title, mode, status, policy, blueprint, seed, created_at, started_at,
                    deadline_at, late_until, item_count, session_id, scheduled_for, none, paused_at, allowance)
        )
        INSERT INTO answers (attempt_id, position, question_version_id, topic_id, section, points_max)
        SELECT * FROM unnest($22::uuid[], $23::smallint[], $24::integer[], $25::integer[], $26::text[], $27::real[])
        """;

    public static Task RunAsync(NpgsqlConnection connection, Attempt attempt, IReadOnlyList<StartableSlot> slots, CancellationToken ct) =>
        RunAsync(connection, [new NewAttempt(attempt, slots)], ct);

    public static Task RunAsync(NpgsqlConnection connection, IReadOnlyList<NewAttempt> attempts, CancellationToken ct)
    {
        T[] Column<T>(Func<Attempt, T> value) => [.. attempts.Select(each => value(each.Attempt))];
        T[] ItemColumn<T>(Func<NewAttempt, StartableSlot, int, T> value) => [.. attempts.SelectMany(each => each.Slots.Select((slot, i) => value(each, slot, i)))];
        return connection.ExecuteAsync(InsertSql, ct,
            Column(a => a.Id), Column(a => a.LearnerId), Column(a => a.TestId), Column(a => a.TestVersion), Column(a => a.Number), Column(a => a.Title),
            Column(a => AppDb.SnakeCase(a.Mode.ToString())), Column(a => AppDb.SnakeCase(a.Status.ToString())),
            Column(a => JsonSerializer.Serialize(a.Policy, Json.Options)), Column(a => JsonText(a.Blueprint)), Column(a => a.Seed), Column(a => a.CreatedAt.UtcDateTime), Column(a => a.StartedAt?.UtcDateTime),
            Column(a => a.DeadlineAt?.UtcDateTime), Column(a => a.LateUntil?.UtcDateTime), Column(a => a.ItemCount), Column(a => a.SessionId), Column(a => a.ScheduledFor?.UtcDateTime),
            Column(a => a.Policy.Parts is null ? null : (short?)0), // of the parts, none is open until the learner opens the first
            Column(a => a.PausedAt?.UtcDateTime), Column(a => JsonText(a.Allowance)),
            ItemColumn((each, _, _) => each.Attempt.Id), ItemColumn((_, _, i) => (short)(i + 1)), ItemColumn((_, slot, _) => slot.VersionId), ItemColumn((_, slot, _) => slot.TopicId),
            ItemColumn((_, slot, _) => slot.Section), ItemColumn((_, slot, _) => slot.Points));
    }

    private static string? JsonText<T>(T? value) where T : class => value is null ? null : JsonSerializer.Serialize(value, Json.Options);
}
