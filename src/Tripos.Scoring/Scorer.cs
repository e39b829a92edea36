using System.Text.Json;
using Tripos.Questions;

namespace Tripos.Scoring;

/// <summary>Scores a response purely from the version of the question and what the learner answered.</summary>
public static class Scorer
{
    private static readonly Dictionary<Type, Func<QuestionBody, JsonElement, ItemScore>> Rules = new()
    {
        [typeof(SingleChoice)] = (body, response) => ChoiceScoring.AllOrNothing((SingleChoice)body, response),
        [typeof(MultipleChoice)] = (body, response) => ChoiceScoring.RightMinusWrong((MultipleChoice)body, response),
    };

    /// <summary>Scores one response.</summary>
    /// <param name="body">The version whose key counts. Must not need a key.</param>
    /// <param name="response">A response without fault (see <see cref="QuestionKind.FaultOf"/>), or null when there is none.</param>
    /// <returns>The share of the mark; unanswered items earn nothing.</returns>
    /// <exception cref="ArgumentException">The body has no key, or no rule scores its kind.</exception>
    public static ItemScore Score(QuestionBody body, JsonElement? response)
    {
        if (body.NeedsKey)
        {
            throw new ArgumentException("A question without a key cannot be scored.", nameof(body));
        }

        if (!Rules.TryGetValue(body.GetType(), out var rule))
        {
            throw new ArgumentException($"No rule scores a {body.GetType().Name}.", nameof(body));
        }

        return response is { } given && !QuestionKinds.Of(body).IsEmpty(given) ? rule(body, given) : ItemScore.None;
    }
}
