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

    /// <summary>Deviation of a new learner; together with <see cref="LearnerSkillDeviation"/> about 200, the spread of learners.</summary>
    public double LearnerDeviation { get; init; } = 175;

    /// <summary>Deviation of a learner's strength on one skill from their overall strength.</summary>
    public double LearnerSkillDeviation { get; init; } = 97;

    /// <summary>Deviation of a new item.</summary>
    public double ItemDeviation { get; init; } = 350;

    /// <summary>Deviation of a new skill's mean difficulty.</summary>
    public double SkillDeviation { get; init; } = 175;

    /// <summary>Variance a learner gains per answer.</summary>
    public double LearnerDrift { get; init; } = 60;

    /// <summary>Variance a learner's skill gains per answer.</summary>
    public double LearnerSkillDrift { get; init; } = 60;

    /// <summary>Variance an item gains per answer; 0 for items that never change.</summary>
    public double ItemDrift { get; init; }

    /// <summary>Variance a skill's difficulty gains per answer.</summary>
    public double SkillDrift { get; init; }

    /// <summary>Variance a learner gains per idle day: with 40, a deviation of 50 becomes 99 in half a year.</summary>
    public double LearnerDriftPerDay { get; init; } = 40;

    /// <summary>Variance a learner's skill gains per idle day.</summary>
    public double LearnerSkillDriftPerDay { get; init; } = 40;
}
