using System.Net;
using Npgsql;
using Tripos.Questions;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Catalog;

/// <summary>The question bank as a list, newest first, a page at a time; for authors.</summary>
public static class ReadQuestions
{
    public const int PageSize = 50;

    /// <param name="Find">Words of the prompt, in this order; null for any.</param>
    /// <param name="NeedKey">Only questions without a key.</param>
    /// <param name="Before">Questions with a smaller id; null for the newest.</param>
    public sealed record Filter(string? Find, bool NeedKey, int? Before);

    /// <param name="Prompt">Its beginning, as plain text.</param>
    /// <param name="Tests">How many tests use it.</param>
    /// <param name="TestId">One of them; null for none.</param>
    public sealed record Row(int Id, string Prompt, string Kind, int Version, bool NeedsKey, ContentStatus Status, string? Topic, int Tests, Guid? TestId);

    /// <param name="Older">The id to go on from; null on the last page.</param>
    public sealed record Page(IReadOnlyList<Row> Rows, int? Older);

    public static async Task<Page> RunAsync(Filter filter, NpgsqlDataSource source, CancellationToken ct)
    {
        string? pattern = string.IsNullOrWhiteSpace(filter.Find) ? null : $"%{Escaped(filter.Find.Trim())}%";
        var rows = await source.QueryAsync("""
            SELECT q.id, CASE WHEN v.body->>'format' = 'html' THEN regexp_replace(v.body->>'prompt', '<[^>]*>', ' ', 'g') ELSE v.body->>'prompt' END,
                q.kind, v.number, q.needs_key, q.status, t.name, s.tests, s.test_id
            FROM questions q JOIN question_versions v ON v.id = q.current_version_id LEFT JOIN topics t ON t.id = q.topic_id
            CROSS JOIN LATERAL (SELECT count(*)::integer AS tests, (array_agg(test_id))[1] AS test_id FROM test_slots WHERE question_id = q.id) s
            WHERE ($1::text IS NULL OR v.body->>'prompt' ILIKE $1) AND (NOT $2 OR q.needs_key) AND ($3::integer IS NULL OR q.id < $3)
            ORDER BY q.id DESC LIMIT $4
            """, Read, ct, pattern, filter.NeedKey, filter.Before, PageSize + 1);
        var page = rows.Take(PageSize).ToList();
        return new Page(page, rows.Count > PageSize ? page[^1].Id : null);
    }

    private static Row Read(NpgsqlDataReader row) => new(
        row.GetInt32(0), Beginning(row.GetString(1)), QuestionKinds.Find(row.GetString(2)).Title, row.GetInt32(3), row.GetBoolean(4), row.Word<ContentStatus>(5),
        row.Maybe<string>(6), row.GetInt32(7), row.Maybe<Guid?>(8));

    private static string Beginning(string prompt)
    {
        string text = string.Join(' ', WebUtility.HtmlDecode(prompt).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return text.Length <= 160 ? text : string.Concat(text.AsSpan(0, 159), "…");
    }

    private static string Escaped(string text) =>
        text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal);
}
