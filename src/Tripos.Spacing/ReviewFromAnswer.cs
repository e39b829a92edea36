namespace Tripos.Spacing;

/// <summary>Why an answer to an exam question counts as a certain recall.</summary>
public enum AnswerReason
{
    /// <summary>Wrong, or nearly.</summary>
    Wrong,

    /// <summary>Some of it right.</summary>
    PartlyRight,

    /// <summary>Right, but slowly.</summary>
    Slow,

    /// <summary>Right, but the learner was not sure.</summary>
    Unsure,

    /// <summary>Right.</summary>
    Right,

    /// <summary>Right, fast, and the learner was sure.</summary>
    FastAndSure,
}

/// <summary>Where the lines between the four recalls are drawn.</summary>
public sealed record AnswerRules
{
    /// <summary>The usual lines.</summary>
    public static AnswerRules Default { get; } = new();

    /// <summary>Least share of the points that counts as right; in (0, 1].</summary>
    public double RightFrom { get; init; } = 1;

    /// <summary>Least share of the points that counts as partly right; in (0, <see cref="RightFrom"/>].</summary>
    public double PartlyRightFrom { get; init; } = 0.5;

    /// <summary>Times the learner's median above which an answer is slow; &gt; 0.</summary>
    public double SlowAbove { get; init; } = 1.5;

    /// <summary>Times the learner's median below which an answer is fast; &gt; 0.</summary>
    public double FastBelow { get; init; } = 0.75;

    /// <summary>Confidence, of 1 to 5, up to which a learner is not sure.</summary>
    public int UnsureUpTo { get; init; } = 2;

    /// <summary>Confidence, of 1 to 5, from which a learner is sure.</summary>
    public int SureFrom { get; init; } = 4;
}

/// <summary>A recall and why.</summary>
/// <param name="Recall">What to give the scheduler.</param>
/// <param name="Reason">Why, to be logged and shown.</param>
public readonly record struct AnswerRecall(Recall Recall, AnswerReason Reason);

/// <summary>Turns the answer to an exam question into a review of its card.</summary>
/// <remarks>
/// Wrong is Again; right but slow or unsure is Hard; right is Good; right, fast and sure is Easy. What is not known - no median yet, no confidence
/// given - never moves an answer away from Good: graded right or wrong only, FSRS still predicts far better than SM-2.
/// </remarks>
public static class ReviewFromAnswer
{
    /// <summary>The recall an answer shows.</summary>
    /// <param name="fraction">Share of the points earned, in [0, 1].</param>
    /// <param name="elapsedMs">Time taken, in milliseconds; &gt;= 0.</param>
    /// <param name="medianMs">The learner's median time for such questions, in milliseconds; null or 0 when not known.</param>
    /// <param name="confidence">How sure the learner said they were, 1 to 5; null when not asked.</param>
    /// <param name="rules">Where the lines are; the usual ones when left out.</param>
    /// <returns>The recall and the reason.</returns>
    public static AnswerRecall Rate(double fraction, long elapsedMs, long? medianMs = null, int? confidence = null, AnswerRules? rules = null)
    {
        rules ??= AnswerRules.Default;
        double? pace = medianMs > 0 && elapsedMs > 0 ? (double)elapsedMs / medianMs : null;
        return fraction switch
        {
            _ when !(fraction >= rules.PartlyRightFrom) => new(Recall.Again, AnswerReason.Wrong),
            _ when fraction < rules.RightFrom => new(Recall.Hard, AnswerReason.PartlyRight),
            _ when pace > rules.SlowAbove => new(Recall.Hard, AnswerReason.Slow),
            _ when confidence <= rules.UnsureUpTo => new(Recall.Hard, AnswerReason.Unsure),
            _ when pace < rules.FastBelow && confidence >= rules.SureFrom => new(Recall.Easy, AnswerReason.FastAndSure),
            _ => new(Recall.Good, AnswerReason.Right),
        };
    }
}
