using Npgsql;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Authoring;

/// <summary>Takes a change of many questions back, except where somebody changed a question again since.</summary>
public static class UndoBulkChange
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    /// <param name="Count">How many questions are as they were.</param>
    public sealed record Undone(int Count);

    /// <summary>A change as its maker sees it.</summary>
    public sealed record Row(Guid Id, string Summary, bool IsUndone);

    private sealed record Stored(BulkChange Change, string Value, string Before, Guid? TestId, bool IsUndone);

    public static async Task<Outcome<Undone>> RunAsync(Guid changeId, CurrentUser user, NpgsqlDataSource source, TimeProvider clock, CancellationToken ct)
    {
        // Load
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var found = await connection.QueryAsync("SELECT change, value, before::text, test_id, undone_at IS NOT NULL FROM bulk_changes WHERE id = $1 AND changed_by = $2 FOR UPDATE",
            row => new Stored(row.Word<BulkChange>(0), row.GetString(1), row.GetString(2), row.Maybe<Guid?>(3), row.GetBoolean(4)), ct, changeId, user.Id);

        // Decide
        if (found is not [{ } change])
        {
            return AuthoringProblems.ChangeNotFound;
        }

        if (change.IsUndone)
        {
            return AuthoringProblems.AlreadyUndone;
        }

        // Write
        int count = change.TestId is { } test
            ? await connection.ExecuteAsync(FromTestSql, ct, test, change.Before)
            : await connection.ExecuteAsync(Sql(change.Change), ct, change.Before, change.Value);
        await connection.ExecuteAsync("UPDATE bulk_changes SET undone_at = $2 WHERE id = $1", ct, changeId, clock.GetUtcNow());
        await transaction.CommitAsync(ct);
        return new Undone(count);
    }

    /// <returns>Null when this person made no such change.</returns>
    public static async Task<Row?> FindAsync(Guid changeId, CurrentUser user, NpgsqlDataSource source, CancellationToken ct) =>
        (await source.QueryAsync("SELECT id, summary, undone_at IS NOT NULL FROM bulk_changes WHERE id = $1 AND changed_by = $2",
            row => new Row(row.GetGuid(0), row.GetString(1), row.GetBoolean(2)), ct, changeId, user.Id)).SingleOrDefault();

    /// <summary>What can no longer be undone is forgotten.</summary>
    public static Task ForgetAsync(NpgsqlDataSource source, TimeProvider clock, CancellationToken ct) =>
        source.ExecuteAsync("DELETE FROM bulk_changes WHERE created_at < $1", ct, clock.GetUtcNow() - KeptFor);

    // Only from the end: places in a test have no gaps.
    private const string FromTestSql = """
        WITH newer AS (UPDATE tests SET version = version + 1 WHERE id = $1)
        DELETE FROM test_slots s USING jsonb_to_recordset($2::jsonb) AS b (id integer, was smallint)
        WHERE s.test_id = $1 AND s.question_id = b.id AND s.position = b.was AND NOT EXISTS (
            SELECT FROM test_slots later WHERE later.test_id = $1 AND later.position > s.position AND later.question_id NOT IN (SELECT id FROM jsonb_to_recordset($2::jsonb) AS c (id integer)))
        """;

    private static string Sql(BulkChange change) => change switch
    {
        BulkChange.Status => Column("status", "text", "$2"),
        BulkChange.Topic => Column("topic_id", "integer", "nullif($2, '')::integer"),
        BulkChange.Difficulty => Column("difficulty", "smallint", "$2::smallint"),
        BulkChange.AddTag => "UPDATE questions q SET tags = array_remove(q.tags, $2::text) FROM jsonb_to_recordset($1::jsonb) AS b (id integer) WHERE q.id = b.id AND q.tags @> ARRAY[$2]",
        _ => "UPDATE questions q SET tags = q.tags || $2::text FROM jsonb_to_recordset($1::jsonb) AS b (id integer) WHERE q.id = b.id AND NOT q.tags @> ARRAY[$2]",
    };

    private static string Column(string name, string type, string value) =>
        $"UPDATE questions q SET {name} = b.was FROM jsonb_to_recordset($1::jsonb) AS b (id integer, was {type}) WHERE q.id = b.id AND q.{name} IS NOT DISTINCT FROM {value}";
}
