using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Tripos.Formats;

/// <summary>One item of such a list, with what it says in one spelling.</summary>
internal sealed partial class PteSeedItem
{
    private readonly JsonElement _element;
    private readonly DiagnosticList _problems;
    private readonly JsonFields _fields;

    public PteSeedItem(JsonElement element, int index, DiagnosticList problems)
    {
        (_element, Index, _problems) = (element, index, problems);
        // Oddities of the list itself are told where they matter, by the item's own findings.
        _fields = new JsonFields(element, Path, problems);
        Type = Said("type") ?? "";
        Template = Said("templateText");
        Title = Said("title") is { } title ? PlainText.OneLine(title) : Type;
        Prompt = Said("promptText", "prompt");
        Transcript = Said("transcript");
        MediaPath = Said("promptMediaUrl", "mediaUrl", "audioUrl", "imageUrl");
        Difficulty = Said("difficulty")?.ToLowerInvariant() switch { "easy" => 2, "medium" => 3, "hard" => 4, _ => null };
        Tags = _fields.Words("tags", 20, 50) ?? [];
    }

    public int Index { get; }
    public string Type { get; }
    public string Title { get; }
    public string? Prompt { get; }
    public string? Template { get; }
    public bool IsTemplate => Template is not null;
    public string? Transcript { get; }

    /// <summary>Where the picture or the sound is, as the file says; a place on somebody's server is not fetched.</summary>
    public string? MediaPath { get; }
    public short? Difficulty { get; }
    public IReadOnlyList<string> Tags { get; }

    public IReadOnlyDictionary<string, JsonElement> Metadata => new Dictionary<string, JsonElement>
    {
        ["title"] = JsonSerializer.SerializeToElement(Title),
        ["sourceType"] = JsonSerializer.SerializeToElement(PlainText.OneLine(Type)),
    };

    // The list is the exam's questions: the same words for the same place.
    private string Path => $"questions[{Index}]";

    /// <summary>A list of options without the letters in front of them ("A) …").</summary>
    public IReadOnlyList<string> Options => _fields.Find(out _, "options") is { ValueKind: JsonValueKind.Array } list
        ? [.. Texts(list).Select(text => Letter().Replace(text, ""))] : [];

    /// <summary>Options that stand at each gap, by the gap's name; empty when there is one list for all.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> OptionsOfGaps => _fields.Find(out _, "options") is { ValueKind: JsonValueKind.Object } gaps
        ? gaps.EnumerateObject().Where(gap => gap.Value.ValueKind == JsonValueKind.Array).ToDictionary(gap => gap.Name, gap => (IReadOnlyList<string>)[.. Texts(gap.Value)], StringComparer.OrdinalIgnoreCase)
        : new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>The key as texts, whether it is one or a list: letters, numbers or words.</summary>
    public IReadOnlyList<string> Key => Answers() switch
    {
        { ValueKind: JsonValueKind.Array } list => [.. Texts(list)],
        { ValueKind: JsonValueKind.String or JsonValueKind.Number } one => [.. Texts(one)],
        _ => [],
    };

    /// <summary>The words that belong into gaps, by number from 1 or by the gap's name.</summary>
    public IReadOnlyDictionary<string, string> KeyOfGaps
    {
        get
        {
            Dictionary<string, string> key = new(StringComparer.OrdinalIgnoreCase);
            var answers = Answers();
            if (answers is { ValueKind: JsonValueKind.Object } named && !named.TryGetProperty("blanks", out _))
            {
                foreach (var gap in named.EnumerateObject().Where(gap => gap.Value.ValueKind == JsonValueKind.String))
                {
                    key[gap.Name] = Clean(gap.Value);
                }
            }
            else if ((answers is { ValueKind: JsonValueKind.Object } wrapped ? wrapped.GetProperty("blanks") : answers) is { ValueKind: JsonValueKind.Array } list)
            {
                foreach (var gap in list.EnumerateArray().Where(gap => gap.ValueKind == JsonValueKind.Object && gap.TryGetProperty("index", out _) && gap.TryGetProperty("answer", out _)))
                {
                    key[gap.GetProperty("index").ToString()] = Clean(gap.GetProperty("answer"));
                }
            }

            return key;
        }
    }

    /// <summary>A text in a member that is an object, such as <c>answerKey.sampleAnswer</c>.</summary>
    public string? Inside(string member, string name) =>
        _element.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? Clean(text) : null;

    public int? Number(string member, string name) =>
        _element.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var number) && number.TryGetInt32(out int count) ? count : null;

    /// <summary>A list in a member that is an object, such as <c>options.correct</c>.</summary>
    public IReadOnlyList<string> ListInside(string member, string name) =>
        _element.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? [.. Texts(list)] : [];

    public bool Has(string member, string name) => _element.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out _);

    public void Warn(string member, string reason, string remedy) => _problems.Warning($"{Path}.{member}", reason, remedy);

    public void Note(string member, string reason, string remedy) => _problems.Info($"{Path}.{member}", reason, remedy);

    public void Refuse(string member, string reason, string remedy) => _problems.Error($"{Path}.{member}", reason, remedy);

    private JsonElement? Answers() => _fields.Find(out _, "correctAnswers", "answerKey", "correctAnswer", "answer");

    private IEnumerable<string> Texts(JsonElement value) =>
        (value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().AsEnumerable() : [value]).Where(part => part.ValueKind is JsonValueKind.String or JsonValueKind.Number).Select(Clean);

    // "null" in quotes is a slip of whoever made the file.
    private string? Said(params ReadOnlySpan<string> names) => _fields.Text(names)?.Trim() is { Length: > 0 } text && text != "null" ? text : null;

    private string Clean(JsonElement value) => value.ValueKind == JsonValueKind.Number ? value.GetRawText().ToString(CultureInfo.InvariantCulture) : (JsonFields.TextOf(value, Path, _problems) ?? "").Trim();

    [GeneratedRegex(@"^[A-Z]\)\s+")]
    private static partial Regex Letter();
}
