using Tripos.Measurement.Ratings;

namespace Tripos.Server.Features.Folds;

/// <summary>How a learner stands in one topic, and what the next question of it is expected to earn.</summary>
/// <param name="Weight">The topic's share of the questions, 0-1 over all topics looked at.</param>
/// <param name="Expected">Expected score on a question of the topic, 0-1.</param>
/// <param name="Low">Lower end of the 80 % interval of that.</param>
/// <param name="High">Upper end.</param>
/// <param name="Recent">Running mean of the scores; null before the first answer.</param>
/// <param name="Target">What the learner wants to reach, 0-1.</param>
public sealed record TopicStanding(
    int TopicId, string Topic, int ModuleId, string Module, double Weight, int Attempts, int Correct, double? Recent, long? AverageMs, DateTimeOffset? LastAt,
    double Ability, double Deviation, double Expected, double Low, double High, double Target)
{
    private const int EnoughAnswers = 5;
    private const double LowRecent = 0.6;

    /// <summary>Very likely below the target, or going badly lately.</summary>
    public bool IsWeak => Attempts > 0 && (High < Target || (Attempts >= EnoughAnswers && Recent < LowRecent));

    /// <summary>Expected loss against the target, in shares of the whole exam.</summary>
    public double Severity => Math.Max(0, Weight * (Target - Expected));

    /// <summary>Mastered as far as can be told: very likely above the target.</summary>
    public bool IsStrong => Attempts >= EnoughAnswers && Low >= Target;
}

/// <summary>Turns ratings into expected scores. Pure.</summary>
public static class Standings
{
    /// <summary>How much questions of one topic differ in difficulty, as a standard deviation in rating points.</summary>
    private const double ItemSpread = 200;

    private const double IntervalDeviations = 1.2816; // 80 %

    /// <param name="ability">1500 is the middle.</param>
    /// <param name="deviation">Of the ability, in points.</param>
    /// <param name="topic">The rating of the topic.</param>
    /// <param name="guess">Mean chance of guessing a question of the topic.</param>
    public static (double Expected, double Low, double High) Expect(double ability, double deviation, in Rating topic, double guess) => (
        Chance(ability, deviation, topic, guess),
        Chance(ability - IntervalDeviations * deviation, 0, topic, guess),
        Chance(ability + IntervalDeviations * deviation, 0, topic, guess));

    private static double Chance(double ability, double deviation, in Rating topic, double guess)
    {
        double variance = deviation * deviation + ItemSpread * ItemSpread + topic.Deviation * topic.Deviation;
        return guess + (1 - guess) * RatingScale.Sigmoid(RatingScale.Trust(variance) * RatingScale.LogitsPerPoint * (ability - RatingScale.Centre - topic.Points));
    }
}
