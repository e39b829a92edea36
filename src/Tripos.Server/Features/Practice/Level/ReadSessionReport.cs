using Npgsql;
using Tripos.Measurement.Adaptive;
using Tripos.Measurement.Ratings;
using Tripos.Server.Features.Folds;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Practice;

/// <summary>One question of a measurement, and what was believed after it.</summary>
/// <param name="Difficulty">As it was rated when it was asked, with its deviation.</param>
/// <param name="Score">0-1.</param>
/// <param name="Ability">The estimate after it, with its standard error.</param>
public sealed record MeasuredItem(int Position, string Topic, double Difficulty, double DifficultyDeviation, double Score, bool Answered, double Ability, double Deviation);

/// <summary>What a placement or a level test found.</summary>
/// <param name="Ability">Rating points; 1500 is average.</param>
/// <param name="Deviation">Standard error.</param>
/// <param name="Items">Empty where nothing was answered.</param>
/// <param name="Topics">Where the learner stands now in the topics that were asked.</param>
public sealed record SessionReport(PracticeSession Session, double Ability, double Deviation, IReadOnlyList<MeasuredItem> Items, IReadOnlyList<TopicStanding> Topics)
{
    private const double NinetyFive = 1.96;

    public double Low => Ability - NinetyFive * Deviation;

    public double High => Ability + NinetyFive * Deviation;
}

/// <summary>Computes the report again from the answers and from what was known of the questions when they were asked.</summary>
public static class ReadSessionReport
{
    public static async Task<Outcome<SessionReport>> RunAsync(Guid attemptId, CurrentUser learner, TopicSizes sizes, NpgsqlDataSource source, TimeProvider clock, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        var session = await PracticeSession.FindAsync(connection, attemptId, learner.Id, ct);
        if (session is null)
        {
            return PracticeProblems.NoSuchSession;
        }

        if (session.IsOpen || !session.IsTest)
        {
            return PracticeProblems.NoReport;
        }

        var rows = await connection.QueryAsync("""
            SELECT s.position, x.topic_id, COALESCE(t.name, 'No topic'), s.difficulty, s.difficulty_deviation, s.guess, s.question_id, COALESCE(x.points / NULLIF(x.points_max - x.points_open, 0), 0)::float8, x.answered_at IS NOT NULL
            FROM selections s JOIN answers x USING (attempt_id, position) LEFT JOIN topics t ON t.id = x.topic_id WHERE s.attempt_id = $1 ORDER BY s.position
            """, Row.Read, ct, attemptId);
        var items = Path(rows);
        var (ability, deviation) = items is [.., var last] ? (last.Ability, last.Deviation) : (RatingScale.Centre, RatingScale.PointsPerLogit);
        var topics = rows.Select(row => row.TopicId).OfType<int>().ToHashSet();
        var standings = await ReadStandings.RunAsync(learner.Id, null, sizes, source, clock, ct);
        return new SessionReport(session, ability, deviation, items, [.. standings.Where(standing => topics.Contains(standing.TopicId))]);
    }

    private static List<MeasuredItem> Path(List<Row> rows)
    {
        var asked = rows.Select(row => row.Item).ToArray();
        var scores = rows.Select(row => row.Score).ToArray();
        return [.. rows.Select((row, i) =>
        {
            var estimate = Cat.Estimate(asked.AsSpan(0, i + 1), scores.AsSpan(0, i + 1));
            return new MeasuredItem(row.Position, row.Topic, row.Difficulty, row.DifficultyDeviation, row.Score, row.Answered, LevelScale.Points(estimate.Theta), estimate.StandardError * RatingScale.PointsPerLogit);
        })];
    }

    private sealed record Row(int Position, int? TopicId, string Topic, double Difficulty, double DifficultyDeviation, double Guess, int QuestionId, double Score, bool Answered)
    {
        public CatItem Item => new(QuestionId, TopicId ?? LoggedResponse.NoTopic, 1, LevelScale.Logits(Difficulty), Guess, DifficultyDeviation * RatingScale.LogitsPerPoint);

        public static Row Read(NpgsqlDataReader row) => new(
            row.GetInt16(0), row.Maybe<int?>(1), row.GetString(2), row.GetDouble(3), row.GetDouble(4), row.GetDouble(5), row.GetInt32(6), Math.Clamp(row.GetDouble(7), 0, 1), row.GetBoolean(8));
    }
}
