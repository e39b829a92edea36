namespace Tripos.Measurement.Selection;

/// <summary>What to choose: how many, for which mode, within which limits, after what was served in this session.</summary>
public sealed record SelectionRequest
{
    private const double DefaultTarget = 0.75;

    /// <summary>What the learner practises for.</summary>
    public PracticeMode Mode { get; init; }

    /// <summary>How many items at most; fewer when limits leave fewer.</summary>
    public int Count { get; init; } = 1;

    /// <summary>Decides every draw. The same candidates, request and seed give the same picks.</summary>
    public ulong Seed { get; init; }

    /// <summary>The chance of success to aim at, in (0, 1).</summary>
    public double TargetSuccess { get; init; } = DefaultTarget;

    /// <summary>Most items of one topic in these picks.</summary>
    public int MostPerTopic { get; init; } = int.MaxValue;

    /// <summary>Most milliseconds the picks may be expected to take together.</summary>
    public long MostMs { get; init; } = long.MaxValue;

    /// <summary>
    /// Share of places for items whose difficulty is not settled, drawn evenly among them, in [0, 0.4]; among all items when every one is settled.
    /// Ratings of items stay honest only when chance chooses some of those who answer.
    /// </summary>
    public double ProbeShare { get; init; } = 0.10;

    /// <summary>Days until the exam; positive infinity when there is none. With an exam, reviews that gain most for that day come first, and those that gain less than the other items do on average lose their places.</summary>
    public double DaysToExam { get; init; } = double.PositiveInfinity;

    /// <summary>Items served earlier in this session; the shares of reviews and probes hold over the whole session.</summary>
    public int Served { get; init; }

    /// <summary>How many of <see cref="Served"/> were picked as <see cref="PickKind.Due"/>.</summary>
    public int DueServed { get; init; }

    /// <summary>How many of <see cref="Served"/> were picked as <see cref="PickKind.Probe"/>.</summary>
    public int ProbesServed { get; init; }

    /// <summary>The weights; those of the mode when null.</summary>
    public SelectionWeights? Weights { get; init; }

    /// <summary>Temperature of the draw among the other items, in utility: small is greedy, large is even. &gt; 0.</summary>
    public double Temperature { get; init; } = 0.05;

    /// <summary>The success to aim at: 0.85 after three wrong answers in a row, 0.60 for a learner who asks for a challenge, else 0.75.</summary>
    public static double TargetFor(int wrongInARow, bool challenge) => wrongInARow >= 3 ? 0.85 : challenge ? 0.60 : DefaultTarget;

    /// <summary>Cram from seven days before the exam, practice before that and after it.</summary>
    public static PracticeMode ModeFor(double daysToExam) => daysToExam is >= 0 and <= 7 ? PracticeMode.Cram : PracticeMode.Practice;
}
