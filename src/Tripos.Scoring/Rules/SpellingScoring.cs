namespace Tripos.Scoring;

/// <summary>Spelling: decided by dictionaries; without one it waits for an evaluator.</summary>
internal static class SpellingScoring
{
    private const int Named = 8;

    public static TraitScore Decide(ProfileTrait trait, IReadOnlyList<double> points, string text, string question, ScoringResources resources)
    {
        if (resources.Dictionaries.Count == 0)
        {
            return FreeAnswerTraits.Open(trait, "No spelling dictionary is installed");
        }

        var found = SpellingCheck.Of(text, question, resources.Dictionaries);
        int errors = found.Misspelled.Count;
        string why = errors == 0 ? "No misspelled words found" : $"{(errors == 1 ? "1 misspelled word" : $"{errors} misspelled words")}: {List(found.Misspelled)}";
        string names = found.Names.Count == 0 ? "" : $". Taken for names and not checked: {List(found.Names)}";
        return new(trait.Name, errors < points.Count ? points[errors] : 0, trait.Max, why + names);
    }

    private static string List(IReadOnlyList<string> words) => string.Join(", ", words.Take(Named)) + (words.Count > Named ? $" and {words.Count - Named} more" : "");
}
