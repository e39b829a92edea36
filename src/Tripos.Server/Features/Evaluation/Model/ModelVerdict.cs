using System.Text.Json;
using Tripos.Evaluation;
using Tripos.Scoring;

namespace Tripos.Server.Features.Evaluation.Model;

/// <summary>Reads what a model answered, and believes only what can be checked: every trait once, points within the rubric, quotes that the answer has.</summary>
internal static class ModelVerdict
{
    private const int LongestWhy = 600;
    private const int LongestSummary = 1500;
    private const int MostSuggestions = 5;
    private const int MostQuotes = 4;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true };

    private sealed record Said(IReadOnlyList<SaidTrait> Traits, string Summary, IReadOnlyList<SaidSuggestion> Suggestions);

    private sealed record SaidTrait(string Name, double Score, string Why, IReadOnlyList<string> Quotes);

    private sealed record SaidSuggestion(string Trait, string Text, string Quote);

    /// <param name="asked">Every trait of the answer; those the task leaves out are not evaluated.</param>
    /// <exception cref="EvaluationException">It is not a verdict on this answer; asked again the model may do better.</exception>
    public static Verdict Read(string text, ModelTask task, IReadOnlyList<ProfileTrait> asked)
    {
        var said = Parse(text);
        QuoteFinder quotes = new(task);
        var judged = task.Traits.ToDictionary(trait => trait.Name, trait => Judged(trait, said.Traits.Where(given => given.Name == trait.Name).ToList(), quotes));
        if (task.Withheld.Count > 0)
        {
            var first = task.Traits[0];
            judged[first.Name] = WithWarning(judged[first.Name], task);
        }

        return new Verdict(
            [.. asked.Select(trait => judged.GetValueOrDefault(trait.Name) ?? TraitVerdict.NotEvaluated(trait, "a model that reads cannot hear it."))],
            Short(said.Summary, LongestSummary),
            [.. said.Suggestions.Where(hint => !string.IsNullOrWhiteSpace(hint.Text)).Take(MostSuggestions)
                .Select(hint => new Suggestion(Short(hint.Text, LongestWhy), judged.ContainsKey(hint.Trait) ? hint.Trait : null, quotes.Find(hint.Quote)))])
        {
            Heard = task.Heard,
        };
    }

    private static Said Parse(string text)
    {
        try
        {
            int start = text.IndexOf('{', StringComparison.Ordinal), end = text.LastIndexOf('}'); // some put it into a code fence
            return start >= 0 && end > start && JsonSerializer.Deserialize<Said>(text[start..(end + 1)], Options) is { } said
                ? said
                : throw new EvaluationException("The model did not answer with a verdict.");
        }
        catch (JsonException broken)
        {
            throw new EvaluationException("The model's verdict does not have the form that was asked for.", inner: broken);
        }
    }

    private static TraitVerdict Judged(ProfileTrait trait, IReadOnlyList<SaidTrait> given, QuoteFinder quotes)
    {
        if (given is not [var said])
        {
            throw new EvaluationException($"The model judged the trait {trait.Name} {given.Count} times instead of once.");
        }

        if (!(said.Score >= 0 && said.Score <= trait.Max))
        {
            throw new EvaluationException($"The model gave points for {trait.Name} that are not from 0 to its maximum.");
        }

        List<Evidence> evidence = [.. said.Quotes.Take(MostQuotes).Select(quotes.Find).OfType<Place>().Select(place => new Evidence("The points rest on this", place))];
        return said.Score > 0 && evidence.Count == 0
            ? throw new EvaluationException($"The model gave points for {trait.Name} without quoting the answer.")
            : new TraitVerdict(trait.Name, Math.Round(said.Score * 2, MidpointRounding.AwayFromZero) / 2, trait.Max, Short(said.Why, LongestWhy), evidence);
    }

    private static TraitVerdict WithWarning(TraitVerdict trait, ModelTask task) => trait with
    {
        Flag = "addressed-to-grader",
        Why = $"{trait.Why} Part of the answer speaks to whoever marks it, not to the question; it was left out.",
        Evidence = [.. trait.Evidence, .. task.Heard is null ? task.Withheld.Select(stretch => new Evidence("Speaks to the marker, not counted", Place.InText(task.Answer, stretch.Start, stretch.Length))) : []],
    };

    private static string Short(string text, int longest) => text.Trim() is var whole && whole.Length <= longest ? whole : $"{whole[..longest].TrimEnd()}…";
}
