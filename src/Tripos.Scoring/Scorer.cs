using System.Text.Json;
using Tripos.Questions;

namespace Tripos.Scoring;

/// <summary>Scores a response purely from the version of the question and what the learner answered.</summary>
public static class Scorer
{
    /// <summary>Scores one response without dictionaries: spelling stays open.</summary>
    /// <param name="kind">The kind of the question.</param>
    /// <param name="body">The version whose key counts. Must not need a key.</param>
    /// <param name="response">A response without fault (see <see cref="QuestionKind.FaultOf"/>), or null when there is none.</param>
    /// <param name="profile">Whose rules count; kinds it does not mention are scored by their plain rule.</param>
    /// <returns>The share of the mark; unanswered items earn nothing.</returns>
    /// <exception cref="ArgumentException">The body has no key, or no rule scores its kind.</exception>
    public static ItemScore Score(QuestionKind kind, QuestionBody body, JsonElement? response, ScoringProfile profile) =>
        Score(kind, body, response, profile, ScoringResources.None);

    /// <summary>Scores one response.</summary>
    /// <param name="kind">The kind of the question.</param>
    /// <param name="body">The version whose key counts. Must not need a key.</param>
    /// <param name="response">A response without fault (see <see cref="QuestionKind.FaultOf"/>), or null when there is none.</param>
    /// <param name="profile">Whose rules count; kinds it does not mention are scored by their plain rule.</param>
    /// <param name="resources">Dictionaries.</param>
    /// <returns>The share of the mark; unanswered items earn nothing. What no rule can decide is open, never guessed.</returns>
    /// <exception cref="ArgumentException">The body has no key, or no rule scores its kind.</exception>
    public static ItemScore Score(QuestionKind kind, QuestionBody body, JsonElement? response, ScoringProfile profile, ScoringResources resources)
    {
        if (body.NeedsKey)
        {
            throw new ArgumentException("A question without a key cannot be scored.", nameof(body));
        }

        var settings = profile.Kinds.GetValueOrDefault(kind.Name);
        var rule = ScoringRules.Of(kind, settings);
        var input = new ScoringInput(kind, body, response, profile, settings, resources);
        return response is { } given && !kind.IsEmpty(given) ? rule.Score(input) : rule.Unanswered(input);
    }

    /// <summary>Adds what an evaluator gave to what rules decided. What a rule decided stays; where content or form is 0, the zeroing is applied again.</summary>
    /// <param name="kind">The kind of the question.</param>
    /// <param name="body">The version.</param>
    /// <param name="profile">The profile <paramref name="decided"/> was scored under.</param>
    /// <param name="decided">What <see cref="Score(QuestionKind, QuestionBody, JsonElement?, ScoringProfile, ScoringResources)"/> returned, not an already merged score: evaluations replace each other, they do not add up.</param>
    /// <param name="evaluated">Scores by trait; a null score leaves the trait open. Max is not looked at.</param>
    /// <param name="overrides">A person's decision: it counts for traits that rules decided too.</param>
    /// <returns>A new score; <paramref name="decided"/> when nothing of it was open and nothing is overridden.</returns>
    /// <exception cref="ArgumentException">A trait is unknown or its points are outside [0, its maximum].</exception>
    public static ItemScore WithEvaluated(QuestionKind kind, QuestionBody body, ScoringProfile profile, ItemScore decided, IReadOnlyList<TraitScore> evaluated, bool overrides = false)
    {
        var settings = profile.Kinds.GetValueOrDefault(kind.Name);
        return FreeAnswerTraits.Merge(new ScoringInput(kind, body, null, profile, settings, ScoringResources.None), decided, evaluated, overrides);
    }

    /// <summary>What a free answer is judged by, in the order of its scores: what an evaluator is asked for, and the titles people read.</summary>
    /// <param name="kind">The kind of the question.</param>
    /// <param name="body">The version.</param>
    /// <param name="profile">The profile; where it has no traits for the kind, the question's own rubric counts.</param>
    /// <returns>Empty for items that are simply right or wrong, and for unscored ones.</returns>
    public static IReadOnlyList<ProfileTrait> TraitsOf(QuestionKind kind, QuestionBody body, ScoringProfile profile)
    {
        var settings = profile.Kinds.GetValueOrDefault(kind.Name);
        return body is FreeAnswer && settings?.Rule != ScoringRules.Unscored ? FreeAnswerTraits.Of(new ScoringInput(kind, body, null, profile, settings, ScoringResources.None)) : [];
    }

    /// <summary>The raw points of an item under a profile: blanks, pairs, right options or the sum of its traits.</summary>
    /// <param name="kind">The kind of the question.</param>
    /// <param name="body">The version.</param>
    /// <param name="profile">The profile.</param>
    /// <returns>0 for items that are not scored, otherwise more than 0.</returns>
    public static double MaxOf(QuestionKind kind, QuestionBody body, ScoringProfile profile)
    {
        var settings = profile.Kinds.GetValueOrDefault(kind.Name);
        return body.NeedsKey ? 0 : ScoringRules.Of(kind, settings).Max(new ScoringInput(kind, body, null, profile, settings, ScoringResources.None));
    }
}
