using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tripos.Questions;

/// <summary>A word to be marked.</summary>
/// <param name="Index">Which word of the text, 0 is the first.</param>
/// <param name="Correction">What should stand there, shown in review; null when there is nothing to say.</param>
public sealed record HotWord(int Index, string? Correction = null);

/// <summary>Words to be marked in a text.</summary>
public sealed record HotText : QuestionBody
{
    /// <summary>The text, plain; words are what stands between white space.</summary>
    public required string Text { get; init; }

    /// <summary>The words to mark; empty while the key is unknown.</summary>
    public IReadOnlyList<HotWord> Key { get; init; } = [];

    /// <summary>The words of <see cref="Text"/> with their punctuation.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Words => Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    /// <inheritdoc />
    [JsonIgnore]
    public override bool NeedsKey => Key.Count == 0;

    internal override IEnumerable<string> ContentParts => [Text];
}

/// <summary>Hot text: the response is <c>{"marked": [3, 7]}</c>, indexes of words without repeats; empty means "no answer".</summary>
public sealed class HotTextKind : QuestionKind<HotText>
{
    /// <inheritdoc />
    public override string Interaction => "hot-text";

    /// <inheritdoc />
    public override bool IsEmpty(JsonElement response) => response.GetProperty("marked").GetArrayLength() == 0;

    private protected override string? Fault(HotText body, JsonElement response)
    {
        if (!ResponseParts.TryArray(response, "marked", out var marked))
        {
            return "Marked words are sent as {\"marked\": [3, 7]}.";
        }

        int words = body.Words.Count;
        HashSet<int> seen = [];
        foreach (var index in marked.EnumerateArray())
        {
            if (index.ValueKind != JsonValueKind.Number || !index.TryGetInt32(out int word) || word < 0 || word >= words)
            {
                return $"Words are numbered 0 to {words - 1}; {index} is none of them.";
            }

            if (!seen.Add(word))
            {
                return $"Word {word} is marked twice.";
            }
        }

        return null;
    }

    private protected override IEnumerable<BodyFault> Faults(HotText body)
    {
        int words = body.Words.Count;
        if (words < 2)
        {
            yield return new("text", "The text has fewer than two words. Write the text whose words are to be marked.");
        }

        if (body.Key.Any(word => word.Index < 0 || word.Index >= words) || body.Key.DistinctBy(word => word.Index).Count() < body.Key.Count)
        {
            yield return new("key", "The key names a word that is not in the text, or one twice. Mark the words again.");
        }
    }

    private protected override HotText Hidden(HotText body, long seed, int position, bool shuffle) => body with { Key = [] };
}
