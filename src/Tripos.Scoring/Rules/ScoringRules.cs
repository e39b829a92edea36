using System.Collections.Frozen;
using Tripos.Questions;

namespace Tripos.Scoring;

/// <summary>Every rule there is, by the interaction it scores and the name profiles call it by: a new rule is one line here.</summary>
internal static class ScoringRules
{
    /// <summary>Where no profile names a rule: what the question itself says, or the only rule there is.</summary>
    public const string Plain = "plain";

    /// <summary>Nothing to earn, whatever the interaction.</summary>
    public const string Unscored = "unscored";

    private static readonly FrozenDictionary<(string Interaction, string Rule), ScoringRule> All = new Dictionary<(string, string), ScoringRule>
    {
        [("choice", Plain)] = ScoringRule.Of<ChoiceBody>(_ => 1, ChoiceScoring.AsTheQuestionSays),
        [("choice", "all-or-nothing")] = ScoringRule.Of<ChoiceBody>(_ => 1, ChoiceScoring.AllOrNothing),
        [("choice", "right-minus-wrong")] = ScoringRule.Of<ChoiceBody>(_ => 1, ChoiceScoring.RightMinusWrong),
        [("choice", "points")] = ScoringRule.Of<ChoiceBody>(body => body.Key.Count, ChoiceScoring.Points),
        [("matching", Plain)] = ScoringRule.Of<Matching>(body => body.Key.Count, MatchingScoring.Pairs),
        [("ordering", Plain)] = ScoringRule.Of<Ordering>(OrderingScoring.MaxAsTheQuestionSays, OrderingScoring.AsTheQuestionSays),
        [("ordering", "adjacent-pairs")] = ScoringRule.Of<Ordering>(OrderingScoring.Pairs, OrderingScoring.AdjacentPairs),
        [("ordering", "exact")] = ScoringRule.Of<Ordering>(_ => 1, OrderingScoring.Exact),
        [("typed-gaps", Plain)] = ScoringRule.Of<TypedGaps>(body => body.Gaps.Count, GapScoring.Typed),
        [("chosen-gaps", Plain)] = ScoringRule.Of<ChosenGaps>(body => body.Gaps.Count, GapScoring.Chosen),
        [("word-bank", Plain)] = ScoringRule.Of<WordBank>(body => body.Key.Count, GapScoring.FromBank),
        [("short-text", Plain)] = ScoringRule.Of<ShortText>(_ => 1, ShortTextScoring.Accepted),
        [("numeric", Plain)] = ScoringRule.Of<Numeric>(_ => 1, NumericScoring.WithinTolerance),
        [("hot-text", Plain)] = ScoringRule.Of<HotText>(body => body.Key.Count, HotTextScoring.Points),
        [("hot-spot", Plain)] = ScoringRule.Of<HotSpot>(body => body.Areas.Count, HotSpotScoring.Points),
        [("dictation", Plain)] = ScoringRule.Of<Dictation>(DictationScoring.Words, DictationScoring.SpelledWords),
        [("written", Plain)] = new(FreeAnswerTraits.Max, WrittenScoring.Traits) { Unanswered = FreeAnswerTraits.Nothing },
        [("spoken", Plain)] = new(FreeAnswerTraits.Max, SpokenScoring.Traits) { Unanswered = SpokenScoring.NoRecording },
        [("code", Plain)] = new(FreeAnswerTraits.Max, CodeScoring.Traits) { Unanswered = FreeAnswerTraits.Nothing },
        [("description", Plain)] = DescriptionScoring.Unscored,
    }.ToFrozenDictionary();

    /// <summary>The rule a profile uses for a kind.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static ScoringRule Of(QuestionKind kind, KindRule? settings) =>
        Find(kind.Interaction, settings?.Rule ?? Plain) ?? throw new ArgumentException($"No rule \"{settings?.Rule ?? Plain}\" scores {kind.Interaction}.", nameof(kind));

    public static ScoringRule? Find(string interaction, string rule) =>
        rule == Unscored ? DescriptionScoring.Unscored : All.GetValueOrDefault((interaction, rule));

    /// <summary>Names of the rules for an interaction, for messages.</summary>
    public static IEnumerable<string> For(string interaction) => All.Keys.Where(rule => rule.Interaction == interaction).Select(rule => rule.Rule).Append(Unscored).Order(StringComparer.Ordinal);
}
