using Npgsql;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Interchange;

/// <summary>The questions of a test as the key editor shows them.</summary>
public static class ReadKeyEditor
{
    public sealed record Slot(int Position, int QuestionId, int VersionId, bool NeedsKey);

    public sealed record View(Guid TestId, string Title, IReadOnlyList<Slot> Slots)
    {
        public int Missing => Slots.Count(s => s.NeedsKey);

        /// <summary>The place asked for; else the first question without a key; else the first.</summary>
        public Slot? At(int? position) => Slots.FirstOrDefault(s => s.Position == position) ?? Slots.FirstOrDefault(s => s.NeedsKey) ?? (Slots.Count > 0 ? Slots[0] : null);

        /// <summary>The next question without a key, beginning again at the top; null when all have one.</summary>
        public Slot? NextMissing(int after) => Slots.FirstOrDefault(s => s.NeedsKey && s.Position > after) ?? Slots.FirstOrDefault(s => s.NeedsKey);
    }

    /// <summary>A test some of whose questions have no key.</summary>
    public sealed record Waiting(Guid TestId, string Title, int Missing);

    public static async Task<Outcome<View>> RunAsync(Guid testId, NpgsqlDataSource source, CancellationToken ct)
    {
        var titles = await source.QueryAsync("SELECT title FROM tests WHERE id = $1", row => row.GetString(0), ct, testId);
        if (titles is not [var title])
        {
            return InterchangeProblems.TestNotFound;
        }

        var slots = await source.QueryAsync("""
            SELECT s.position, q.id, q.current_version_id, q.needs_key FROM test_slots s JOIN questions q ON q.id = s.question_id WHERE s.test_id = $1 ORDER BY s.position
            """, row => new Slot(row.GetInt16(0), row.GetInt32(1), row.GetInt32(2), row.GetBoolean(3)), ct, testId);
        return new View(testId, title, slots);
    }

    public static Task<List<Waiting>> WaitingAsync(NpgsqlDataSource source, CancellationToken ct) => source.QueryAsync("""
        SELECT t.id, t.title, count(*)::integer FROM questions q JOIN test_slots s ON s.question_id = q.id JOIN tests t ON t.id = s.test_id
        WHERE q.needs_key GROUP BY t.id, t.title ORDER BY t.title LIMIT 50
        """, row => new Waiting(row.GetGuid(0), row.GetString(1), row.GetInt32(2)), ct);
}
