using Npgsql;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Authoring;

/// <summary>How a question went, over its newest graded answers.</summary>
/// <param name="Presented">Graded attempts that asked it.</param>
/// <param name="Answered">Those with an answer.</param>
/// <param name="Facility">Mean share of the points earned, 0 to 1; null before anybody was asked.</param>
/// <param name="AverageMs">Mean time spent on it, in ms.</param>
/// <param name="Discrimination">Correlation of its score with the score on the rest of the attempt (point-biserial, corrected), -1 to 1; null with fewer than <see cref="FewestToJudge"/> answers or without any spread.</param>
/// <param name="Chosen">How often each option was chosen.</param>
/// <param name="IsPartial">There are more attempts than were looked at.</param>
public sealed record QuestionStatistics(
    int Presented, int Answered, double? Facility, double? AverageMs, double? Discrimination, IReadOnlyDictionary<string, int> Chosen, bool IsPartial)
{
    /// <summary>With fewer answers a correlation says nothing.</summary>
    public const int FewestToJudge = 10;
}

public static class ReadStatistics
{
    /// <summary>The newest attempts that are looked at, of tests that ask the question and of practice each.</summary>
    public const int MostAttempts = 2_000;

    public static async Task<QuestionStatistics> RunAsync(int questionId, NpgsqlDataSource source, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var batch = connection.CreateBatch()
            .With($"{ItemsSql} SELECT {FiguresSql}", questionId, MostAttempts)
            .With($"{ItemsSql} SELECT option, count(*)::integer FROM items, jsonb_array_elements_text(response->'chosen') option WHERE jsonb_typeof(response->'chosen') = 'array' GROUP BY option", questionId, MostAttempts);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        var figures = new QuestionStatistics(
            reader.GetInt32(0), reader.GetInt32(1), reader.Maybe<double?>(2), reader.Maybe<double?>(3), reader.Maybe<double?>(4), new Dictionary<string, int>(), reader.GetBoolean(5));
        await reader.NextResultAsync(ct);
        var chosen = await reader.ReadAllAsync(row => (Option: row.GetString(0), Count: row.GetInt32(1)), ct);
        return figures with { Chosen = chosen.ToDictionary(row => row.Option, row => row.Count) };
    }

    // Answers have no index by question, which saving would pay for: the way there is through the attempts.
    private const string ItemsSql = """
        WITH recent AS MATERIALIZED (
            (SELECT id, points, points_max FROM attempts WHERE status = 'graded' AND test_id = ANY (ARRAY(SELECT test_id FROM test_slots WHERE question_id = $1)) ORDER BY submitted_at DESC LIMIT $2)
            UNION ALL (SELECT id, points, points_max FROM attempts WHERE status = 'graded' AND test_id IS NULL ORDER BY submitted_at DESC LIMIT $2)
        ), items AS MATERIALIZED (
            SELECT a.response, a.elapsed_ms, a.points / nullif(a.points_max, 0) AS score, (r.points - a.points) / nullif(r.points_max - a.points_max, 0) AS rest
            FROM recent r JOIN answers a ON a.attempt_id = r.id WHERE a.question_version_id = ANY (ARRAY(SELECT id FROM question_versions WHERE question_id = $1))
        )
        """;

    private static readonly string FiguresSql = $"""
        count(*)::integer, count(response)::integer, avg(score)::double precision, avg(elapsed_ms) FILTER (WHERE response IS NOT NULL)::double precision,
        CASE WHEN count(score) >= {QuestionStatistics.FewestToJudge} THEN corr(score, rest) END, (SELECT count(*) FROM recent) >= $2 FROM items
        """;
}
