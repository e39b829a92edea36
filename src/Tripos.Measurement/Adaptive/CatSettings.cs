namespace Tripos.Measurement.Adaptive;

/// <summary>How the next item of an adaptive test is chosen.</summary>
public enum CatRule
{
    /// <summary>The item with most information at the estimate: shortest tests, worn-out items.</summary>
    MaximumInformation,

    /// <summary>At random among the most informative (Kingsbury and Zara 1989).</summary>
    Randomesque,

    /// <summary>
    /// Information with a share of chance that falls as the test proceeds; an item counts for less the nearer it is to the exposure limit and is barred at it
    /// while others are left; items never seen open tests (after Revuelta and Ponsoda 1998).
    /// </summary>
    ProgressiveRestricted,

    /// <summary>By information; a chosen item is asked with its administration chance only (Sympson and Hetter 1985).</summary>
    SympsonHetter,
}

/// <summary>When an adaptive test stops and how it chooses.</summary>
public sealed record CatSettings
{
    /// <summary>Fewest items.</summary>
    public int MinItems { get; init; } = 10;

    /// <summary>Most items.</summary>
    public int MaxItems { get; init; } = 40;

    /// <summary>Stop once the standard error is not above this, in logits; 0.3 is 52 rating points.</summary>
    public double StopStandardError { get; init; } = 0.3;

    /// <summary>Stop when no item left has at least this information at the estimate, per squared logit; 0 is no such rule.</summary>
    public double LeastInformation { get; init; }

    /// <summary>How items are chosen.</summary>
    public CatRule Rule { get; init; } = CatRule.ProgressiveRestricted;

    /// <summary>Items seen in this share of sessions are barred, in (0, 1]; only <see cref="CatRule.ProgressiveRestricted"/> looks at it.</summary>
    public double MaxExposure { get; init; } = 0.25;

    /// <summary>Among how many of the most informative items <see cref="CatRule.Randomesque"/> draws.</summary>
    public int RandomesqueCount { get; init; } = 5;

    /// <summary>Share of the test per content area, summing to 1; the area with the largest deficit comes next. Null leaves content free.</summary>
    public IReadOnlyDictionary<int, double>? Blueprint { get; init; }

    /// <summary>Mean of the ability before the test, in logits.</summary>
    public double PriorMean { get; init; }

    /// <summary>Standard deviation of the ability before the test, in logits, &gt; 0.</summary>
    public double PriorDeviation { get; init; } = 1;
}
