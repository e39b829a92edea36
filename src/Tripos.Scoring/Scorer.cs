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
    /// <param name="kind">The kind of the question.</param>
    /// <param name="body">The version whose key counts. Must not need a key.</param>
    /// <param name="response">A response without fault (see <see cref="QuestionKind.FaultOf"/>), or null when there is none.</param>
    /// <param name="profile">Whose rules count; kinds it does not mention are scored by their plain rule.</param>
    /// <returns>The share of the mark; unanswered items earn nothing.</returns>
    /// <exception cref="ArgumentException">The body has no key, or no rule scores its kind.</exception>
    public static ItemScore Score(QuestionKind kind, QuestionBody body, JsonElement? response, ScoringProfile profile)
    {
        if (body.NeedsKey)
        {
            throw new ArgumentException("A question without a key cannot be scored.", nameof(body));
        }

        if (!Rules.TryGetValue(body.GetType(), out var rule))
        {
            throw new ArgumentException($"No rule scores a {body.GetType().Name} under {profile.Name}.", nameof(body));
        }

        return response is { } given && !kind.IsEmpty(given) ? rule(body, given) : ItemScore.None;
    }

    /// <summary>The raw points of an item under a profile: blanks, pairs or the sum of its traits.</summary>
    /// <param name="kind">The kind of the question.</param>
    /// <param name="body">The version.</param>
    /// <param name="profile">The profile.</param>
    /// <returns>0 for items that are not scored, otherwise more than 0.</returns>
    public static double MaxOf(QuestionKind kind, QuestionBody body, ScoringProfile profile) =>
        kind.Interaction == "description" || profile.Kinds.GetValueOrDefault(kind.Name)?.Rule == "unscored" ? 0 : 1;
}
