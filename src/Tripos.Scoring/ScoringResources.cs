namespace Tripos.Scoring;

/// <summary>What scoring needs beside question and response. The same resources give the same scores.</summary>
public sealed record ScoringResources
{
    /// <summary>No dictionaries: spelling waits for an evaluator.</summary>
    public static ScoringResources None { get; } = new();

    /// <summary>A word counts as spelled correctly when any of these knows it; empty leaves spelling open.</summary>
    public IReadOnlyList<SpellingDictionary> Dictionaries { get; init; } = [];
}
