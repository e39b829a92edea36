namespace Tripos.Scoring;

/// <summary>The profiles Tripos ships.</summary>
public static class ScoringProfiles
{
    /// <summary>Points and percent.</summary>
    public static ScoringProfile Percentage { get; } = new() { Name = "percentage", Title = "Percentage" };

    /// <summary>Every profile, newest first within its family.</summary>
    public static IReadOnlyList<ScoringProfile> All { get; } = [Percentage];

    /// <summary>A profile by its name; <see cref="Percentage"/> for null.</summary>
    /// <param name="name">Permanent name.</param>
    /// <exception cref="KeyNotFoundException">There is no such profile.</exception>
    public static ScoringProfile Find(string? name) =>
        name is null ? Percentage : All.FirstOrDefault(profile => profile.Name == name) ?? throw new KeyNotFoundException($"There is no scoring profile \"{name}\".");
}
