using Npgsql;
using Tripos.Measurement.Irt;
using Tripos.Measurement.Ratings;
using Tripos.Server.Features.Folds;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Practice;

/// <summary>Writes down once a night how hard every question was found to be, by two methods that know nothing of each other, and where they disagree.</summary>
public static class RunCalibration
{
    private const int FewestAnswers = 30; // for the item response model
    private const int FewestItems = 10;
    private const int MostItems = 300;
    private const int MostResponses = 500_000;
    private static readonly TimeSpan Pace = TimeSpan.FromHours(20);

    public sealed record Ran(int Questions, int Fitted, int Drifting);

    private sealed record Rated(int QuestionId, double Points, double Deviation);

    /// <summary>Unless it ran within the last 20 hours.</summary>
    public static async Task RunWhenDueAsync(NpgsqlDataSource source, TimeProvider clock, CancellationToken ct)
    {
        var last = await source.QueryAsync("SELECT max(created_at) FROM calibration_runs", row => row.MaybeTime(0), ct);
        if (last is not [{ } at] || clock.GetUtcNow() - at >= Pace)
        {
            await RunAsync(source, clock, ct);
        }
    }

    public static async Task<Ran> RunAsync(NpgsqlDataSource source, TimeProvider clock, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        var fitted = await FitAsync(connection, ct);
        int[] drifting = [.. fitted.Where(item => item.Drifts).Select(item => item.QuestionId)];
        var now = clock.GetUtcNow();
        int questions = await connection.ExecuteAsync(RatingsSql, ct, drifting, now);
        await connection.ExecuteAsync(FittedSql, ct, fitted.Select(item => item.QuestionId).ToArray(), fitted.Select(item => item.Points).ToArray(), fitted.Select(item => item.StandardError).ToArray(), drifting, now);
        return new Ran(questions, fitted.Count, drifting.Length);
    }

    private sealed record Fitted(int QuestionId, double Points, double StandardError, bool Drifts);

    private static async Task<List<Fitted>> FitAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var rated = await connection.QueryAsync("""
            SELECT i.question_id, $3 + i.points + COALESCE(t.points, 0), i.deviation FROM item_ratings i JOIN question_stats s ON s.question_id = i.question_id
                JOIN questions q ON q.id = i.question_id LEFT JOIN topic_ratings t ON t.topic_id = COALESCE(q.topic_id, -1)
            WHERE s.learners >= $1 AND s.correct BETWEEN 1 AND s.answered - 1 ORDER BY s.learners DESC, i.question_id LIMIT $2
            """, row => new Rated(row.GetInt32(0), row.GetDouble(1), row.GetDouble(2)), ct, FewestAnswers, MostItems, RatingScale.Centre);
        if (rated.Count < FewestItems)
        {
            return [];
        }

        var table = await ReadAsync(connection, [.. rated.Select(item => item.QuestionId)], ct);
        var fit = MarginalMaximumLikelihood.Fit(table, ItemModel.OneParameter, new MarginalSettings { Tolerance = 1e-4, MostIterations = 300 });
        return Link(rated, fit);
    }

    /// <summary>First answers only: later ones to the same question say what was remembered of it.</summary>
    private static async Task<AnswerTable> ReadAsync(NpgsqlConnection connection, int[] questions, CancellationToken ct)
    {
        var answers = await connection.QueryAsync("""
            SELECT learner_id, question_id, correct FROM (
                SELECT DISTINCT ON (learner_id, question_id) learner_id, question_id, correct FROM responses
                WHERE answered AND revision = 0 AND question_id = ANY ($1) AND sequence > (SELECT COALESCE(max(sequence), 0) FROM responses) - $2
                ORDER BY learner_id, question_id, sequence) first
            ORDER BY learner_id
            """, row => (Learner: row.GetGuid(0), Question: row.GetInt32(1), Correct: row.GetBoolean(2)), ct, questions, MostResponses);
        var column = questions.Index().ToDictionary(pair => pair.Item, pair => pair.Index);
        var table = new AnswerTable(questions.Length);
        sbyte[] scores = new sbyte[questions.Length];
        foreach (var learner in answers.GroupBy(answer => answer.Learner))
        {
            Array.Fill(scores, AnswerTable.Missing);
            foreach (var answer in learner)
            {
                scores[column[answer.Question]] = (sbyte)(answer.Correct ? 1 : 0);
            }

            table.Add(scores);
        }

        return table;
    }

    /// <summary>Puts the model's difficulties on the scale of the ratings: same mean, same spread. What is left is disagreement about single questions.</summary>
    private static List<Fitted> Link(List<Rated> rated, Calibration fit)
    {
        double[] logits = [.. fit.Items.Select(item => item.B)];
        double meanPoints = rated.Average(item => item.Points), meanLogits = logits.Average();
        double spreadPoints = Math.Sqrt(rated.Average(item => Math.Pow(item.Points - meanPoints, 2))), spreadLogits = Math.Sqrt(logits.Average(b => Math.Pow(b - meanLogits, 2)));
        double scale = spreadLogits > 1e-6 ? spreadPoints / spreadLogits : RatingScale.PointsPerLogit;
        return [.. rated.Select((item, i) =>
        {
            double points = meanPoints + (logits[i] - meanLogits) * scale, error = fit.Items[i].BStandardError * scale;
            return new Fitted(item.QuestionId, points, error, Math.Abs(points - item.Points) > 2 * Math.Sqrt(error * error + item.Deviation * item.Deviation));
        })];
    }

    // Infit and outfit compare what was scored with what was expected before: 1 is as noisy as the model says, much more is a question that surprises.
    private static readonly string RatingsSql = $"""
        INSERT INTO calibration_runs (question_id, from_at, to_at, attempts, learners, mean_score, points, standard_error, method, infit, outfit, settled, drift, created_at)
        SELECT r.question_id, min(r.answered_at), max(r.answered_at), count(*), count(DISTINCT r.learner_id), avg(r.score), 1500 + i.points + COALESCE(t.points, 0), i.deviation, 'elo',
            sum((r.score - c.success) ^ 2) / NULLIF(sum(c.success * (1 - c.success)), 0), avg((r.score - c.success) ^ 2 / GREATEST(c.success * (1 - c.success), 1e-6)),
            {SettledRating.Sql("i.deviation", "i.answers", "count(DISTINCT r.learner_id)")} AND NOT r.question_id = ANY ($1), r.question_id = ANY ($1), $2
        FROM responses r JOIN rating_changes c ON c.sequence = r.sequence JOIN questions q ON q.id = r.question_id JOIN item_ratings i ON i.question_id = r.question_id
            LEFT JOIN topic_ratings t ON t.topic_id = COALESCE(q.topic_id, -1)
        WHERE r.answered AND r.revision = 0 AND q.status IN ('live', 'experimental')
        GROUP BY r.question_id, i.points, i.deviation, i.answers, t.points
        """;

    private const string FittedSql = """
        INSERT INTO calibration_runs (question_id, from_at, to_at, attempts, learners, mean_score, points, standard_error, method, settled, drift, created_at)
        SELECT f.question_id, e.from_at, e.to_at, e.attempts, e.learners, e.mean_score, f.points, f.error, 'mml', e.settled, f.question_id = ANY ($4), $5
        FROM unnest($1::integer[], $2::float8[], $3::float8[]) AS f(question_id, points, error)
            JOIN calibration_runs e ON e.question_id = f.question_id AND e.method = 'elo' AND e.created_at = $5
        """;
}
