using System.Text.Json;
using System.Text.RegularExpressions;
using Tripos.Server.Features.Catalog;

namespace Tripos.Server.Features.Authoring;

/// <summary>One thing a version says.</summary>
/// <param name="Path">What makes it the same thing in another version, such as <c>options/b/text</c>.</param>
/// <param name="Label">The same for people: "Option b".</param>
/// <param name="IsKey">Whether it decides what is right.</param>
public sealed record VersionField(string Path, string Label, string Value, bool IsKey);

/// <summary>A version as a list of fields, whatever its kind: read from the body as it is stored.</summary>
public static partial class VersionFields
{
    private static readonly HashSet<string> Keys = ["key", "accepted", "correct", "answer", "answers", "weights", "tolerance", "order"];

    private static readonly Dictionary<string, string> Names = new()
    {
        ["format"] = "Written as",
        ["key"] = "Right answer",
        ["shuffleOptions"] = "Options may be shuffled",
        ["maxResponses"] = "Most options to choose",
    };

    public static IReadOnlyList<VersionField> Of(LoadedVersion version)
    {
        using var body = JsonDocument.Parse(version.Kind.WriteBody(version.Body));
        var texts = version.Options.ToDictionary(option => option.Id, option => HtmlText(option.Html));
        List<VersionField> fields = [new("kind", "Kind", version.Kind.Title, false)];
        foreach (var member in body.RootElement.EnumerateObject().OrderBy(member => Place(member.Name)))
        {
            Add(fields, member.Value, member.Name, Label(member.Name), Keys.Contains(member.Name), texts);
        }

        return fields;
    }

    private static void Add(List<VersionField> fields, JsonElement value, string path, string label, bool isKey, Dictionary<string, string> texts)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject().Where(member => member.Name != "id"))
                {
                    string inner = member.Name == "text" ? label : $"{label}: {Label(member.Name).ToLowerInvariant()}";
                    Add(fields, member.Value, $"{path}/{member.Name}", inner, isKey || Keys.Contains(member.Name), texts);
                }

                break;
            case JsonValueKind.Array when value.EnumerateArray().All(item => item.ValueKind is JsonValueKind.String or JsonValueKind.Number):
                var items = value.EnumerateArray().Select(item => item.ToString());
                fields.Add(new(path, label, string.Join('\n', items.Select(item => isKey && texts.TryGetValue(item, out string? text) ? $"{item}: {text}" : item)), isKey));
                break;
            case JsonValueKind.Array:
                int number = 0;
                foreach (var item in value.EnumerateArray())
                {
                    number++;
                    string id = item.ValueKind == JsonValueKind.Object && item.TryGetProperty("id", out var named) ? named.ToString() : $"{number}";
                    Add(fields, item, $"{path}/{id}", $"{Singular(label)} {id}", isKey, texts);
                }

                break;
            default:
                fields.Add(new(path, label, value.ValueKind switch { JsonValueKind.True => "yes", JsonValueKind.False => "no", _ => value.ToString() }, isKey));
                break;
        }
    }

    /// <summary>What is asked comes first, what is said afterwards last; the rest as the kind orders it.</summary>
    private static int Place(string member) => member switch { "prompt" => 0, "format" => 9, "explanation" => 8, "key" => 3, "passage" or "code" or "media" => 1, _ => 2 };

    private static string Label(string member) => Names.TryGetValue(member, out string? name) ? name : Sentence(Capital().Replace(member, " $0").ToLowerInvariant());

    private static string Sentence(string words) => string.Concat(words[..1].ToUpperInvariant(), words.AsSpan(1));

    private static string Singular(string label) => label.EndsWith('s') ? label[..^1] : label;

    private static string HtmlText(string html) => Tripos.Formats.HtmlSanitizer.ToText(html);

    [GeneratedRegex("[A-Z]")]
    private static partial Regex Capital();
}
