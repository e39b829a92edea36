using System.Collections.Frozen;
using Tripos.Questions;

namespace Tripos.Scoring;

/// <summary>Every rule there is, by the interaction it scores and the name profiles call it by: a new rule is one line here.</summary>
internal static class ScoringRules
{
    /// <summary>Nothing to earn, whatever the interaction.</summary>
    public const string Unscored = "unscored";

    private static readonly (string Interaction, string Name, ScoringRule Rule)[] Table =
    [
        ("choice", "by-question", ScoringRule.Of<ChoiceBody>(_ => 1, ChoiceScoring.AsTheQuestionSays)),
        ("choice", "all-or-nothing", ScoringRule.Of<ChoiceBody>(_ => 1, ChoiceScoring.AllOrNothing)),
        ("choice", "right-minus-wrong", ScoringRule.Of<ChoiceBody>(_ => 1, ChoiceScoring.RightMinusWrong)),
        ("choice", "points", ScoringRule.Of<ChoiceBody>(body => body.Key.Count, ChoiceScoring.Points)),
        ("matching", "pairs", ScoringRule.Of<Matching>(body => body.Key.Count, MatchingScoring.Pairs)),
        ("ordering", "by-question", ScoringRule.Of<Ordering>(OrderingScoring.MaxAsTheQuestionSays, OrderingScoring.AsTheQuestionSays)),
        ("ordering", "adjacent-pairs", ScoringRule.Of<Ordering>(OrderingScoring.Pairs, OrderingScoring.AdjacentPairs)),
        ("ordering", "exact", ScoringRule.Of<Ordering>(_ => 1, OrderingScoring.Exact)),
        ("typed-gaps", "gaps", ScoringRule.Of<TypedGaps>(body => body.Gaps.Count, GapScoring.Typed)),
        ("chosen-gaps", "gaps", ScoringRule.Of<ChosenGaps>(body => body.Gaps.Count, GapScoring.Chosen)),
        ("word-bank", "gaps", ScoringRule.Of<WordBank>(body => body.Key.Count, GapScoring.FromBank)),
        ("short-text", "accepted", ScoringRule.Of<ShortText>(_ => 1, ShortTextScoring.Accepted)),
        ("numeric", "tolerance", ScoringRule.Of<Numeric>(_ => 1, NumericScoring.WithinTolerance)),
        ("hot-text", "points", ScoringRule.Of<HotText>(body => body.Key.Count, HotTextScoring.Points)),
        ("hot-spot", "points", ScoringRule.Of<HotSpot>(body => body.Areas.Count, HotSpotScoring.Points)),
        ("dictation", "words", ScoringRule.Of<Dictation>(DictationScoring.Words, DictationScoring.SpelledWords)),
        ("written", "traits", new ScoringRule(FreeAnswerTraits.Max, WrittenScoring.Traits) { Unanswered = FreeAnswerTraits.Nothing }),
        ("spoken", "traits", new ScoringRule(FreeAnswerTraits.Max, SpokenScoring.Traits) { Unanswered = SpokenScoring.NoRecording }),
        ("code", "traits", new ScoringRule(FreeAnswerTraits.Max, CodeScoring.Traits) { Unanswered = FreeAnswerTraits.Nothing }),
        ("description", Unscored, DescriptionScoring.Unscored),
    ];

    private static readonly FrozenDictionary<(string Interaction, string Rule), ScoringRule> All = Table.ToFrozenDictionary(line => (line.Interaction, line.Name), line => line.Rule);

    // Where no profile names a rule, the first one above counts: what the question itself says, or the only rule there is.
    private static readonly FrozenDictionary<string, ScoringRule> Plain = Table.DistinctBy(line => line.Interaction).ToFrozenDictionary(line => line.Interaction, line => line.Rule);

    /// <summary>The rule a profile uses for a kind.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static ScoringRule Of(QuestionKind kind, KindRule? settings) =>
        (settings is null ? Plain.GetValueOrDefault(kind.Interaction) : Find(kind.Interaction, settings.Rule))
        ?? throw new ArgumentException($"No rule \"{settings?.Rule}\" scores {kind.Interaction}.", nameof(kind));

    public static ScoringRule? Find(string interaction, string rule) =>
        rule == Unscored ? DescriptionScoring.Unscored : All.GetValueOrDefault((interaction, rule));

    /// <summary>Names of the rules for an interaction, for messages.</summary>
    public static IEnumerable<string> For(string interaction) => Table.Where(line => line.Interaction == interaction).Select(line => line.Name).Append(Unscored).Distinct().Order(StringComparer.Ordinal);
}
