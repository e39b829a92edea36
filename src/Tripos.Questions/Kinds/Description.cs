using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tripos.Questions;

/// <summary>Something to read, see or hear; nothing is asked and nothing is scored.</summary>
public sealed record Description : QuestionBody
{
    /// <inheritdoc />
    [JsonIgnore]
    public override bool NeedsKey => false;

    internal override IEnumerable<string> ContentParts => Passage is { } passage ? [passage] : [];
}

/// <summary>Descriptions: the response is <c>{"seen": true}</c>.</summary>
public sealed class DescriptionKind : QuestionKind<Description>
{
    /// <inheritdoc />
    public override string Interaction => "description";

    /// <inheritdoc />
    public override bool IsEmpty(JsonElement response) => !response.GetProperty("seen").GetBoolean();

    private protected override string? Fault(Description body, JsonElement response) =>
        response.TryGetProperty("seen", out var seen) && seen.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : "A description is answered with {\"seen\": true}.";

    private protected override IEnumerable<BodyFault> Faults(Description body) => [];

    private protected override Description Hidden(Description body, long seed, int position, bool shuffle) => body;
}
