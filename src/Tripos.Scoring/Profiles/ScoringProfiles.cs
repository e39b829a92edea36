namespace Tripos.Scoring;

/// <summary>The profiles Tripos ships, read from the JSON files in <c>Profiles/Data</c>.</summary>
public static class ScoringProfiles
{
    /// <summary>Points and percent.</summary>
    public static ScoringProfile Percentage { get; } = Shipped("percentage");

    /// <summary>Every profile, newest first within its family.</summary>
    public static IReadOnlyList<ScoringProfile> All { get; } = [Percentage, Shipped("pass-mark"), Shipped("pte-2025-08"), Shipped("pte-2023")];

    /// <summary>A profile by its name; <see cref="Percentage"/> for null.</summary>
    /// <param name="name">Permanent name.</param>
    /// <exception cref="KeyNotFoundException">There is no such profile.</exception>
    public static ScoringProfile Find(string? name) =>
        name is null ? Percentage : All.FirstOrDefault(profile => profile.Name == name) ?? throw new KeyNotFoundException($"There is no scoring profile \"{name}\".");

    /// <summary>The file of a shipped profile, as it was published.</summary>
    /// <param name="name">Permanent name.</param>
    /// <exception cref="KeyNotFoundException">There is no such profile.</exception>
    public static string JsonOf(string name)
    {
        using var stream = typeof(ScoringProfiles).Assembly.GetManifestResourceStream($"{name}.json") ?? throw new KeyNotFoundException($"There is no scoring profile \"{name}\".");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static ScoringProfile Shipped(string name)
    {
        var (profile, faults) = ProfileReader.Read(JsonOf(name));
        return profile ?? throw new InvalidOperationException($"{name}.json: {string.Join(" ", faults)}");
    }
}
