using System.Globalization;
using Npgsql;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Attempts;

/// <summary>Everybody's results in one test, best first, for teachers.</summary>
public static class ReadTestResults
{
    public const int PageSize = 50;

    public sealed record Row(Guid AttemptId, string Learner, int Number, DateTimeOffset SubmittedAt, long? DurationMs, int? AnsweredCount, int ItemCount, float Percent, bool? Passed);

    /// <param name="Next">Opaque place to go on from; null on the last page.</param>
    public sealed record Page(string Title, int Open, IReadOnlyList<Row> Rows, string? Next);

    public static async Task<Outcome<Page>> RunAsync(Guid testId, string? after, NpgsqlDataSource source, CancellationToken ct)
    {
        var test = await source.QueryAsync("""
            SELECT title, (SELECT count(*)::integer FROM attempts a WHERE a.test_id = t.id AND a.status = 'in_progress') FROM tests t WHERE id = $1
            """, row => (Title: row.GetString(0), Open: row.GetInt32(1)), ct, testId);
        if (test is not [var found])
        {
            return AttemptProblems.TestNotFound;
        }

        var (percent, id) = Parse(after);
        var rows = await source.QueryAsync("""
            SELECT a.id, u.display_name, a.number, a.submitted_at, a.duration_ms, a.answered_count, a.item_count, a.percent, a.passed
            FROM attempts a JOIN users u ON u.id = a.learner_id
            WHERE a.test_id = $1 AND a.status = 'graded' AND (a.percent < $2 OR (a.percent = $2 AND a.id > $3)) AND a.percent <= $2
            ORDER BY a.percent DESC, a.id LIMIT $4
            """, Read, ct, testId, percent, id, PageSize + 1);
        var page = rows.Take(PageSize).ToList();
        return new Page(found.Title, found.Open, page, rows.Count > PageSize ? $"{page[^1].Percent.ToString("R", CultureInfo.InvariantCulture)}_{page[^1].AttemptId:n}" : null);
    }

    private static (float Percent, Guid Id) Parse(string? after) =>
        after?.Split('_') is [var percent, var id]
        && float.TryParse(percent, NumberStyles.Float, CultureInfo.InvariantCulture, out float place) && Guid.TryParseExact(id, "n", out var guid)
            ? (place, guid)
            : (101, Guid.Empty);

    private static Row Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetString(1), row.GetInt32(2), row.Time(3), row.Maybe<long?>(4), row.Maybe<short?>(5), row.GetInt16(6), row.GetFloat(7), row.Maybe<bool?>(8));
}
