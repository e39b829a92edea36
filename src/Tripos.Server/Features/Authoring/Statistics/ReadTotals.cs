using Npgsql;
using Tripos.Server.Features.Folds;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Authoring;

/// <summary>What has been counted of a question since it exists, and how hard it turned out to be.</summary>
/// <param name="Asked">Times it was presented.</param>
/// <param name="Learners">Different people who answered it.</param>
/// <param name="MeanScore">0-1.</param>
/// <param name="PassRate">Share of scores above 65 %.</param>
/// <param name="Rating">Difficulty in rating points, 1500 is the middle; null before the first answer.</param>
/// <param name="Deviation">How sure that is, the topic's own difficulty included.</param>
/// <param name="OwnDeviation">How sure the question's place within its topic is.</param>
public sealed record QuestionTotals(int Asked, int Answered, int Learners, double MeanScore, double PassRate, double? AverageMs, double? Rating, double? Deviation, double? OwnDeviation)
{
    public bool IsSettled => SettledRating.Is(OwnDeviation, Answered, Learners);

    /// <summary>The rating on the authors' scale: 1 (foundation) to 5 (challenge), a step being 75 points; null before the first answer.</summary>
    public int? CalculatedDifficulty => Rating is { } points ? Math.Clamp((int)Math.Round(3 + (points - 1500) / 75), 1, 5) : null;
}

public static class ReadTotals
{
    private const string Sql = """
        SELECT s.attempts, s.answered, s.learners, s.score_sum / s.attempts, s.passes::float8 / s.attempts, s.elapsed_ms_sum::float8 / NULLIF(s.elapsed_count, 0),
            1500 + i.points + COALESCE(t.points, 0), LEAST(350, sqrt(i.deviation ^ 2 + COALESCE(t.deviation, 0) ^ 2)), i.deviation
        FROM question_stats s JOIN questions q ON q.id = s.question_id
        LEFT JOIN item_ratings i ON i.question_id = q.id LEFT JOIN topic_ratings t ON t.topic_id = COALESCE(q.topic_id, -1)
        WHERE s.question_id = $1
        """;

    /// <returns>Null for a question nobody was asked, or whose answers are being counted at this moment.</returns>
    public static async Task<QuestionTotals?> RunAsync(int questionId, NpgsqlDataSource source, CancellationToken ct) =>
        (await source.QueryAsync(Sql, row => new QuestionTotals(
            row.GetInt32(0), row.GetInt32(1), row.GetInt32(2), row.GetDouble(3), row.GetDouble(4), row.Maybe<double?>(5), row.Maybe<double?>(6), row.Maybe<double?>(7), row.Maybe<double?>(8)), ct, questionId)).SingleOrDefault();
}
