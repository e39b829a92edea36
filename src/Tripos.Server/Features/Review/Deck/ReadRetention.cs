using Npgsql;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Review;

/// <summary>What a learner remembered, week by week.</summary>
/// <param name="From">The first day of the week.</param>
/// <param name="Reviews">All reviews, short steps included.</param>
/// <param name="Known">Reviews of cards that came back after days.</param>
/// <param name="Remembered">Of these, not rated Again.</param>
/// <param name="Predicted">The mean chance of recall that was predicted for these, 0 to 1.</param>
/// <param name="Ms">Time spent in the deck.</param>
public sealed record ReviewWeek(DateOnly From, int Reviews, int Known, int Remembered, double Predicted, long Ms)
{
    /// <summary>The share remembered; null in a week without such reviews.</summary>
    public double? Retention => Known == 0 ? null : (double)Remembered / Known;
}

public static class ReadRetention
{
    private const int Weeks = 12;

    /// <summary>The last twelve weeks, this one last.</summary>
    public static async Task<IReadOnlyList<ReviewWeek>> RunAsync(Guid learnerId, LearnerDay today, NpgsqlDataSource source, CancellationToken ct)
    {
        var monday = today.Date.AddDays(-(((int)today.Date.DayOfWeek + 6) % 7));
        var first = monday.AddDays(-7 * (Weeks - 1));
        var from = today.StartsAt.AddDays(first.DayNumber - today.Date.DayNumber);
        var rows = await source.QueryAsync("""
            SELECT floor(extract(epoch FROM at - $2) / 604800)::int AS week, count(*)::int, count(*) FILTER (WHERE state = 'review')::int, count(*) FILTER (WHERE state = 'review' AND recall > 1)::int,
                COALESCE(avg(retrievability) FILTER (WHERE state = 'review'), 0), COALESCE(sum(elapsed_ms), 0)::bigint
            FROM card_reviews WHERE learner_id = $1 AND at >= $2 AND source <> 'import' AND undone_at IS NULL GROUP BY week
            """, row => (Week: row.GetInt32(0), Is: new ReviewWeek(default, row.GetInt32(1), row.GetInt32(2), row.GetInt32(3), row.GetDouble(4), row.GetInt64(5))), ct, learnerId, from);
        var byWeek = rows.ToDictionary(row => row.Week, row => row.Is);
        return [.. Enumerable.Range(0, Weeks).Select(week => (byWeek.GetValueOrDefault(week) ?? new ReviewWeek(default, 0, 0, 0, 0, 0)) with { From = first.AddDays(7 * week) })];
    }
}
