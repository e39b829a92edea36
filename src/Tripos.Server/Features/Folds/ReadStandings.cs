using Npgsql;
using Tripos.Measurement.Ratings;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Folds;

/// <summary>How a learner stands in every topic that has live questions: what weak topics, readiness and the choice of practice follow from.</summary>
public static class ReadStandings
{
    /// <summary>Of learners who have not set a target.</summary>
    public const double UsualTarget = 0.65;

    private sealed record Skill(int TopicId, Rating Rating, int Attempts, int Correct, double Recent, long ElapsedMs, int ElapsedCount, DateTimeOffset? LastAt);

    /// <param name="target">0-1; null for the one in the learner's profile.</param>
    public static async Task<IReadOnlyList<TopicStanding>> RunAsync(Guid learnerId, double? target, TopicSizes sizes, NpgsqlDataSource source, TimeProvider clock, CancellationToken ct)
    {
        var topics = await sizes.ReadAsync(ct);
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection);
        batch.With("SELECT target_percent FROM profiles WHERE user_id = $1", learnerId)
            .With("SELECT topic_id, points, deviation, answers, updated_at_days, attempts, correct, recent, elapsed_ms_sum, elapsed_count, last_at FROM learner_skills WHERE learner_id = $1", learnerId)
            .With("SELECT topic_id, points, deviation, answers, updated_at_days FROM topic_ratings");
        await using var reader = await batch.ExecuteReaderAsync(ct);
        double aim = target ?? ((await reader.ReadAllAsync(row => row.Maybe<short?>(0), ct)) is [{ } percent] ? percent / 100.0 : UsualTarget);
        await reader.NextResultAsync(ct);
        var skills = (await reader.ReadAllAsync(ReadSkill, ct)).ToDictionary(skill => skill.TopicId);
        await reader.NextResultAsync(ct);
        var difficulties = (await reader.ReadAllAsync(row => (row.GetInt32(0), row.RatingAt(1)), ct)).ToDictionary(row => row.Item1, row => row.Item2);
        return Of(topics, skills, difficulties, aim, (clock.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalDays);
    }

    private static List<TopicStanding> Of(IReadOnlyList<TopicSizes.Size> topics, Dictionary<int, Skill> skills, Dictionary<int, Rating> difficulties, double target, double nowDays)
    {
        double questions = Math.Max(1, topics.Sum(topic => topic.Questions));
        var all = skills.TryGetValue(RatingFold.SkillRow.AllTopics, out var known) ? known.Rating : RatingFold.Model.NewLearner();
        return [.. topics.Select(topic =>
        {
            var skill = skills.GetValueOrDefault(topic.TopicId);
            var own = skill?.Rating ?? RatingFold.Model.NewLearnerSkill();
            double ability = RatingFold.Model.AbilityPoints(all, own), deviation = RatingFold.Model.AbilityDeviation(all, own, nowDays);
            var (expected, low, high) = Standings.Expect(ability, deviation, difficulties.GetValueOrDefault(topic.TopicId, RatingFold.Model.NewSkill()), topic.Guess);
            return new TopicStanding(
                topic.TopicId, topic.Topic, topic.ModuleId, topic.Module, topic.Questions / questions, skill?.Attempts ?? 0, skill?.Correct ?? 0, skill?.Recent,
                skill is { ElapsedCount: > 0 } ? skill.ElapsedMs / skill.ElapsedCount : null, skill?.LastAt, ability, deviation, expected, low, high, target);
        })];
    }

    private static Skill ReadSkill(NpgsqlDataReader row) => new(
        row.GetInt32(0), row.RatingAt(1), row.GetInt32(5), row.GetInt32(6), row.GetDouble(7), row.GetInt64(8), row.GetInt32(9), row.MaybeTime(10));
}
