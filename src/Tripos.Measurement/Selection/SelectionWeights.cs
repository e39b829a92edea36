namespace Tripos.Measurement.Selection;

/// <summary>How much each reason counts; every term it multiplies lies in [0, 1].</summary>
/// <param name="Target">The predicted success is near the target.</param>
/// <param name="Information">The answer would make the ability surer.</param>
/// <param name="Weak">The topic is weak.</param>
/// <param name="Due">The item is being forgotten, or recall on the exam day gains.</param>
/// <param name="Blueprint">The topic was asked less than the exam asks it.</param>
/// <param name="Preference">The learner likes it.</param>
/// <param name="Novelty">The learner has never seen it.</param>
/// <param name="Exposure">Counts against: others have seen it often.</param>
/// <param name="Repeat">Counts against: the learner saw it lately.</param>
/// <param name="RepeatHours">Items seen less than this many hours ago are never picked, unless due for review; 0 is no such rule.</param>
public sealed record SelectionWeights(
    double Target, double Information, double Weak, double Due, double Blueprint, double Preference, double Novelty, double Exposure, double Repeat, double RepeatHours = 0)
{
    /// <summary>For <see cref="PracticeMode.Practice"/>.</summary>
    public static SelectionWeights Practice { get; } = new(0.30, 0.10, 0.20, 0.15, 0.10, 0.05, 0.10, 0.15, 0.20);

    /// <summary>For <see cref="PracticeMode.Cram"/>.</summary>
    public static SelectionWeights Cram { get; } = new(0.15, 0.05, 0.40, 0.20, 0.20, 0, 0, 0.10, 0.10);

    /// <summary>For <see cref="PracticeMode.Mock"/>.</summary>
    public static SelectionWeights Mock { get; } = new(0, 0.70, 0, 0, 0.30, 0, 0, 0.20, 0, RepeatHours: 24);

    /// <summary>The weights of a mode.</summary>
    public static SelectionWeights For(PracticeMode mode) => mode switch
    {
        PracticeMode.Cram => Cram,
        PracticeMode.Mock => Mock,
        _ => Practice,
    };
}
