namespace Tripos.Measurement.Selection;

/// <summary>What a learner is practising for; it decides which weights choose the items.</summary>
public enum PracticeMode
{
    /// <summary>Learning over weeks: items of the right difficulty, weak topics, what is about to be forgotten.</summary>
    Practice,

    /// <summary>The last days before an exam: weak topics, recall on the day, and the blueprint.</summary>
    Cram,

    /// <summary>Measuring: information and the blueprint only, and nothing seen lately.</summary>
    Mock,
}
