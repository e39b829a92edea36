using Npgsql;
using Tripos.Measurement.Ratings;
using Tripos.Server.Platform.Data;
using static Tripos.Server.Features.Folds.RatingFold;

namespace Tripos.Server.Features.Folds;

/// <summary>The rows of the rating tables one batch of responses touches: read once, changed in memory, written once.</summary>
internal sealed class RatingTables
{
    private Dictionary<(Guid Learner, int Topic), SkillRow> _skills = [];
    private Dictionary<int, ItemRow> _items = [];
    private Dictionary<int, TopicRow> _topics = [];
    private Dictionary<(Guid Learner, DateOnly Day, int Topic), DayRow> _days = [];

    public List<RatingChange> Changes { get; } = [];

    public SkillRow Skill(Guid learner, int topic) =>
        _skills.TryGetValue((learner, topic), out var row) ? row : _skills[(learner, topic)] = new SkillRow { Rating = topic == SkillRow.AllTopics ? Model.NewLearner() : Model.NewLearnerSkill() };

    public ItemRow Item(LoggedResponse response) => _items.TryGetValue(response.QuestionId, out var row) ? row
        : _items[response.QuestionId] = new ItemRow { Rating = Model.NewItem(ItemPrior.Points(response.Difficulty)), VersionId = response.VersionId };

    public TopicRow Topic(int topic) => _topics.TryGetValue(topic, out var row) ? row : _topics[topic] = new TopicRow { Rating = Model.NewSkill() };

    public DayRow Day(Guid learner, DateOnly day, int topic) => _days.TryGetValue((learner, day, topic), out var row) ? row : _days[(learner, day, topic)] = new DayRow();

    public static async Task<RatingTables> LoadAsync(NpgsqlConnection connection, IReadOnlyList<LoggedResponse> responses, CancellationToken ct)
    {
        var skills = responses.SelectMany(r => new[] { (r.LearnerId, Topic: SkillRow.AllTopics), (r.LearnerId, r.Topic) }).Distinct().ToArray();
        var days = responses.SelectMany(r => new[] { (r.LearnerId, r.LocalDay, Topic: SkillRow.AllTopics), (r.LearnerId, r.LocalDay, r.Topic) }).Distinct().ToArray();
        await using var batch = new NpgsqlBatch(connection);
        batch.With("""
                SELECT learner_id, topic_id, points, deviation, answers, updated_at_days, attempts, correct, score_sum, recent, elapsed_ms_sum, elapsed_count, last_at
                FROM learner_skills JOIN unnest($1::uuid[], $2::integer[]) AS k(learner_id, topic_id) USING (learner_id, topic_id)
                """, skills.Select(k => k.LearnerId).ToArray(), skills.Select(k => k.Topic).ToArray())
            .With("SELECT question_id, points, deviation, answers, updated_at_days, version_id FROM item_ratings WHERE question_id = ANY ($1)", responses.Select(r => r.QuestionId).Distinct().ToArray())
            .With("SELECT topic_id, points, deviation, answers, updated_at_days FROM topic_ratings WHERE topic_id = ANY ($1)", responses.Select(r => r.Topic).Distinct().ToArray())
            .With("""
                SELECT learner_id, day, topic_id, answers, correct, score_sum, study_ms, ability, deviation
                FROM daily_progress JOIN unnest($1::uuid[], $2::date[], $3::integer[]) AS k(learner_id, day, topic_id) USING (learner_id, day, topic_id)
                """, days.Select(k => k.LearnerId).ToArray(), days.Select(k => k.LocalDay).ToArray(), days.Select(k => k.Topic).ToArray());
        await using var reader = await batch.ExecuteReaderAsync(ct);
        var tables = new RatingTables { _skills = (await reader.ReadAllAsync(ReadSkill, ct)).ToDictionary(row => row.Key, row => row.Row) };
        await reader.NextResultAsync(ct);
        tables._items = (await reader.ReadAllAsync(row => (Key: row.GetInt32(0), Row: new ItemRow { Rating = row.RatingAt(1), VersionId = row.GetInt32(5) }), ct)).ToDictionary(row => row.Key, row => row.Row);
        await reader.NextResultAsync(ct);
        tables._topics = (await reader.ReadAllAsync(row => (Key: row.GetInt32(0), Row: new TopicRow { Rating = row.RatingAt(1) }), ct)).ToDictionary(row => row.Key, row => row.Row);
        await reader.NextResultAsync(ct);
        tables._days = (await reader.ReadAllAsync(ReadDay, ct)).ToDictionary(row => row.Key, row => row.Row);
        return tables;
    }

    // Rows are written in the order of their keys, so that two writers could not wait for each other in a circle.
    public async Task StoreAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        var skills = _skills.OrderBy(row => row.Key).ToList();
        var items = _items.OrderBy(row => row.Key).ToList();
        var topics = _topics.OrderBy(row => row.Key).ToList();
        var days = _days.OrderBy(row => row.Key).ToList();
        await using var batch = new NpgsqlBatch(connection);
        batch.With("""
                INSERT INTO learner_skills (learner_id, topic_id, points, deviation, answers, updated_at_days, attempts, correct, score_sum, recent, elapsed_ms_sum, elapsed_count, last_at)
                SELECT * FROM unnest($1::uuid[], $2::integer[], $3::float8[], $4::float8[], $5::integer[], $6::float8[], $7::integer[], $8::integer[], $9::float8[], $10::float8[], $11::bigint[], $12::integer[], $13::timestamptz[])
                ON CONFLICT (learner_id, topic_id) DO UPDATE SET points = EXCLUDED.points, deviation = EXCLUDED.deviation, answers = EXCLUDED.answers, updated_at_days = EXCLUDED.updated_at_days,
                    attempts = EXCLUDED.attempts, correct = EXCLUDED.correct, score_sum = EXCLUDED.score_sum, recent = EXCLUDED.recent,
                    elapsed_ms_sum = EXCLUDED.elapsed_ms_sum, elapsed_count = EXCLUDED.elapsed_count, last_at = EXCLUDED.last_at
                """,
                Of(skills, r => r.Key.Learner), Of(skills, r => r.Key.Topic), Of(skills, r => r.Value.Rating.Points), Of(skills, r => r.Value.Rating.Deviation), Of(skills, r => r.Value.Rating.Answers),
                Of(skills, r => r.Value.Rating.UpdatedAtDays), Of(skills, r => r.Value.Attempts), Of(skills, r => r.Value.Correct), Of(skills, r => r.Value.ScoreSum), Of(skills, r => r.Value.Recent),
                Of(skills, r => r.Value.ElapsedMsSum), Of(skills, r => r.Value.ElapsedCount), Of(skills, r => r.Value.LastAt))
            .With("""
                INSERT INTO item_ratings (question_id, points, deviation, answers, updated_at_days, version_id)
                SELECT * FROM unnest($1::integer[], $2::float8[], $3::float8[], $4::integer[], $5::float8[], $6::integer[])
                ON CONFLICT (question_id) DO UPDATE SET points = EXCLUDED.points, deviation = EXCLUDED.deviation, answers = EXCLUDED.answers, updated_at_days = EXCLUDED.updated_at_days, version_id = EXCLUDED.version_id
                """,
                Of(items, r => r.Key), Of(items, r => r.Value.Rating.Points), Of(items, r => r.Value.Rating.Deviation), Of(items, r => r.Value.Rating.Answers), Of(items, r => r.Value.Rating.UpdatedAtDays), Of(items, r => r.Value.VersionId))
            .With("""
                INSERT INTO topic_ratings (topic_id, points, deviation, answers, updated_at_days)
                SELECT * FROM unnest($1::integer[], $2::float8[], $3::float8[], $4::integer[], $5::float8[])
                ON CONFLICT (topic_id) DO UPDATE SET points = EXCLUDED.points, deviation = EXCLUDED.deviation, answers = EXCLUDED.answers, updated_at_days = EXCLUDED.updated_at_days
                """,
                Of(topics, r => r.Key), Of(topics, r => r.Value.Rating.Points), Of(topics, r => r.Value.Rating.Deviation), Of(topics, r => r.Value.Rating.Answers), Of(topics, r => r.Value.Rating.UpdatedAtDays))
            .With("""
                INSERT INTO daily_progress (learner_id, day, topic_id, answers, correct, score_sum, study_ms, ability, deviation)
                SELECT * FROM unnest($1::uuid[], $2::date[], $3::integer[], $4::integer[], $5::integer[], $6::float8[], $7::bigint[], $8::float8[], $9::float8[])
                ON CONFLICT (learner_id, day, topic_id) DO UPDATE SET answers = EXCLUDED.answers, correct = EXCLUDED.correct, score_sum = EXCLUDED.score_sum, study_ms = EXCLUDED.study_ms,
                    ability = EXCLUDED.ability, deviation = EXCLUDED.deviation
                """,
                Of(days, r => r.Key.Learner), Of(days, r => r.Key.Day), Of(days, r => r.Key.Topic), Of(days, r => r.Value.Answers), Of(days, r => r.Value.Correct), Of(days, r => r.Value.ScoreSum),
                Of(days, r => r.Value.StudyMs), Of(days, r => r.Value.Ability), Of(days, r => r.Value.Deviation))
            .With("""
                INSERT INTO rating_changes (sequence, attempt_id, position, success, ability_before, ability_after, deviation_before, deviation_after, difficulty_before, difficulty_after)
                SELECT * FROM unnest($1::bigint[], $2::uuid[], $3::smallint[], $4::float8[], $5::float8[], $6::float8[], $7::float8[], $8::float8[], $9::float8[], $10::float8[])
                """,
                Of(Changes, r => r.Sequence), Of(Changes, r => r.AttemptId), Of(Changes, r => r.Position), Of(Changes, r => r.Success), Of(Changes, r => r.AbilityBefore), Of(Changes, r => r.AbilityAfter),
                Of(Changes, r => r.DeviationBefore), Of(Changes, r => r.DeviationAfter), Of(Changes, r => r.DifficultyBefore), Of(Changes, r => r.DifficultyAfter));
        await batch.ExecuteNonQueryAsync(ct);
    }

    private static ((Guid, int) Key, SkillRow Row) ReadSkill(NpgsqlDataReader row) => ((row.GetGuid(0), row.GetInt32(1)), new SkillRow
    {
        Rating = row.RatingAt(2),
        Attempts = row.GetInt32(6),
        Correct = row.GetInt32(7),
        ScoreSum = row.GetDouble(8),
        Recent = row.GetDouble(9),
        ElapsedMsSum = row.GetInt64(10),
        ElapsedCount = row.GetInt32(11),
        LastAt = row.MaybeTime(12),
    });

    private static ((Guid, DateOnly, int) Key, DayRow Row) ReadDay(NpgsqlDataReader row) => ((row.GetGuid(0), row.GetFieldValue<DateOnly>(1), row.GetInt32(2)), new DayRow
    {
        Answers = row.GetInt32(3),
        Correct = row.GetInt32(4),
        ScoreSum = row.GetDouble(5),
        StudyMs = row.GetInt64(6),
        Ability = row.GetDouble(7),
        Deviation = row.GetDouble(8),
    });

    private static TColumn[] Of<TRow, TColumn>(List<TRow> rows, Func<TRow, TColumn> value) => [.. rows.Select(value)];
}
