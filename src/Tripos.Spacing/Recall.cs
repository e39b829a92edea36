namespace Tripos.Spacing;

/// <summary>How well something was remembered; the numbers 1 to 4 are those of every FSRS file and API.</summary>
public enum Recall
{
    /// <summary>Forgotten, or answered wrongly.</summary>
    Again = 1,

    /// <summary>Remembered with serious effort.</summary>
    Hard = 2,

    /// <summary>Remembered after some thought.</summary>
    Good = 3,

    /// <summary>Remembered at once.</summary>
    Easy = 4,
}
