using Npgsql;
using Tripos.Measurement.Ratings;
using Tripos.Server.Features.Folds;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Practice;

/// <summary>Reads what choosing needs to know of a learner: one round trip, by keys and small indexes only.</summary>
internal static class ReadPracticeLearner
{
    private const string SkillsSql = "SELECT topic_id, points, deviation, answers, updated_at_days, attempts, recent FROM learner_skills WHERE learner_id = $1";

    private const string WishesSql = """
        SELECT COALESCE(w.interests || w.goals, '{}'), COALESCE(w.challenge_mode, false), p.exam_date, p.target_percent
        FROM users u LEFT JOIN preferences w ON w.user_id = u.id LEFT JOIN profiles p ON p.user_id = u.id WHERE u.id = $1
        """;

    private const string SeenSql = """
        SELECT question_id, last_at, last_correct FROM learner_items WHERE learner_id = $1
        UNION ALL SELECT s.question_id, s.created_at, NULL
            FROM (SELECT * FROM selections WHERE learner_id = $1 AND created_at > $2 ORDER BY created_at DESC LIMIT 100) s JOIN answers x USING (attempt_id, position) WHERE x.checked_at IS NOT NULL
        """;

    private const string InExamSql = """
        SELECT v.question_id FROM attempts a JOIN answers x ON x.attempt_id = a.id JOIN question_versions v ON v.id = x.question_version_id
        WHERE a.learner_id = $1 AND a.status IN ('created', 'ready', 'in_progress', 'paused') AND a.mode IN ('exam', 'mock', 'live')
        """;

    private const string ServedSql = "SELECT s.question_id, COALESCE(x.topic_id, -1), s.quota FROM selections s JOIN answers x USING (attempt_id, position) WHERE s.attempt_id = $1 ORDER BY s.position";

    private const string NewestSql = "SELECT correct FROM responses WHERE attempt_id = $1 AND answered AND revision = 0 ORDER BY position DESC LIMIT 5";

    private const string CardsSql = "SELECT question_id, due_at, stability, last_review_at, COALESCE(withheld_until > $2, false) FROM review_cards WHERE learner_id = $1 AND question_id IS NOT NULL AND NOT suspended";

    /// <param name="attemptId">The session that is going on; <see cref="Guid.Empty"/> for none.</param>
    public static async Task<PracticeLearner> RunAsync(NpgsqlConnection connection, Guid learnerId, Guid attemptId, DateTimeOffset now, CancellationToken ct)
    {
        await using var batch = Ask(connection, learnerId, attemptId, now);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        var skills = await reader.ReadAllAsync(ReadSkill, ct);
        var learner = (await NextAsync(reader, row => Wishes(new PracticeLearner(learnerId), row, now), ct)) is [var found] ? found : new PracticeLearner(learnerId);
        var seen = await NextAsync(reader, row => (row.GetInt32(0), new SeenItem(row.Time(1), row.Maybe<bool?>(2))), ct);
        var inExam = (await NextAsync(reader, row => row.GetInt32(0), ct)).ToHashSet();
        var served = await NextAsync(reader, row => new ServedItem(row.GetInt32(0), row.GetInt32(1), row.GetString(2)), ct);
        int wrong = (await NextAsync(reader, row => row.GetBoolean(0), ct)).TakeWhile(correct => !correct).Count();
        var cards = await NextAsync(reader, ReadCard, ct);
        inExam.UnionWith(cards.Where(card => card.IsWithheld).Select(card => card.Id)); // its test does not show right answers yet
        return learner with
        {
            Skills = skills.ToDictionary(row => row.Topic, row => row.Skill),
            Seen = Newest(seen),
            InExam = inExam,
            Served = served,
            WrongInARow = wrong,
            Cards = cards.ToDictionary(card => card.Id, card => card.Card),
        };
    }

    private static NpgsqlBatch Ask(NpgsqlConnection connection, Guid learnerId, Guid attemptId, DateTimeOffset now) => new NpgsqlBatch(connection)
        .With(SkillsSql, learnerId).With(WishesSql, learnerId).With(SeenSql, learnerId, now.AddDays(-30)).With(InExamSql, learnerId).With(ServedSql, attemptId).With(NewestSql, attemptId).With(CardsSql, learnerId, now);

    private static async Task<List<T>> NextAsync<T>(NpgsqlDataReader reader, Func<NpgsqlDataReader, T> read, CancellationToken ct)
    {
        await reader.NextResultAsync(ct);
        return await reader.ReadAllAsync(read, ct);
    }

    private static (int Topic, LearnerSkill Skill) ReadSkill(NpgsqlDataReader row) => (row.GetInt32(0), new LearnerSkill(
        row.RatingAt(1), row.GetInt32(5), row.GetDouble(6)));

    private static (int Id, CardState Card, bool IsWithheld) ReadCard(NpgsqlDataReader row) =>
        (row.GetInt32(0), new CardState(row.Time(1), row.GetDouble(2), row.MaybeTime(3)), row.GetBoolean(4));

    private static PracticeLearner Wishes(PracticeLearner learner, NpgsqlDataReader row, DateTimeOffset now)
    {
        double days = row.Maybe<DateOnly?>(2) is { } exam ? (exam.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc) - now.UtcDateTime).TotalDays : double.PositiveInfinity;
        return learner with
        {
            Interests = row.GetFieldValue<string[]>(0).ToHashSet(StringComparer.OrdinalIgnoreCase),
            Challenge = row.GetBoolean(1),
            DaysToExam = days > -1 ? Math.Max(0, days) : double.PositiveInfinity,
            Target = row.Maybe<short?>(3) / 100.0 ?? ReadStandings.UsualTarget,
        };
    }

    // An answer says more than having been shown; the newer time holds.
    private static Dictionary<int, SeenItem> Newest(List<(int Id, SeenItem Seen)> rows)
    {
        Dictionary<int, SeenItem> newest = [];
        foreach (var (id, seen) in rows)
        {
            newest[id] = newest.TryGetValue(id, out var other) ? new SeenItem(other.At > seen.At ? other.At : seen.At, other.LastCorrect ?? seen.LastCorrect) : seen;
        }

        return newest;
    }
}
