namespace Tripos.Spacing;

/// <summary>What FSRS believes about one memory.</summary>
/// <param name="StabilityDays">Days after which the chance of recall has fallen to 90 %; in [0.001, 36,500].</param>
/// <param name="Difficulty">How slowly stability grows; in [1, 10], unitless, 10 is hardest.</param>
public readonly record struct MemoryState(double StabilityDays, double Difficulty);
