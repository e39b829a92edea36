namespace Tripos.Scoring.Tests;

/// <summary>The dictionaries bin/setup fetches.</summary>
public static class EnglishDictionaries
{
    public static SpellingDictionary American { get; } = Read("en");

    public static SpellingDictionary British { get; } = Read("en-gb");

    public static ScoringResources Resources { get; } = new() { Dictionaries = [American, British] };

    private static SpellingDictionary Read(string name)
    {
        string path = Path.Combine(AppContext.BaseDirectory, "Dictionaries", name);
        using var aff = File.OpenRead($"{path}.aff");
        using var dic = File.OpenRead($"{path}.dic");
        return SpellingDictionary.Read(aff, dic);
    }
}
