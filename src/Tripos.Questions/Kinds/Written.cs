using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tripos.Questions;

/// <summary>One thing a free answer is judged by.</summary>
/// <param name="Name">Permanent name, such as <c>clarity</c>.</param>
/// <param name="Title">Shown to people.</param>
/// <param name="Max">The most points, more than 0.</param>
/// <param name="Guide">What earns them; null when the author says nothing.</param>
public sealed record RubricTrait(string Name, string Title, double Max, string? Guide = null)
{
    /// <summary>What one point counts in the item, more than 0.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Weight { get; init; }
}

/// <summary>A question answered freely, judged by traits.</summary>
public abstract record FreeAnswer : QuestionBody
{
    /// <summary>The traits it is judged by where the scoring profile has none for the kind; empty for one trait, the whole answer.</summary>
    public IReadOnlyList<RubricTrait> Rubric { get; init; } = [];

    /// <summary>A good answer, shown in review; null when there is none.</summary>
    public string? ModelAnswer { get; init; }

    /// <summary>What a complete answer mentions, for evaluators and the review.</summary>
    public IReadOnlyList<string> KeyPoints { get; init; } = [];
}

/// <summary>A text of a sentence to an essay.</summary>
public sealed record Written : FreeAnswer
{
    /// <summary>The fewest words asked for; null for no such limit.</summary>
    public int? MinWords { get; init; }

    /// <summary>The most words asked for; null for no such limit.</summary>
    public int? MaxWords { get; init; }

    /// <inheritdoc />
    [JsonIgnore]
    public override bool NeedsKey => false;

    internal override IEnumerable<string> ContentParts => Passage is { } passage ? [passage] : Audio is { } audio ? [audio.Hash] : [];
}

/// <summary>Written answers: the response is <c>{"text": "…"}</c>, plain text with line breaks; blank means "no answer".</summary>
public sealed class WrittenKind : QuestionKind<Written>
{
    /// <inheritdoc />
    public override string Interaction => "written";

    /// <inheritdoc />
    public override bool IsEmpty(JsonElement response) => ResponseParts.IsBlank(response, "text");

    private protected override string? Fault(Written body, JsonElement response) => ResponseParts.FaultOfText(response, "text");

    private protected override IEnumerable<BodyFault> Faults(Written body)
    {
        if (body.MinWords < 0 || body.MaxWords < 1 || body.MinWords > body.MaxWords)
        {
            yield return new("minWords", "The fewest words must be 0 or more, and not more than the most words.");
        }

        foreach (var fault in RubricFaults.Of(body.Rubric))
        {
            yield return fault;
        }
    }

    private protected override Written Hidden(Written body, long seed, int position, bool shuffle) => body with { ModelAnswer = null, KeyPoints = [] };
}

internal static class RubricFaults
{
    public static IEnumerable<BodyFault> Of(IReadOnlyList<RubricTrait> rubric) => rubric.Index()
        .Where(trait => !(trait.Item.Max > 0) || trait.Item.Weight <= 0 || string.IsNullOrWhiteSpace(trait.Item.Name) || rubric.Take(trait.Index).Any(other => other.Name == trait.Item.Name))
        .Select(trait => new BodyFault($"rubric[{trait.Index}]", $"The trait {trait.Index + 1} needs a name of its own, more than 0 points and a weight of more than 0."));
}
