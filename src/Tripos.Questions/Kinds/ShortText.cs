using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tripos.Questions;

/// <summary>A few words, compared with the accepted answers.</summary>
public sealed record ShortText : QuestionBody
{
    /// <summary>Every answer that counts; the first is shown as the right one. Empty while the key is unknown.</summary>
    public IReadOnlyList<string> Accepted { get; init; } = [];

    /// <summary>Capital and small letters are told apart.</summary>
    public bool CaseSensitive { get; init; }

    /// <inheritdoc />
    [JsonIgnore]
    public override bool NeedsKey => Accepted.Count == 0;

    internal override IEnumerable<string> ContentParts => [];
}

/// <summary>Short text: the response is <c>{"text": "…"}</c>; blank means "no answer".</summary>
public sealed class ShortTextKind : QuestionKind<ShortText>
{
    /// <summary>The most characters of a short answer.</summary>
    public const int Longest = 500;

    /// <inheritdoc />
    public override string Interaction => "short-text";

    /// <inheritdoc />
    public override bool IsEmpty(JsonElement response) => ResponseParts.IsBlank(response, "text");

    private protected override string? Fault(ShortText body, JsonElement response) => ResponseParts.FaultOfText(response, "text", Longest);

    private protected override IEnumerable<BodyFault> Faults(ShortText body) => body.Accepted.Index()
        .Where(answer => string.IsNullOrWhiteSpace(answer.Item) || answer.Item.Length > Longest)
        .Select(answer => new BodyFault($"accepted[{answer.Index}]", $"The accepted answer {answer.Index + 1} is empty or longer than {Longest} characters. Write it, or remove it."));

    private protected override ShortText Hidden(ShortText body, long seed, int position, bool shuffle) => body with { Accepted = [] };
}
