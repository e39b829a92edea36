using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tripos.Questions;

/// <summary>Source code to be written, or a text file to be handed in.</summary>
public sealed record CodeAnswer : FreeAnswer
{
    /// <summary>Lower-case name of the language, such as <c>python</c>; null for any.</summary>
    public string? Language { get; init; }

    /// <summary>What stands in the editor at first; null for nothing.</summary>
    public string? Starter { get; init; }

    /// <inheritdoc />
    [JsonIgnore]
    public override bool NeedsKey => false;

    internal override IEnumerable<string> ContentParts => Starter is { } starter ? [starter] : [];
}

/// <summary>Code: the response is <c>{"code": "…", "fileName": "a.py"}</c>; blank code means "no answer". A file is sent as its text.</summary>
public sealed class CodeAnswerKind : QuestionKind<CodeAnswer>
{
    /// <inheritdoc />
    public override string Interaction => "code";

    /// <inheritdoc />
    public override bool IsEmpty(JsonElement response) => ResponseParts.IsBlank(response, "code");

    private protected override string? Fault(CodeAnswer body, JsonElement response) =>
        ResponseParts.FaultOfText(response, "code", 50_000) ?? (response.TryGetProperty("fileName", out _) ? ResponseParts.FaultOfText(response, "fileName", 200) : null);

    private protected override IEnumerable<BodyFault> Faults(CodeAnswer body) => RubricFaults.Of(body.Rubric);

    private protected override CodeAnswer Hidden(CodeAnswer body, long seed, int position, bool shuffle) => body with { ModelAnswer = null, KeyPoints = [] };
}
