using Npgsql;
using Tripos.Measurement.Ratings;

namespace Tripos.Server.Features.Folds;

/// <summary>Ratings of learners, topics and questions, what every answer changed, and the progress of every day.</summary>
public static class RatingFold
{
    /// <summary>Longer looks at one question are taken for breaks.</summary>
    public const long LongestStudyMs = 30 * 60_000;

    /// <summary>A question that was edited, or whose key was wrong, is known at most this well.</summary>
    private const double DeviationAfterChange = 150;

    private const double NewestShare = 0.2; // of the running mean

    public static readonly RatingModel Model = new(RatingSettings.Default);

    public static readonly Fold Fold = new("ratings", ["learner_skills", "item_ratings", "topic_ratings", "rating_changes", "daily_progress"], ApplyAsync);

    private static async Task ApplyAsync(NpgsqlConnection connection, IReadOnlyList<LoggedResponse> responses, CancellationToken ct)
    {
        var tables = await RatingTables.LoadAsync(connection, responses, ct);
        foreach (var response in responses)
        {
            if (response.IsCorrection)
            {
                Correct(tables, response);
            }
            else if (response.IsEvidence)
            {
                Learn(tables, response);
            }
        }

        await tables.StoreAsync(connection, ct);
    }

    private static void Learn(RatingTables tables, LoggedResponse response)
    {
        var (all, skill) = (tables.Skill(response.LearnerId, SkillRow.AllTopics), tables.Skill(response.LearnerId, response.Topic));
        var (item, topic) = (tables.Item(response), tables.Topic(response.Topic));
        double atDays = response.AtDays;
        if (item.VersionId != response.VersionId)
        {
            item.VersionId = response.VersionId;
            item.Rating.Deviation = Math.Max(item.Rating.Deviation, DeviationAfterChange);
        }

        double ability = Model.AbilityPoints(all.Rating, skill.Rating), deviation = Model.AbilityDeviation(all.Rating, skill.Rating, atDays);
        double difficulty = Model.DifficultyPoints(item.Rating, topic.Rating);
        double success = Model.Update(ref all.Rating, ref skill.Rating, ref item.Rating, ref topic.Rating, response.Score, response.Guess, atDays);
        tables.Changes.Add(new RatingChange(
            response.Sequence, response.AttemptId, response.Position, success, ability, Model.AbilityPoints(all.Rating, skill.Rating),
            deviation, Model.AbilityDeviation(all.Rating, skill.Rating, atDays), difficulty, Model.DifficultyPoints(item.Rating, topic.Rating)));
        all.Count(response);
        skill.Count(response);
        Day(tables, response, SkillRow.AllTopics, all, all);
        Day(tables, response, response.Topic, all, skill);
    }

    private static void Day(RatingTables tables, LoggedResponse response, int topic, SkillRow all, SkillRow skill)
    {
        var day = tables.Day(response.LearnerId, response.LocalDay, topic);
        day.Answers++;
        day.Correct += response.Correct ? 1 : 0;
        day.ScoreSum += response.Score;
        day.StudyMs += Math.Min(response.ElapsedMs ?? 0, LongestStudyMs);
        var own = topic == SkillRow.AllTopics ? default : skill.Rating; // the rating over all topics has one term
        day.Ability = Model.AbilityPoints(all.Rating, own);
        day.Deviation = Model.AbilityDeviation(all.Rating, own, response.AtDays);
    }

    /// <summary>A regrade changes what is counted, and makes the question less known; what learners' ratings learnt from it fades as they go on.</summary>
    private static void Correct(RatingTables tables, LoggedResponse response)
    {
        var item = tables.Item(response);
        item.Rating.Deviation = Math.Max(item.Rating.Deviation, DeviationAfterChange);
        if (!response.Answered)
        {
            return;
        }

        foreach (int topic in (ReadOnlySpan<int>)[SkillRow.AllTopics, response.Topic])
        {
            tables.Skill(response.LearnerId, topic).Recount(response);
            var day = tables.Day(response.LearnerId, response.LocalDay, topic);
            day.Correct += (response.Correct ? 1 : 0) - (response.PreviousCorrect!.Value ? 1 : 0);
            day.ScoreSum += response.Score - response.PreviousScore!.Value;
        }
    }

    internal sealed class SkillRow
    {
        public const int AllTopics = 0;
        public Rating Rating;
        public int Attempts, Correct, ElapsedCount;
        public double ScoreSum, Recent;
        public long ElapsedMsSum;
        public DateTimeOffset? LastAt;

        public void Count(LoggedResponse response)
        {
            Recent = Attempts == 0 ? response.Score : (1 - NewestShare) * Recent + NewestShare * response.Score;
            Attempts++;
            Correct += response.Correct ? 1 : 0;
            ScoreSum += response.Score;
            ElapsedMsSum += Math.Min(response.ElapsedMs ?? 0, LongestStudyMs);
            ElapsedCount += response.ElapsedMs is null ? 0 : 1;
            LastAt = LastAt > response.AnsweredAt ? LastAt : response.AnsweredAt;
        }

        public void Recount(LoggedResponse response)
        {
            Correct += (response.Correct ? 1 : 0) - (response.PreviousCorrect!.Value ? 1 : 0);
            ScoreSum += response.Score - response.PreviousScore!.Value;
        }
    }

    internal sealed class ItemRow
    {
        public Rating Rating;
        public int VersionId;
    }

    internal sealed class TopicRow
    {
        public Rating Rating;
    }

    internal sealed class DayRow
    {
        public int Answers, Correct;
        public double ScoreSum, Ability, Deviation;
        public long StudyMs;
    }

    internal sealed record RatingChange(
        long Sequence, Guid AttemptId, short Position, double Success, double AbilityBefore, double AbilityAfter, double DeviationBefore, double DeviationAfter, double DifficultyBefore, double DifficultyAfter);
}
