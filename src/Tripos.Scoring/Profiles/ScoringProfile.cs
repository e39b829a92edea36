namespace Tripos.Scoring;

/// <summary>How tests of one family are scored: versioned data. A published profile never changes; a correction is a new one.</summary>
public sealed record ScoringProfile
{
    /// <summary>Permanent name with its version, such as <c>pte-2025-08</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Shown to people.</summary>
    public required string Title { get; init; }

    /// <summary>What a reader must know of these scores, such as that they are estimates; null when there is nothing to say.</summary>
    public string? Notice { get; init; }

    /// <summary>The scale of reported scores; null where results are points and percent only.</summary>
    public ScoreScale? Scale { get; init; }

    /// <summary>The scores a report shows, in order; empty without a scale.</summary>
    public IReadOnlyList<ReportedScore> Scores { get; init; } = [];

    /// <summary>Percent that passes where a test names no pass mark of its own; null where nothing is passed or failed.</summary>
    public double? PassPercent { get; init; }

    /// <summary>Kind name → its rule; kinds that are not here are scored by their own plain rule and feed no reported score.</summary>
    public IReadOnlyDictionary<string, KindRule> Kinds { get; init; } = new Dictionary<string, KindRule>();

    /// <summary>The parts of a whole test in order; empty where the profile does not prescribe one.</summary>
    public IReadOnlyList<ProfilePart> Parts { get; init; } = [];

    /// <summary>Where what is said of the whole test comes from.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>Where sources disagree about the whole test.</summary>
    public IReadOnlyList<ProfileFlag> Flags { get; init; } = [];
}

/// <summary>A scale of whole numbers.</summary>
/// <param name="Min">The lowest score.</param>
/// <param name="Max">The highest score.</param>
public sealed record ScoreScale(int Min, int Max);

/// <summary>What feeds a reported score.</summary>
public enum ScoreSource
{
    /// <summary>Every scored item.</summary>
    All,

    /// <summary>The items whose kind feeds the skill of this name.</summary>
    Skill,

    /// <summary>The traits of this name.</summary>
    Trait,
}

/// <summary>A score a report shows.</summary>
/// <param name="Name">Permanent name, such as <c>speaking</c>.</param>
/// <param name="Title">Shown to people.</param>
/// <param name="From">What feeds it.</param>
public sealed record ReportedScore(string Name, string Title, ScoreSource From);

/// <summary>One part of a whole test.</summary>
/// <param name="Name">Permanent name, such as <c>speaking-writing</c>.</param>
/// <param name="Title">Shown to people.</param>
/// <param name="TimeLimitMs">The part's clock; null when only its items have clocks.</param>
/// <param name="Items">Kinds in the order of the part.</param>
public sealed record ProfilePart(string Name, string Title, long? TimeLimitMs, IReadOnlyList<ProfileItems> Items)
{
    /// <summary>How long it takes as reported, for people.</summary>
    public string? Timing { get; init; }
}

/// <summary>How many items of one kind a whole test has.</summary>
/// <param name="Kind">Name of the kind.</param>
/// <param name="Min">The fewest reported.</param>
/// <param name="Max">The most reported.</param>
/// <param name="Mock">How many a mock test draws, from Min to Max.</param>
public sealed record ProfileItems(string Kind, int Min, int Max, int Mock);
