using Npgsql;
using Tripos.Measurement.Adaptive;
using Tripos.Measurement.Ratings;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Practice;

/// <summary>What a level test has so far: its questions as they were rated when they were chosen, and the scores.</summary>
internal sealed record LevelAnswers(CatItem[] Items, double[] Scores)
{
    public static async Task<LevelAnswers> ReadAsync(NpgsqlConnection connection, Guid attemptId, CancellationToken ct)
    {
        var rows = await connection.QueryAsync("""
            SELECT s.question_id, COALESCE(x.topic_id, -1), s.difficulty, s.difficulty_deviation, s.guess, COALESCE(x.points / NULLIF(x.points_max - x.points_open, 0), 0)::float8
            FROM selections s JOIN answers x USING (attempt_id, position) WHERE s.attempt_id = $1 AND x.checked_at IS NOT NULL ORDER BY s.position
            """, row => (Item: new CatItem(row.GetInt32(0), row.GetInt32(1), 1, LevelScale.Logits(row.GetDouble(2)), row.GetDouble(4), row.GetDouble(3) * RatingScale.LogitsPerPoint), Score: Math.Clamp(row.GetDouble(5), 0, 1)), ct, attemptId);
        return new LevelAnswers([.. rows.Select(row => row.Item)], [.. rows.Select(row => row.Score)]);
    }
}
