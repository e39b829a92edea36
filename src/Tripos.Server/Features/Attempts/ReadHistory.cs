using Npgsql;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Attempts;

/// <summary>A learner's attempts, newest first, a page at a time.</summary>
public static class ReadHistory
{
    public const int PageSize = 20;

    /// <param name="Percent">Null while open and where the test does not show scores.</param>
    public sealed record Row(
        Guid AttemptId, Guid? TestId, string Title, AttemptMode Mode, AttemptStatus Status, int Number, DateTimeOffset CreatedAt, DateTimeOffset? SubmittedAt,
        long? DurationMs, int ItemCount, int? AnsweredCount, float? Percent, bool? Passed);

    /// <param name="Older">Opaque place to go on from; null on the last page.</param>
    public sealed record Page(IReadOnlyList<Row> Rows, string? Older);

    /// <remarks>Without the single questions answered in the review deck, which are many; the deck shows what became of them.</remarks>
    /// <param name="before">What <see cref="Page.Older"/> said, or null for the newest; nonsense counts as null.</param>
    public static async Task<Page> RunAsync(CurrentUser learner, string? before, NpgsqlDataSource source, CancellationToken ct)
    {
        var (at, id) = Keyset.TryParse(before, out var place) ? place : (DateTimeOffset.MaxValue, Guid.AllBitsSet);
        var rows = await source.QueryAsync("""
            SELECT id, test_id, title, mode, status, number, created_at, submitted_at, duration_ms, item_count, answered_count,
                CASE WHEN COALESCE((policy->'test'->>'showScore')::boolean, true) THEN percent END, CASE WHEN COALESCE((policy->'test'->>'showScore')::boolean, true) THEN passed END
            FROM attempts WHERE learner_id = $1 AND mode <> 'review' AND (created_at, id) < ($2, $3)
            ORDER BY created_at DESC, id DESC LIMIT $4
            """, Read, ct, learner.Id, at == DateTimeOffset.MaxValue ? DateTime.MaxValue.ToUniversalTime() : at.UtcDateTime, id, PageSize + 1);
        var page = rows.Take(PageSize).ToList();
        return new Page(page, rows.Count > PageSize ? Keyset.Write(page[^1].CreatedAt, page[^1].AttemptId) : null);
    }

    private static Row Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.Maybe<Guid?>(1), row.GetString(2), row.Word<AttemptMode>(3), row.Word<AttemptStatus>(4), row.GetInt32(5), row.Time(6), row.MaybeTime(7),
        row.Maybe<long?>(8), row.GetInt16(9), row.Maybe<short?>(10), row.Maybe<float?>(11), row.Maybe<bool?>(12));
}
