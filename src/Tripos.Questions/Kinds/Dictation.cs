using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tripos.Questions;

/// <summary>A sentence to be heard and typed.</summary>
public sealed record Dictation : QuestionBody
{
    /// <summary>What is said; null while the key is unknown.</summary>
    public string? Sentence { get; init; }

    /// <inheritdoc />
    [JsonIgnore]
    public override bool NeedsKey => string.IsNullOrWhiteSpace(Sentence);

    internal override IEnumerable<string> ContentParts => [Sentence ?? Audio?.Hash ?? ""];
}

/// <summary>Dictation: the response is <c>{"text": "…"}</c>; blank means "no answer".</summary>
public sealed class DictationKind : QuestionKind<Dictation>
{
    private const int Longest = 1000;

    /// <inheritdoc />
    public override string Interaction => "dictation";

    /// <inheritdoc />
    public override bool IsEmpty(JsonElement response) => ResponseParts.IsBlank(response, "text");

    private protected override string? Fault(Dictation body, JsonElement response) => ResponseParts.FaultOfText(response, "text", Longest);

    private protected override IEnumerable<BodyFault> Faults(Dictation body) => [];

    private protected override Dictation Hidden(Dictation body, long seed, int position, bool shuffle) => body with { Sentence = null };
}
