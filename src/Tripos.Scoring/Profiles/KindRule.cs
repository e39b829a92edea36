namespace Tripos.Scoring;

/// <summary>How a profile scores one kind.</summary>
public sealed record KindRule
{
    /// <summary>Name of the rule in <see cref="Scorer"/>.</summary>
    public required string Rule { get; init; }
}
