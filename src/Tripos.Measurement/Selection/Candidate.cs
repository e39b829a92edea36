namespace Tripos.Measurement.Selection;

/// <summary>One item that may be asked next, with everything the choice depends on. Items that may not be asked at all are left out by the caller.</summary>
/// <remarks>Difficulties and abilities are rating points: 1500 + 173.7178 logits.</remarks>
public readonly record struct Candidate
{
    /// <summary>An item never seen, of average difficulty, for a learner of average ability.</summary>
    public Candidate()
    {
    }

    /// <summary>Which item; the same item is never picked twice.</summary>
    public required int Item { get; init; }

    /// <summary>The topic the item counts for.</summary>
    public int Topic { get; init; }

    /// <summary>The scenario or the set of items that give each other away; 0 is none. At most one item of a group is picked.</summary>
    public int Group { get; init; }

    /// <summary>Predicted chance of a right answer, in [0, 1].</summary>
    public double Success { get; init; } = 0.5;

    /// <summary>The item's difficulty, in rating points.</summary>
    public double DifficultyPoints { get; init; } = 1500;

    /// <summary>Standard deviation of the difficulty, in rating points, ≥ 0.</summary>
    public double DifficultyDeviation { get; init; }

    /// <summary>The learner's ability in the item's topic, in rating points.</summary>
    public double AbilityPoints { get; init; } = 1500;

    /// <summary>Standard deviation of the ability, in rating points, &gt; 0.</summary>
    public double AbilityDeviation { get; init; } = 200;

    /// <summary>Chance of a right answer by guessing, in [0, 1).</summary>
    public double Guess { get; init; }

    /// <summary>The learner has a review card for it that is due.</summary>
    public bool IsDue { get; init; }

    /// <summary>Chance that the learner would recall it now, in [0, 1]; 1 when there is no card.</summary>
    public double Retrievability { get; init; } = 1;

    /// <summary>
    /// How much asking it now adds to the chance of a right answer on the exam day, in [0, 1]. For an item never seen this is what one look leaves until then,
    /// times the chance of not knowing it anyway; 0 throughout is allowed and lets every due review pass.
    /// </summary>
    public double RecallGainAtExam { get; init; }

    /// <summary>How weak the learner is in the topic, in [0, 1].</summary>
    public double Weakness { get; init; }

    /// <summary>The topic's share of the exam, in [0, 1].</summary>
    public double TopicShare { get; init; }

    /// <summary>The topic's share of what this learner was asked so far, in [0, 1].</summary>
    public double ServedShare { get; init; }

    /// <summary>It matches what the learner said they like to practise.</summary>
    public bool MatchesPreference { get; init; }

    /// <summary>Exposure divided by the most that is allowed; from 1 on the item is never picked.</summary>
    public double ExposureShare { get; init; }

    /// <summary>Hours since the learner saw the item or its scenario; positive infinity when never.</summary>
    public double HoursSinceSeen { get; init; } = double.PositiveInfinity;

    /// <summary>How long the item is expected to take, in milliseconds.</summary>
    public int ExpectedMs { get; init; }

    /// <summary>Its difficulty is not settled: it may be asked to calibrate it.</summary>
    public bool IsProbe { get; init; }
}
