namespace Tripos.Measurement.Ratings;

/// <summary>
/// The start and the drift of each kind of term. Deviations are in points; drifts are in points squared of variance, added for each answer ("per answer": people learn while
/// they practise) or for each idle day. One setting serves every exam; the defaults were chosen on four public collections of responses together.
/// </summary>
public sealed record RatingSettings
{
    /// <summary>The setting everybody should use.</summary>
    public static RatingSettings Default { get; } = new();

    /// <summary>The rating shown for an average learner and an average item, in points.</summary>
    public double Centre { get; init; } = RatingScale.Centre;

    /// <summary>No deviation shown is larger, and no idle time makes one larger, in points.</summary>
    public double MaxDeviation { get; init; } = RatingScale.MaxDeviation;

    /// <summary>Deviation of a new learner; together with <see cref="LearnerSkillDeviation"/> 180, the spread of learners (1 logit).</summary>
    public double LearnerDeviation { get; init; } = 156;

    /// <summary>Deviation of a learner's strength on one skill from their overall strength.</summary>
    public double LearnerSkillDeviation { get; init; } = 90;

    /// <summary>Deviation of a new item from the mean of its skill; together with <see cref="SkillDeviation"/> 273.</summary>
    public double ItemDeviation { get; init; } = 210;

    /// <summary>Deviation of a new skill's mean difficulty.</summary>
    public double SkillDeviation { get; init; } = 174;

    /// <summary>Variance a learner gains per answer.</summary>
    public double LearnerDrift { get; init; } = 30;

    /// <summary>Variance a learner's skill gains per answer.</summary>
    public double LearnerSkillDrift { get; init; } = 80;

    /// <summary>Variance an item gains per answer; it keeps an old item from becoming so certain that it could no longer follow.</summary>
    public double ItemDrift { get; init; } = 0.4;

    /// <summary>Variance a skill's difficulty gains per answer.</summary>
    public double SkillDrift { get; init; } = 0.1;

    /// <summary>How many times its own share a learner's skill term learns from an answer. The terms are filtered as if they were independent, but one answer makes them
    /// trade off, so that their sum is surer than both alone; this gives the sum an honest deviation.</summary>
    public double LearnerSkillInformation { get; init; } = 6;

    /// <summary>Points a learner's skill gains from the first practice of it, whatever the outcome; 0 to model learners who do not learn. A wrong answer still lowers the rating.</summary>
    public double PracticeGain { get; init; } = 47;

    /// <summary>The n-th further practice gains <c>PracticeGain / (1 + PracticeSlowing n)</c>: the law of diminishing returns.</summary>
    public double PracticeSlowing { get; init; } = 2;

    /// <summary>Variance a learner gains per idle day: with 40, a deviation of 50 becomes 99 in half a year.</summary>
    public double LearnerDriftPerDay { get; init; } = 40;

    /// <summary>Variance a learner's skill gains per idle day.</summary>
    public double LearnerSkillDriftPerDay { get; init; } = 40;
}
