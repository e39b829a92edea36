using Tripos.Scoring;

namespace Tripos.Evaluation.Writing;

/// <summary>Words no dictionary knows, each with its first place.</summary>
internal static class Misspellings
{
    /// <returns>Null without dictionaries.</returns>
    public static IReadOnlyList<Finding>? Of(WrittenText text, string question, ScoringResources resources)
    {
        if (resources.Dictionaries.Count == 0)
        {
            return null;
        }

        List<Finding> found = [];
        var places = text.Words.GroupBy(word => word.Lower).ToDictionary(group => group.Key, group => group.First());
        foreach (string word in SpellingCheck.Of(text.Text, question, resources.Dictionaries).Misspelled)
        {
            var place = places.GetValueOrDefault(word.ToLowerInvariant()) is { } known ? Place.InText(text.Text, known.Start, known.End - known.Start)
                : text.Text.IndexOf(word, StringComparison.OrdinalIgnoreCase) is >= 0 and var at ? Place.InText(text.Text, at, word.Length) : null;
            if (place is not null)
            {
                found.Add(new("spelling", $"“{place.Quote}” is in no dictionary", $"Check the spelling of “{place.Quote}”.", place));
            }
        }

        return [.. found.OrderBy(finding => finding.Place.Start)];
    }
}
