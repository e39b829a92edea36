using Npgsql;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Attempts;

/// <summary>The tests a learner may sit, with what they have made of each so far.</summary>
public static class ReadOfferedTests
{
    /// <param name="AttemptsLeft">Null for as many as they like.</param>
    /// <param name="BestPercent">Null without a graded attempt, and where the test does not show scores.</param>
    /// <param name="OpenAttemptId">An attempt to go on with.</param>
    /// <param name="MissingKeys">Only authors see tests where this is not 0.</param>
    public sealed record Row(
        Guid TestId, string Title, string Description, TestType Type, int ItemCount, long? TimeLimitMs, int UsedAttempts, int? AttemptsLeft, float? BestPercent, Guid? OpenAttemptId, int MissingKeys);

    /// <param name="needingKeys">For authors: the tests that cannot be offered yet, instead of those that are.</param>
    public static Task<List<Row>> RunAsync(CurrentUser learner, bool needingKeys, NpgsqlDataSource source, CancellationToken ct) =>
        source.QueryAsync("""
            SELECT t.id, t.title, t.description, t.type, s.items, t.time_limit_ms, m.used, (t.policy->>'allowedAttempts')::integer, m.best, m.open, s.missing
            FROM tests t
            CROSS JOIN LATERAL (SELECT count(*)::integer AS items, (count(*) FILTER (WHERE q.needs_key OR q.status = 'draft'))::integer AS missing
                FROM test_slots s JOIN questions q ON q.id = s.question_id WHERE s.test_id = t.id) s
            CROSS JOIN LATERAL (SELECT count(*)::integer AS used,
                    max(percent) FILTER (WHERE COALESCE((a.policy->'test'->>'showScore')::boolean, true)) AS best, (array_agg(id) FILTER (WHERE status IN ('in_progress', 'paused')))[1] AS open
                FROM attempts a WHERE a.test_id = t.id AND a.learner_id = $1 AND a.status NOT IN ('voided', 'created')) m
            WHERE t.is_active AND s.items > 0 AND (s.missing > 0) = $2
            ORDER BY array_position(ARRAY['quiz', 'test', 'exam', 'mock', 'assessment', 'practice'], t.type), t.title, t.id LIMIT 500
            """, Read, ct, learner.Id, needingKeys);

    private static Row Read(NpgsqlDataReader row)
    {
        int used = row.GetInt32(6);
        var type = row.Word<TestType>(3);
        bool counted = AttemptModes.Of(AttemptModes.For(type)).CountsAgainstAllowance;
        int? left = counted && row.Maybe<int?>(7) is { } allowed ? Math.Max(0, allowed - used) : null;
        return new Row(row.GetGuid(0), row.GetString(1), row.GetString(2), type, row.GetInt32(4), row.Maybe<long?>(5), used, left, row.Maybe<float?>(8), row.Maybe<Guid?>(9), row.GetInt32(10));
    }
}
