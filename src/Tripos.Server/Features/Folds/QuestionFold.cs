using Npgsql;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Folds;

/// <summary>What is counted of every question, and how each learner did at it.</summary>
public static class QuestionFold
{
    /// <summary>A score above it passes.</summary>
    public const double PassScore = 0.65;

    public static readonly Fold Fold = new("questions", ["question_stats", "learner_items"], ApplyAsync);

    private static async Task ApplyAsync(NpgsqlConnection connection, IReadOnlyList<LoggedResponse> responses, CancellationToken ct)
    {
        var stats = await LoadStatsAsync(connection, [.. responses.Select(r => r.QuestionId).Distinct()], ct);
        var items = await LoadItemsAsync(connection, [.. responses.Select(r => (r.LearnerId, r.QuestionId)).Distinct()], ct);
        foreach (var response in responses)
        {
            var question = stats.TryGetValue(response.QuestionId, out var known) ? known : stats[response.QuestionId] = new Stats();
            bool met = items.TryGetValue((response.LearnerId, response.QuestionId), out var item);
            if (response.Answered && !met)
            {
                items[(response.LearnerId, response.QuestionId)] = item = new Item();
                question.Learners++;
            }

            question.Count(response);
            item?.Count(response);
        }

        await StoreStatsAsync(connection, [.. stats.OrderBy(row => row.Key)], ct);
        await StoreItemsAsync(connection, [.. items.OrderBy(row => row.Key)], ct);
    }

    private static async Task<Dictionary<int, Stats>> LoadStatsAsync(NpgsqlConnection connection, int[] questions, CancellationToken ct) =>
        (await connection.QueryAsync("SELECT question_id, attempts, answered, learners, score_sum, passes, correct, elapsed_ms_sum, elapsed_count, last_at FROM question_stats WHERE question_id = ANY ($1)",
            row => (Key: row.GetInt32(0), Row: new Stats
            {
                Attempts = row.GetInt32(1), Answered = row.GetInt32(2), Learners = row.GetInt32(3), ScoreSum = row.GetDouble(4), Passes = row.GetInt32(5), Correct = row.GetInt32(6),
                ElapsedMsSum = row.GetInt64(7), ElapsedCount = row.GetInt32(8), LastAt = row.Time(9),
            }), ct, questions)).ToDictionary(row => row.Key, row => row.Row);

    private static async Task<Dictionary<(Guid Learner, int Question), Item>> LoadItemsAsync(NpgsqlConnection connection, (Guid Learner, int Question)[] keys, CancellationToken ct) =>
        (await connection.QueryAsync("""
            SELECT learner_id, question_id, answers, correct, last_correct, last_score, last_at, last_elapsed_ms
            FROM learner_items JOIN unnest($1::uuid[], $2::integer[]) AS k(learner_id, question_id) USING (learner_id, question_id)
            """,
            row => (Key: (row.GetGuid(0), row.GetInt32(1)), Row: new Item
            {
                Answers = row.GetInt32(2), Correct = row.GetInt32(3), LastCorrect = row.GetBoolean(4), LastScore = row.GetDouble(5), LastAt = row.Time(6), LastElapsedMs = row.Maybe<long?>(7),
            }), ct, keys.Select(key => key.Learner).ToArray(), keys.Select(key => key.Question).ToArray())).ToDictionary(row => row.Key, row => row.Row);

    private static Task<int> StoreStatsAsync(NpgsqlConnection connection, List<KeyValuePair<int, Stats>> rows, CancellationToken ct) => connection.ExecuteAsync("""
        INSERT INTO question_stats (question_id, attempts, answered, learners, score_sum, passes, correct, elapsed_ms_sum, elapsed_count, last_at)
        SELECT * FROM unnest($1::integer[], $2::integer[], $3::integer[], $4::integer[], $5::float8[], $6::integer[], $7::integer[], $8::bigint[], $9::integer[], $10::timestamptz[])
        ON CONFLICT (question_id) DO UPDATE SET attempts = EXCLUDED.attempts, answered = EXCLUDED.answered, learners = EXCLUDED.learners, score_sum = EXCLUDED.score_sum,
            passes = EXCLUDED.passes, correct = EXCLUDED.correct, elapsed_ms_sum = EXCLUDED.elapsed_ms_sum, elapsed_count = EXCLUDED.elapsed_count, last_at = EXCLUDED.last_at
        """, ct,
        Of(rows, r => r.Key), Of(rows, r => r.Value.Attempts), Of(rows, r => r.Value.Answered), Of(rows, r => r.Value.Learners), Of(rows, r => r.Value.ScoreSum), Of(rows, r => r.Value.Passes),
        Of(rows, r => r.Value.Correct), Of(rows, r => r.Value.ElapsedMsSum), Of(rows, r => r.Value.ElapsedCount), Of(rows, r => r.Value.LastAt));

    private static Task<int> StoreItemsAsync(NpgsqlConnection connection, List<KeyValuePair<(Guid Learner, int Question), Item>> rows, CancellationToken ct) => connection.ExecuteAsync("""
        INSERT INTO learner_items (learner_id, question_id, answers, correct, last_correct, last_score, last_at, last_elapsed_ms)
        SELECT * FROM unnest($1::uuid[], $2::integer[], $3::integer[], $4::integer[], $5::boolean[], $6::float8[], $7::timestamptz[], $8::bigint[])
        ON CONFLICT (learner_id, question_id) DO UPDATE SET answers = EXCLUDED.answers, correct = EXCLUDED.correct, last_correct = EXCLUDED.last_correct, last_score = EXCLUDED.last_score,
            last_at = EXCLUDED.last_at, last_elapsed_ms = EXCLUDED.last_elapsed_ms
        """, ct,
        Of(rows, r => r.Key.Learner), Of(rows, r => r.Key.Question), Of(rows, r => r.Value.Answers), Of(rows, r => r.Value.Correct), Of(rows, r => r.Value.LastCorrect), Of(rows, r => r.Value.LastScore),
        Of(rows, r => r.Value.LastAt), Of(rows, r => r.Value.LastElapsedMs));

    private static TColumn[] Of<TRow, TColumn>(List<TRow> rows, Func<TRow, TColumn> value) => [.. rows.Select(value)];

    private sealed class Stats
    {
        public int Attempts, Answered, Learners, Passes, Correct, ElapsedCount;
        public double ScoreSum;
        public long ElapsedMsSum;
        public DateTimeOffset LastAt;

        /// <summary>A correction takes back what it replaces.</summary>
        public void Count(LoggedResponse response)
        {
            bool first = !response.IsCorrection;
            Attempts += first ? 1 : 0;
            Answered += first && response.Answered ? 1 : 0;
            ScoreSum += response.Score - (response.PreviousScore ?? 0);
            Passes += (response.Score > PassScore ? 1 : 0) - (response.PreviousScore > PassScore ? 1 : 0);
            Correct += (response.Correct ? 1 : 0) - (response.PreviousCorrect == true ? 1 : 0);
            ElapsedMsSum += first ? Math.Min(response.ElapsedMs ?? 0, RatingFold.LongestStudyMs) : 0;
            ElapsedCount += first && response.ElapsedMs is not null ? 1 : 0;
            LastAt = LastAt > response.AnsweredAt ? LastAt : response.AnsweredAt;
        }
    }

    private sealed class Item
    {
        public int Answers, Correct;
        public bool LastCorrect;
        public double LastScore;
        public DateTimeOffset LastAt = DateTimeOffset.MinValue;
        public long? LastElapsedMs;

        public void Count(LoggedResponse response)
        {
            if (!response.Answered)
            {
                return;
            }

            Answers += response.IsCorrection ? 0 : 1;
            Correct += (response.Correct ? 1 : 0) - (response.PreviousCorrect == true ? 1 : 0);
            if (response.AnsweredAt >= LastAt)
            {
                (LastCorrect, LastScore, LastAt, LastElapsedMs) = (response.Correct, response.Score, response.AnsweredAt, response.ElapsedMs);
            }
        }
    }
}
