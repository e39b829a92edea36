using System.Globalization;
using System.Net;
using Npgsql;
using Tripos.Questions;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Authoring;

/// <summary>A page of the question bank: the best fit first where words are searched for, else the newest first.</summary>
public static class ReadBank
{
    public const int PageSize = 50;

    /// <summary>Counting stops here: past it nobody reads the number.</summary>
    public const int MostCounted = 10_000;

    /// <param name="Prompt">Its beginning, as plain text.</param>
    /// <param name="Tests">How many tests use it.</param>
    /// <param name="TestId">One of them; null for none.</param>
    /// <param name="Rank">How well it fits the words, 0 without words.</param>
    public sealed record Row(
        int Id, string Prompt, string Kind, int Version, bool NeedsKey, ContentStatus Status, int Difficulty, IReadOnlyList<string> Tags, string? Topic, int Tests, Guid? TestId, int Rank);

    /// <param name="Fitting">How many questions fit, at most one more than <see cref="MostCounted"/>.</param>
    /// <param name="Next">Where to go on; null on the last page.</param>
    public sealed record Page(IReadOnlyList<Row> Rows, int Fitting, BankPlace? Next);

    public static async Task<Page> RunAsync(BankFilter filter, NpgsqlDataSource source, CancellationToken ct)
    {
        // Each combination of filters is a statement of its own, so that each gets a plan of its own.
        List<object> values = [];
        var (found, unranked) = (Found(filter, ranked: true, values), Found(filter, ranked: false, []));
        string fitting = $"{(filter.Text is null ? "" : "JOIN found ON found.question_id = q.id")} {Where(filter, values)}";
        object[] counted = [.. values];
        var count = source.QueryAsync($"{unranked} SELECT count(*)::integer FROM (SELECT FROM questions q {fitting} LIMIT {MostCounted + 1}) fit", row => row.GetInt32(0), ct, counted);
        var rows = await source.QueryAsync(PageSql(filter, found, fitting, values), Read, ct, [.. values]);
        var page = rows.Take(PageSize).ToList();
        return new Page(page, (await count).Single(), rows.Count > PageSize ? new(page[^1].Rank, page[^1].Id) : null);
    }

    /// <summary>The questions with the words; a number finds the question that has it, and the name of a test its questions.</summary>
    /// <param name="ranked">Ranking reads every document that fits, which counting does without.</param>
    private static string Found(BankFilter filter, bool ranked, List<object> values) => filter.Text is not { } text ? "" : $"""
        WITH query AS (SELECT websearch_to_tsquery('english', {Add(values, text)}) AS words), found AS MATERIALIZED (
            SELECT question_id, max(rank) AS rank FROM (
                SELECT s.question_id, {(ranked ? "(ts_rank(s.document, query.words) * 1000000)::integer" : "0")} AS rank FROM question_search s, query WHERE s.document @@ query.words
                UNION ALL SELECT s.question_id, 1 FROM query JOIN tests t ON to_tsvector('english', t.title) @@ query.words JOIN test_slots s ON s.test_id = t.id
                UNION ALL SELECT id, 2000000 FROM questions WHERE id = {Add(values, NumberIn(text))}
            ) every GROUP BY question_id)
        """;

    private static string Where(BankFilter filter, List<object> values)
    {
        List<string> conditions = ["true"];
        void Must(string column, object? value)
        {
            if (value is not null)
            {
                conditions.Add($"{column} {Add(values, value)}");
            }
        }

        Must("q.kind =", filter.Kind);
        Must("q.topic_id =", filter.TopicId);
        Must("q.difficulty =", filter.Difficulty);
        Must("q.tags @>", filter.Tags is { Count: > 0 } tags ? tags.ToArray() : null);
        Must("q.status =", filter.Status is { } status ? AppDb.SnakeCase(status.ToString()) : null);
        Must("q.created_by =", filter.AuthorId);
        return $"WHERE {string.Join(" AND ", conditions)}{(filter.NeedsKey ? " AND q.needs_key" : "")}";
    }

    private static string PageSql(BankFilter filter, string found, string fitting, List<object> values)
    {
        bool ranked = filter.Text is not null;
        string after = filter.After is not { } place ? ""
            : ranked ? $"AND (found.rank, q.id) < ({Add(values, place.Rank)}, {Add(values, place.Id)})"
            : $"AND q.id < {Add(values, place.Id)}";
        return $"""
            {found} SELECT q.id, left(CASE WHEN v.body->>'format' = 'html' THEN regexp_replace(v.body->>'prompt', '<[^>]*>', ' ', 'g') ELSE v.body->>'prompt' END, 1000),
                q.kind, v.number, q.needs_key, q.status, q.difficulty, q.tags, t.name, s.tests, s.test_id, page.rank
            FROM (SELECT q.id, {(ranked ? "found.rank" : "0")} AS rank FROM questions q {fitting} {after} ORDER BY {(ranked ? "found.rank DESC, " : "")}q.id DESC LIMIT {PageSize + 1}) page
            JOIN questions q ON q.id = page.id JOIN question_versions v ON v.id = q.current_version_id LEFT JOIN topics t ON t.id = q.topic_id
            CROSS JOIN LATERAL (SELECT count(*)::integer AS tests, (array_agg(test_id))[1] AS test_id FROM test_slots WHERE question_id = q.id) s
            ORDER BY page.rank DESC, q.id DESC
            """;
    }

    private static string Add(List<object> values, object value)
    {
        values.Add(value);
        return $"${values.Count}";
    }

    private static int NumberIn(string text) => int.TryParse(text.TrimStart('#'), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;

    private static Row Read(NpgsqlDataReader row) => new(
        row.GetInt32(0), Beginning(row.GetString(1)), QuestionKinds.Find(row.GetString(2)).Title, row.GetInt32(3), row.GetBoolean(4), row.Word<ContentStatus>(5),
        row.GetInt16(6), row.GetFieldValue<string[]>(7), row.Maybe<string>(8), row.GetInt32(9), row.Maybe<Guid?>(10), row.GetInt32(11));

    private static string Beginning(string prompt)
    {
        string text = string.Join(' ', WebUtility.HtmlDecode(prompt).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return text.Length <= 160 ? text : string.Concat(text.AsSpan(0, 159), "…");
    }
}
