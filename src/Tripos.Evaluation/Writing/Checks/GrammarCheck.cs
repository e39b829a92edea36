using System.Text.RegularExpressions;

namespace Tripos.Evaluation.Writing;

/// <summary>Runs all rules of grammar and punctuation over a text, in the order of the text.</summary>
internal static partial class GrammarCheck
{
    // The first rule that speaks of a word is believed: two names for one mistake would count it twice.
    private static readonly Func<Around, Finding?>[] Rules =
    [
        ConfusionRules.Phrase, ConfusionRules.Repeated, ConfusionRules.Homophones, ConfusionRules.Apostrophe, ConfusionRules.SmallI,
        AgreementRules.AfterPronoun, AgreementRules.AfterWho, AgreementRules.PluralAndSingular, AgreementRules.PluralAndThirdPerson, AgreementRules.SingularAndBase, AgreementRules.SingularAndAre, AgreementRules.ThereIs,
        VerbFormRules.AfterModal, VerbFormRules.AfterDo, VerbFormRules.AfterTo, VerbFormRules.NegativeWithoutDo, VerbFormRules.PronounAndIng, VerbFormRules.BeAndBase, VerbFormRules.DoubleComparison,
        NounRules.Article, NounRules.SingularAfterMany, NounRules.PluralAfterSingular, NounRules.MuchAndLess, NounRules.OneOf, NounRules.NeverPlural, NounRules.NoArticle, NounRules.NoArticleAtStart,
    ];

    /// <param name="text">The text.</param>
    /// <param name="oneSentence">A single, long sentence is asked for.</param>
    public static IReadOnlyList<Finding> Of(WrittenText text, bool oneSentence)
    {
        List<Finding> found = [.. SentenceRules.All(text, oneSentence), .. Spacing(text.Text)];
        foreach (var sentence in text.Sentences)
        {
            for (int i = sentence.First; i < sentence.End; i++)
            {
                var at = new Around(text, sentence, i);
                if (Rules.Select(rule => rule(at)).FirstOrDefault(finding => finding is not null) is { } finding)
                {
                    found.Add(finding);
                }
            }
        }

        return [.. found.OrderBy(finding => finding.Place.Start).ThenBy(finding => finding.Place.End)];
    }

    private static IEnumerable<Finding> Spacing(string text) =>
    [
        .. SpaceBefore().Matches(text).Select(match => new Finding("spacing", "a space before a punctuation mark", "Leave out the space before the mark.", PlaceOf(text, match), 0.25)),
        .. NoSpaceAfter().Matches(text).Select(match => new Finding("spacing", "no space after a punctuation mark", "Put a space after the mark.", PlaceOf(text, match), 0.25)),
        .. DoubleSpace().Matches(text).Select(match => new Finding("spacing", "two spaces", "Write one space between words.", PlaceOf(text, match), 0.1)),
    ];

    private static Place PlaceOf(string text, Match match) => Place.InText(text, match.Index, match.Length);

    [GeneratedRegex(@"(?<=\p{L}) +[,.;](?=\s|$)", RegexOptions.CultureInvariant)]
    private static partial Regex SpaceBefore();

    [GeneratedRegex(@"(?<=\p{Ll}{2})[,;](?=\p{L})|(?<=\p{Ll}{2})\.(?=\p{Lu}\p{Ll})", RegexOptions.CultureInvariant)]
    private static partial Regex NoSpaceAfter();

    [GeneratedRegex(@"(?<=[\p{L},;])  +(?=\p{L})", RegexOptions.CultureInvariant)]
    private static partial Regex DoubleSpace();
}
