namespace Tripos.Measurement.Selection;

/// <summary>Which quota a pick was made from.</summary>
public enum PickKind
{
    /// <summary>A review that is due.</summary>
    Due,

    /// <summary>A random item, one whose difficulty is not settled if there is any.</summary>
    Probe,

    /// <summary>Chosen by its utility.</summary>
    Adaptive,
}

/// <summary>The main reason of a pick, to tell the learner in words.</summary>
public enum PickReason
{
    /// <summary>A review is due, or nearly.</summary>
    ReviewDue,

    /// <summary>The topic is weak.</summary>
    WeakTopic,

    /// <summary>The difficulty is right: within reach, not easy.</summary>
    Stretch,

    /// <summary>The exam asks this topic more than practice did.</summary>
    Blueprint,

    /// <summary>The answer tells most about the ability.</summary>
    Informative,

    /// <summary>The learner likes this kind.</summary>
    Preference,

    /// <summary>To learn how hard the item is.</summary>
    Calibration,

    /// <summary>Never seen before.</summary>
    Fresh,
}

/// <summary>The parts of an item's utility when it was picked, each in [0, 1] before its weight.</summary>
/// <param name="Target">Nearness of the predicted success to the target.</param>
/// <param name="Information">Expected fall of the ability's deviation, the best candidate's being 1.</param>
/// <param name="Weak">Weakness of the topic, less after earlier picks from it.</param>
/// <param name="Due">1 - retrievability, or the gain for the exam day.</param>
/// <param name="Blueprint">Deficit of the topic against the exam.</param>
/// <param name="Preference">1 when it matches the learner's preferences.</param>
/// <param name="Novelty">1 when never seen.</param>
/// <param name="Exposure">Share of the allowed exposure used.</param>
/// <param name="Repeat">e^(-hours since seen / 24).</param>
/// <param name="Utility">The weighted sum.</param>
public readonly record struct SelectionTerms(
    double Target, double Information, double Weak, double Due, double Blueprint, double Preference, double Novelty, double Exposure, double Repeat, double Utility);

/// <summary>One chosen item.</summary>
/// <param name="Index">Its index in the candidates.</param>
/// <param name="Kind">The quota it was picked from.</param>
/// <param name="Reason">What speaks for it most, compared with the other candidates.</param>
/// <param name="Terms">All that spoke for and against it.</param>
/// <param name="Probability">Chance, given the picks before it, that this place went to this kind and to this item, in (0, 1]: for weighing answers in later analyses.</param>
public readonly record struct Pick(int Index, PickKind Kind, PickReason Reason, SelectionTerms Terms, double Probability);
