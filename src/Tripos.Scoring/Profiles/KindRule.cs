namespace Tripos.Scoring;

/// <summary>How a profile scores one kind, and what its points feed.</summary>
public sealed record KindRule
{
    /// <summary>Name of the rule, such as <c>points</c>; <c>unscored</c> earns nothing. docs/scoring.md lists them.</summary>
    public required string Rule { get; init; }

    /// <summary>What one raw point of this kind counts in reported scores, more than 0.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>The traits a free answer is judged by; empty for the question's own rubric, and for kinds that are right or wrong.</summary>
    public IReadOnlyList<ProfileTrait> Traits { get; init; } = [];

    /// <summary>Communicative skill → share of the points that feed it, in (0, 1]. All feed the overall score.</summary>
    public IReadOnlyDictionary<string, double> Skills { get; init; } = new Dictionary<string, double>();

    /// <summary>When words taken from the question are pointed out; null for the usual limits.</summary>
    public CopyingRule? Copying { get; init; }

    /// <summary>Limits of length as reported, for people.</summary>
    public string? Limits { get; init; }

    /// <summary>Times as reported, for people; the clocks themselves belong to the kind.</summary>
    public string? Timing { get; init; }

    /// <summary>Where the numbers come from.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>Where sources disagree, or are silent.</summary>
    public IReadOnlyList<ProfileFlag> Flags { get; init; } = [];
}

/// <summary>One trait of a kind.</summary>
/// <param name="Name">Permanent name; the reported score of the same name is fed by it.</param>
/// <param name="Title">Shown to people.</param>
/// <param name="Max">The most points, more than 0.</param>
public sealed record ProfileTrait(string Name, string Title, double Max)
{
    /// <summary>What earns the points, for evaluators; null when nobody says.</summary>
    public string? Guide { get; init; }

    /// <summary>When this trait earns 0, the whole item does.</summary>
    public bool Zeroes { get; init; }

    /// <summary>What one point counts in the item, more than 0.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>Decided by counting words and looking at the form; null when it is not.</summary>
    public FormRule? Form { get; init; }

    /// <summary>Decided by dictionaries: points for 0, 1, 2 … misspelled words, more of them earn 0; null when it is not.</summary>
    public IReadOnlyList<double>? Spelling { get; init; }
}

/// <summary>What form earns.</summary>
/// <param name="Bands">The first band that holds the number of words counts; outside all of them nothing is earned.</param>
public sealed record FormRule(IReadOnlyList<FormBand> Bands)
{
    /// <summary>Exactly one sentence is asked for.</summary>
    public bool OneSentence { get; init; }

    /// <summary>What earns nothing whatever the length: <c>all-capitals</c>, <c>no-punctuation</c>, <c>bullet-points</c>.</summary>
    public IReadOnlyList<string> Refuses { get; init; } = [];
}

/// <summary>Points for a length.</summary>
/// <param name="Points">What it earns.</param>
/// <param name="MinWords">The fewest words.</param>
/// <param name="MaxWords">The most words; null for no limit.</param>
public sealed record FormBand(double Points, int MinWords, int? MaxWords = null);

/// <summary>How much of an answer may be taken from its question. The limits are the project's own.</summary>
/// <param name="FlagAt">Share of the answer's runs of five words, in [0, 1], from which it is pointed out to people.</param>
/// <param name="ZeroAt">Share from which the content is decided to be 0, because nothing of it is the learner's own; null for never.</param>
public sealed record CopyingRule(double FlagAt, double? ZeroAt = null);

/// <summary>A choice made where sources disagree, or are silent.</summary>
/// <param name="About">What it is about, in a few words.</param>
/// <param name="Chosen">What this profile does.</param>
/// <param name="Otherwise">What others say.</param>
/// <param name="Why">Why it was chosen.</param>
public sealed record ProfileFlag(string About, string Chosen, string Otherwise, string Why);
