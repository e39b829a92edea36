using System.Text.Json;
using Npgsql;
using Tripos.Measurement.Selection;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Practice;

/// <summary>What spoke for a question besides the terms, to tell the learner in words.</summary>
/// <param name="TopicPercent">How well the learner did in the topic of late.</param>
/// <param name="DueAt">When its review was due.</param>
public sealed record ChosenFacts(double? TopicPercent, DateTimeOffset? DueAt, SelectionTerms Terms);

/// <summary>The question a session goes on with, why, and what was believed at that moment.</summary>
/// <param name="Probability">The chance that this place went to it.</param>
/// <param name="Success">The predicted chance of a right answer.</param>
public sealed record Chosen(
    PracticeItem Item, PickKind Quota, PickReason Reason, double Probability, double Success, double Ability, double AbilityDeviation, double Difficulty, double DifficultyDeviation, ChosenFacts Facts)
{
    private const string Sql = """
        INSERT INTO selections (attempt_id, position, learner_id, question_id, quota, reason, probability, success, ability, ability_deviation, difficulty, difficulty_deviation, guess, terms, created_at)
        SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14::jsonb, $15 WHERE EXISTS (SELECT FROM answers WHERE attempt_id = $1 AND position = $2)
        ON CONFLICT (attempt_id, position) DO NOTHING
        """;

    /// <summary>Says why, once the question has its place: whoever asked first in that place said it already.</summary>
    public NpgsqlBatch Store(NpgsqlBatch batch, Guid attemptId, short position, Guid learnerId, DateTimeOffset now) => batch.With(Sql,
        attemptId, position, learnerId, Item.QuestionId, AppDb.SnakeCase(Quota.ToString()), AppDb.SnakeCase(Reason.ToString()), Math.Clamp(Probability, 1e-9, 1), Math.Clamp(Success, 0, 1),
        Ability, AbilityDeviation, Difficulty, DifficultyDeviation, Item.Guess, JsonSerializer.Serialize(Facts, Json.Options), now);
}
