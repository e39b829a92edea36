using System.Text.RegularExpressions;
using Tripos.Questions;

namespace Tripos.Scoring;

/// <summary>Written answers: form, spelling and copying are decided here; the rest waits for an evaluator.</summary>
internal static partial class WrittenScoring
{
    private static readonly CopyingRule UsualLimits = new(FlagAt: 0.3, ZeroAt: null);

    public static ItemScore Traits(ScoringInput input)
    {
        var body = (Written)input.Body;
        string text = input.Response!.Value.GetProperty("text").GetString()!;
        var plan = FreeAnswerTraits.Of(input);
        string question = Shown(body);
        var copied = Copying.Between(text, question);
        var limits = input.Settings?.Copying ?? UsualLimits;
        string judged = plan.FirstOrDefault(trait => trait.Name == "content")?.Name ?? plan[0].Name;
        var traits = new TraitScore[plan.Count];
        for (int i = 0; i < traits.Length; i++)
        {
            traits[i] = Decide(plan[i], text, body, question, input.Resources) with { Weight = FreeAnswerTraits.WeightOf(plan[i]) };
            traits[i] = plan[i].Name == judged ? WithCopying(traits[i], copied, limits) : traits[i];
        }

        return FreeAnswerTraits.Total(plan, traits);
    }

    private static TraitScore Decide(ProfileTrait trait, string text, Written body, string question, ScoringResources resources) =>
        trait.Form is { } form ? FormScoring.Decide(trait, form, text)
        : trait.Spelling is { } points ? SpellingScoring.Decide(trait, points, text, question, resources)
        : FreeAnswerTraits.Open(trait, trait.Name == "answer" ? Length(text, body) : null);

    private static string Shown(Written body) =>
        $"{body.Prompt}\n{body.Passage}" is var text && body.Format == ContentFormat.Html ? System.Net.WebUtility.HtmlDecode(Tag().Replace(text, " ")) : text;

    private static string Length(string text, Written body)
    {
        string words = FormScoring.Words(TextFacts.WordCount(text));
        return (body.MinWords, body.MaxWords) switch
        {
            (null, null) => words,
            ({ } min, null) => $"{words}; at least {min} were asked for",
            (null, { } max) => $"{words}; at most {max} were asked for",
            ({ } min, { } max) => $"{words}; {min} to {max} were asked for",
        };
    }

    private static TraitScore WithCopying(TraitScore trait, Copying copied, CopyingRule limits)
    {
        if (copied.Share < limits.FlagAt || copied.LongestRun.Length == 0)
        {
            return trait;
        }

        bool nothingOwn = trait.Score is null && limits.ZeroAt is { } zero && copied.Share >= zero;
        string evidence = nothingOwn ? $"Nothing of it is the learner's own. {copied.Evidence}" : $"{trait.Why}. {copied.Evidence}";
        return trait with { Score = nothingOwn ? 0 : trait.Score, Why = evidence, Flag = Copying.Flag };
    }

    [GeneratedRegex("<[^>]*>", RegexOptions.CultureInvariant)]
    private static partial Regex Tag();
}
