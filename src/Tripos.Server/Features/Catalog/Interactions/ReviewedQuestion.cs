using System.Text.Json;
using Tripos.Questions;
using Tripos.Scoring;

namespace Tripos.Server.Features.Catalog.Interactions;

/// <summary>One question after it was answered: what a review part draws from. What the rules withhold is null or empty here, so a part cannot show it by mistake.</summary>
/// <param name="Version">What the learner saw. Its own body holds the key: take keys from <paramref name="KeyBody"/> only.</param>
/// <param name="KeyBody">The body whose key counts, with transcript and model answer; null while answers are withheld.</param>
/// <param name="Explained">Explanations may be shown.</param>
/// <param name="Traits">What each trait earned and why; empty while correctness is withheld, or where there are none.</param>
public record ReviewedQuestion(
    int Position, LoadedVersion Version, JsonElement? Response, long Seed, bool Shuffle, QuestionBody? KeyBody, bool Explained, IReadOnlyList<TraitScore> Traits)
{
    private QuestionBody? _shown;

    /// <summary>The attempt it belongs to: recordings are heard through it. Empty in previews.</summary>
    public Guid AttemptId { get; init; }

    /// <summary>As the learner saw it.</summary>
    public QuestionBody Shown => _shown ??= Version.Kind.Present(Version.Body, Seed, Position, Shuffle);

    public bool Answered => Response is { } given && !Version.Kind.IsEmpty(given);

    /// <summary>The options of a choice question as the learner saw them; empty for other kinds.</summary>
    public IReadOnlyList<ShownOption> Options => Explained
        ? Version.OptionsFor(Seed, Position, Shuffle)
        : [.. Version.OptionsFor(Seed, Position, Shuffle).Select(option => option with { ExplanationHtml = null })];
}
