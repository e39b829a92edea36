using System.Globalization;
using System.Text.Json;
using Npgsql;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Authoring;

public enum BulkChange { Status, Topic, Difficulty, AddTag, RemoveTag, AddToTest }

/// <summary>Changes many questions at once: all of them or none, and what they were before is kept for <see cref="UndoBulkChange"/>.</summary>
public static class ChangeQuestions
{
    public const int Most = 500;

    /// <param name="Value">A status, a topic's id (empty takes the topic away), a difficulty from 1 to 5, a tag or a test's id.</param>
    public sealed record Request(IReadOnlyList<int> Ids, BulkChange Change, string Value);

    /// <param name="ChangeId">What to undo; null when no question was any different before.</param>
    /// <param name="Count">How many questions are different now.</param>
    public sealed record Changed(Guid? ChangeId, int Count, string Summary);

    public static async Task<Outcome<Changed>> RunAsync(Request request, CurrentUser user, NpgsqlDataSource source, TimeProvider clock, CancellationToken ct)
    {
        int[] ids = [.. request.Ids.Distinct()];
        if (ids.Length is 0 or > Most)
        {
            return ids.Length == 0 ? AuthoringProblems.NoneChosen : AuthoringProblems.TooManyChosen(Most);
        }

        // Load
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var target = await BulkTarget.ReadAsync(request.Change, request.Value, connection, ct);
        if (target.Value is not { } to)
        {
            return target.Problem!;
        }

        await connection.ExecuteAsync("SELECT FROM questions WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE", ct, ids);
        var unfinished = await UnfinishedQuestions.AmongAsync(ids, request.Change, to.Value, connection, ct);

        // Write
        string before = (await connection.QueryAsync(Sql(request.Change), row => row.GetString(0), ct, ids.Except(unfinished).ToArray(), to.Value)).Single();
        int count = JsonDocument.Parse(before).RootElement.GetArrayLength();
        string summary = (count == 0 && unfinished.Count > 0 ? "Nothing was changed." : to.Say(count)) + UnfinishedQuestions.Say(unfinished);
        if (count == 0)
        {
            return new Changed(null, 0, summary);
        }

        var id = Guid.CreateVersion7();
        await connection.ExecuteAsync("""
            INSERT INTO bulk_changes (id, changed_by, change, value, before, test_id, summary, created_at) VALUES ($1, $2, $3, $4, $5::jsonb, $6::uuid, $7, $8)
            """, ct, id, user.Id, AppDb.SnakeCase(request.Change.ToString()), Convert.ToString(to.Value, CultureInfo.InvariantCulture) ?? "", before, to.Value as Guid?, summary, clock.GetUtcNow());
        await transaction.CommitAsync(ct);
        return new Changed(id, count, summary);
    }

    /// <summary>Changes what differs ($1 the questions, $2 the value) and returns what it was as one JSON list.</summary>
    private static string Sql(BulkChange change) => change switch
    {
        BulkChange.Status => Column("status", "$2"),
        BulkChange.Topic => Column("topic_id", "$2::integer"),
        BulkChange.Difficulty => Column("difficulty", "$2"),
        BulkChange.AddTag => Tags("q.tags || $2::text", $"NOT q.tags @> ARRAY[$2] AND cardinality(q.tags) < {TagWords.Most}"),
        BulkChange.RemoveTag => Tags("array_remove(q.tags, $2::text)", "q.tags @> ARRAY[$2]"),
        _ => """
            WITH last AS (SELECT coalesce(max(position), 0) AS position FROM test_slots WHERE test_id = $2), added AS (
                INSERT INTO test_slots (test_id, position, question_id)
                SELECT $2, last.position + row_number() OVER (ORDER BY array_position($1, q.id)), q.id FROM questions q, last
                WHERE q.id = ANY($1) AND NOT EXISTS (SELECT FROM test_slots s WHERE s.test_id = $2 AND s.question_id = q.id)
                RETURNING question_id AS id, position AS was
            ), newer AS (UPDATE tests SET version = version + 1 WHERE id = $2 AND EXISTS (SELECT FROM added))
            SELECT coalesce(jsonb_agg(added), '[]')::text FROM added
            """,
    };

    private static string Column(string name, string value) => $"""
        WITH old AS (SELECT id, {name} AS was FROM questions WHERE id = ANY($1) AND {name} IS DISTINCT FROM {value}), changed AS (UPDATE questions q SET {name} = {value} FROM old WHERE q.id = old.id)
        SELECT coalesce(jsonb_agg(old), '[]')::text FROM old
        """;

    private static string Tags(string to, string differing) => $"""
        WITH changed AS (UPDATE questions q SET tags = {to} WHERE q.id = ANY($1) AND {differing} RETURNING q.id) SELECT coalesce(jsonb_agg(changed), '[]')::text FROM changed
        """;
}
