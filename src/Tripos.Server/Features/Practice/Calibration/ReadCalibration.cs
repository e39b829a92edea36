using Npgsql;
using Tripos.Measurement.Ratings;
using Tripos.Server.Features.Folds;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Practice;

public enum CalibrationShow
{
    /// <summary>Not for learners in general yet: asked to find out how hard they are.</summary>
    Experimental,

    /// <summary>Live, but too few answers say how hard they are.</summary>
    Unsettled,

    Settled,

    /// <summary>The two methods disagree.</summary>
    Drift,
}

/// <summary>How far the difficulty of each question is known.</summary>
public static class ReadCalibration
{
    public const int PageSize = 50;

    /// <param name="Points">Rating points; 1500 is average.</param>
    /// <param name="Infit">Of the newest run; 1 is as expected.</param>
    /// <param name="FittedPoints">By the item response model, with its standard error; null where it has not been fitted.</param>
    public sealed record Row(
        int QuestionId, string Prompt, string? Topic, bool IsExperimental, double Points, double Deviation, int Answers, int Learners, double? MeanScore, double? Infit, double? Outfit,
        double? FittedPoints, double? FittedError, bool Drifts, bool IsSettled);

    /// <param name="Next">The id to go on after; null on the last page.</param>
    /// <param name="RanAt">When the last run was.</param>
    public sealed record Page(IReadOnlyList<Row> Rows, int? Next, DateTimeOffset? RanAt, int Experimental, int Drifting);

    private static readonly string SettledSql = $"COALESCE({SettledRating.Sql("i.deviation", "i.answers", "s.learners")}, false)";

    private const string FromSql = """
        FROM questions q JOIN question_versions v ON v.id = q.current_version_id LEFT JOIN topics t ON t.id = q.topic_id
            LEFT JOIN item_ratings i ON i.question_id = q.id LEFT JOIN topic_ratings tr ON tr.topic_id = COALESCE(q.topic_id, -1) LEFT JOIN question_stats s ON s.question_id = q.id
            LEFT JOIN LATERAL (SELECT * FROM calibration_runs c WHERE c.question_id = q.id AND c.method = 'elo' ORDER BY c.id DESC LIMIT 1) e ON true
            LEFT JOIN LATERAL (SELECT * FROM calibration_runs c WHERE c.question_id = q.id AND c.method = 'mml' ORDER BY c.id DESC LIMIT 1) m ON true
        WHERE NOT q.needs_key AND q.status IN ('live', 'experimental')
        """;

    public static async Task<Page> RunAsync(CalibrationShow show, int after, NpgsqlDataSource source, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        var rows = await connection.QueryAsync($"""
            SELECT q.id, left(regexp_replace(v.body->>'prompt', '<[^>]*>', '', 'g'), 100), t.name, q.status = 'experimental', i.points, COALESCE(tr.points, 0), i.deviation, COALESCE(i.answers, 0), COALESCE(s.learners, 0),
                e.mean_score, e.infit, e.outfit, m.points, m.standard_error, COALESCE(e.drift, false), {SettledSql}, q.difficulty
            {FromSql} AND {Where(show)} AND q.id > $1 ORDER BY q.id LIMIT $2
            """, Read, ct, after, PageSize + 1);
        var (ran, experimental, drifting) = (await connection.QueryAsync("""
            SELECT (SELECT max(created_at) FROM calibration_runs), (SELECT count(*)::integer FROM questions WHERE status = 'experimental' AND NOT needs_key),
                (SELECT count(*)::integer FROM calibration_runs WHERE drift AND method = 'elo' AND created_at = (SELECT max(created_at) FROM calibration_runs))
            """, row => (row.MaybeTime(0), row.GetInt32(1), row.GetInt32(2)), ct))[0];
        var page = rows.Take(PageSize).ToList();
        return new Page(page, rows.Count > PageSize ? page[^1].QuestionId : null, ran, experimental, drifting);
    }

    /// <summary>The list with a name; the experimental ones for any other word.</summary>
    public static CalibrationShow Parse(string? name) => Enum.TryParse<CalibrationShow>(name, ignoreCase: true, out var show) && Enum.IsDefined(show) ? show : CalibrationShow.Experimental;

    private static string Where(CalibrationShow show) => show switch
    {
        CalibrationShow.Experimental => "q.status = 'experimental'",
        CalibrationShow.Unsettled => $"q.status = 'live' AND i.answers > 0 AND NOT {SettledSql}",
        CalibrationShow.Settled => SettledSql,
        _ => "e.drift",
    };

    private static Row Read(NpgsqlDataReader row)
    {
        double points = RatingScale.Centre + (row.Maybe<double?>(4) ?? ItemPrior.Points(row.GetInt16(16))) + row.GetDouble(5);
        return new Row(
            row.GetInt32(0), row.GetString(1), row.Maybe<string>(2), row.GetBoolean(3), points, row.Maybe<double?>(6) ?? RatingScale.MaxDeviation, row.GetInt32(7), row.GetInt32(8),
            row.Maybe<double?>(9), row.Maybe<double?>(10), row.Maybe<double?>(11), row.Maybe<double?>(12), row.Maybe<double?>(13), row.GetBoolean(14), row.GetBoolean(15));
    }
}
