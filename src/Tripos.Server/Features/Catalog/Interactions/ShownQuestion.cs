using System.Text.Json;
using Tripos.Questions;

namespace Tripos.Server.Features.Catalog.Interactions;

/// <summary>One question as a learner answers it: what a player part draws from. Use <see cref="Shown"/>, which holds no key, and never the body of the version.</summary>
/// <param name="Position">1 is the first; names the fields of the form.</param>
/// <param name="Response">The stored response, or null.</param>
/// <param name="Seed">Orders what is shuffled; the same on every reload.</param>
public record ShownQuestion(int Position, LoadedVersion Version, JsonElement? Response, long Seed, bool Shuffle)
{
    private QuestionBody? _shown;

    /// <summary>The body without anything a learner may not know yet, its parts in this attempt's order.</summary>
    public QuestionBody Shown => _shown ??= Version.Kind.Present(Version.Body, Seed, Position, Shuffle);

    /// <summary>The options of a choice question in this attempt's order; empty for other kinds.</summary>
    public IReadOnlyList<ShownOption> Options => Version.OptionsFor(Seed, Position, Shuffle);

    public bool IsAnswered => Response is { } given && !Version.Kind.IsEmpty(given);
}
