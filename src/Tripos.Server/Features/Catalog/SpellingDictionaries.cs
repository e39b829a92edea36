using Tripos.Scoring;

namespace Tripos.Server.Features.Catalog;

/// <summary>The dictionaries that lie beside the program, read when the first answer needs them (about a tenth of a second).</summary>
public static class SpellingDictionaries
{
    private static readonly string[] Names = ["en", "en-gb"];

    public static ScoringResources Load()
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "Dictionaries");
        return new ScoringResources { Dictionaries = [.. Names.Where(name => File.Exists(Path.Combine(folder, $"{name}.dic"))).Select(name => Read(folder, name))] };
    }

    private static SpellingDictionary Read(string folder, string name)
    {
        using var affixes = File.OpenRead(Path.Combine(folder, $"{name}.aff"));
        using var words = File.OpenRead(Path.Combine(folder, $"{name}.dic"));
        return SpellingDictionary.Read(affixes, words);
    }
}
