using Npgsql;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Live;

/// <summary>The tests somebody can plan a session with: those that are offered, and their own that are not; all with a key for every question.</summary>
public static class ReadTestChoices
{
    /// <param name="IsActive">False for a test that learners cannot sit by themselves.</param>
    public sealed record Choice(Guid TestId, string Title, TestType Type, int ItemCount, long? TimeLimitMs, bool IsActive);

    public static Task<List<Choice>> RunAsync(CurrentUser user, NpgsqlDataSource source, CancellationToken ct) => source.QueryAsync("""
        SELECT t.id, t.title, t.type, s.items, t.time_limit_ms, t.is_active
        FROM tests t
        CROSS JOIN LATERAL (SELECT count(*)::integer AS items, count(*) FILTER (WHERE q.needs_key OR q.status = 'draft') AS unready
            FROM test_slots s JOIN questions q ON q.id = s.question_id WHERE s.test_id = t.id) s
        WHERE (t.is_active OR t.created_by = $1 OR $2) AND s.items > 0 AND s.unready = 0
        ORDER BY array_position(ARRAY['quiz', 'test', 'exam', 'mock', 'assessment', 'practice'], t.type), t.title, t.id LIMIT 500
        """, row => new Choice(row.GetGuid(0), row.GetString(1), row.Word<TestType>(2), row.GetInt32(3), row.Maybe<long?>(4), row.GetBoolean(5)), ct, user.Id, user.IsAdmin);
}
