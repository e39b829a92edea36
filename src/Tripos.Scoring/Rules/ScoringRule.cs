using System.Text.Json;
using Tripos.Questions;

namespace Tripos.Scoring;

/// <summary>What a rule looks at.</summary>
internal readonly record struct ScoringInput(QuestionKind Kind, QuestionBody Body, JsonElement? Response, ScoringProfile Profile, KindRule? Settings, ScoringResources Resources);

/// <summary>One way to score one interaction.</summary>
/// <param name="Max">Raw points of the item; more than 0 unless it is not scored.</param>
/// <param name="Score">What a response that says something earned.</param>
internal sealed record ScoringRule(Func<ScoringInput, double> Max, Func<ScoringInput, ItemScore> Score)
{
    /// <summary>What no answer earns.</summary>
    public Func<ScoringInput, ItemScore> Unanswered { get; init; } = _ => ItemScore.None;

    public static ScoringRule Of<TBody>(Func<TBody, double> max, Func<TBody, JsonElement, ItemScore> score)
        where TBody : QuestionBody =>
        new(input => max((TBody)input.Body), input => score((TBody)input.Body, input.Response!.Value));
}
