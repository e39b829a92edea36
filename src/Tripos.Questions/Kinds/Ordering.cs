using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tripos.Questions;

/// <summary>How an order is scored.</summary>
public enum OrderRule
{
    /// <summary>One point for each pair of neighbours that are neighbours in the key too, in that order; n parts give n - 1 pairs.</summary>
    AdjacentPairs,

    /// <summary>Full marks for exactly the right order, else nothing.</summary>
    Exact,
}

/// <summary>Parts to be put in order.</summary>
public sealed record Ordering : QuestionBody
{
    /// <summary>The parts in the right order, as the author wrote them; learners see them shuffled.</summary>
    public required IReadOnlyList<Part> Parts { get; init; }

    /// <summary>Ids in the right order; empty while the key is unknown.</summary>
    public IReadOnlyList<string> Key { get; init; } = [];

    /// <summary>How it is scored, unless the scoring profile has a rule for the kind.</summary>
    public OrderRule Rule { get; init; }

    /// <inheritdoc />
    [JsonIgnore]
    public override bool NeedsKey => Key.Count == 0;

    internal override IEnumerable<string> ContentParts => Parts.Select(part => part.Text);
}

/// <summary>Ordering: the response is <c>{"order": ["id", …]}</c>, a beginning of an order or a whole one; empty means "no answer".</summary>
public sealed class OrderingKind : QuestionKind<Ordering>
{
    /// <inheritdoc />
    public override string Interaction => "ordering";

    /// <inheritdoc />
    public override bool IsEmpty(JsonElement response) => response.GetProperty("order").GetArrayLength() == 0;

    private protected override string? Fault(Ordering body, JsonElement response) =>
        ResponseParts.TryArray(response, "order", out var order)
            ? ResponseParts.FaultOfIds(order, "part", id => body.Parts.Any(part => id.ValueEquals(part.Id)))
            : "An order is sent as {\"order\": [\"part id\", ...]}.";

    private protected override IEnumerable<BodyFault> Faults(Ordering body)
    {
        foreach (var fault in BodyParts.FaultsOf(body.Parts, "parts", "part", 2, part => part.Id, part => part.Text))
        {
            yield return fault;
        }

        if (!body.NeedsKey && !body.Key.Order(StringComparer.Ordinal).SequenceEqual(body.Parts.Select(part => part.Id).Order(StringComparer.Ordinal)))
        {
            yield return new("key", "The right order does not name every part once. Put the parts in order again.");
        }
    }

    private protected override Ordering Hidden(Ordering body, long seed, int position, bool shuffle)
    {
        var parts = SeededShuffle.Order(body.Parts, seed, position);
        if (parts.Select(part => part.Id).SequenceEqual(body.Key))
        {
            (parts[0], parts[^1]) = (parts[^1], parts[0]); // never served already solved
        }

        return body with { Key = [], Parts = parts };
    }
}
