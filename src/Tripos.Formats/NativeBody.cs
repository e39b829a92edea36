using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Tripos.Questions;

namespace Tripos.Formats;

/// <summary>Reads a body as its kind has it: <c>{"type": "matching", "body": {…}}</c>.</summary>
internal static partial class NativeBody
{
    // What a file leaves out that has no default must not become a null inside a body.
    private static readonly JsonSerializerOptions Strict = new(QuestionJson.Options) { RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true };

    public static (QuestionKind Kind, QuestionBody Body)? Read(JsonFields fields, DiagnosticList problems)
    {
        var given = fields.Find(out string member, "body")!.Value;
        string place = fields.At(member);
        if (KindOf(fields, problems) is not { } kind || Clean(given, place, problems) is not JsonObject json || problems.HasErrors)
        {
            return null;
        }

        try
        {
            var body = BodyHtml.Sanitised((QuestionBody)json.Deserialize(kind.BodyType, Strict)!);
            TellUnknown(json, JsonNode.Parse(kind.WriteBody(body)), place, problems);
            return (kind, body);
        }
        catch (JsonException fault)
        {
            string below = (fault.Path ?? "$")[1..];
            problems.Error(place + below, Reason(fault, kind), $"docs/formats/exam-json.md shows a body of every kind; compare it with one of \"{kind.Name}\".");
            return null;
        }
    }

    /// <summary>Whether the question is written this way.</summary>
    public static bool IsIn(JsonFields fields) => fields.Find(out _, "body") is { ValueKind: JsonValueKind.Object };

    private static QuestionKind? KindOf(JsonFields fields, DiagnosticList problems)
    {
        string? name = fields.Name(100, "type", "questionType");
        if (name is not null && QuestionKinds.TryFind(name, out var kind))
        {
            return kind;
        }

        problems.Error(fields.At("type"), name is null ? "The question does not say of which kind it is." : $"There is no kind of question called {JsonFields.Shown(name)}.",
            $"The kinds are {string.Join(", ", QuestionKinds.All.Select(known => known.Name))}.");
        return null;
    }

    /// <summary>The same JSON with text that can be stored and shown, and without null members.</summary>
    private static JsonNode? Clean(JsonElement value, string place, DiagnosticList problems)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                JsonObject members = [];
                foreach (var member in value.EnumerateObject().Where(member => member.Value.ValueKind != JsonValueKind.Null))
                {
                    if (JsonFields.NameOf(member) is { } name)
                    {
                        members[PlainText.Clean(name)] = Clean(member.Value, $"{place}.{name}", problems);
                    }
                }

                return members;
            case JsonValueKind.Array:
                return new JsonArray([.. value.EnumerateArray().Select((part, i) => Clean(part, $"{place}[{i}]", problems))]);
            case JsonValueKind.String:
                return JsonFields.TextOf(value, place, problems) is { } text ? JsonValue.Create(text) : null;
            case JsonValueKind.Null:
                problems.Error(place, "There is a null in this list.", "Remove it, or write what belongs there.");
                return null;
            default:
                return JsonValue.Create(value.Clone());
        }
    }

    private static string Reason(JsonException fault, QuestionKind kind) =>
        Missing().Match(fault.Message) is { Success: true } missing ? $"Something is missing here: {missing.Groups[1].Value.TrimEnd('.')}."
        : fault.Message.Contains("could not be converted", StringComparison.Ordinal) ? $"The value here is of another type than a question of the kind \"{kind.Name}\" has at this place."
        : $"This does not fit the kind \"{kind.Name}\".";

    private static void TellUnknown(JsonNode? given, JsonNode? kept, string place, DiagnosticList problems)
    {
        if (given is JsonArray parts && kept is JsonArray keptParts && parts.Count == keptParts.Count)
        {
            for (int i = 0; i < parts.Count; i++)
            {
                TellUnknown(parts[i], keptParts[i], $"{place}[{i}]", problems);
            }
        }
        else if (given is JsonObject members && kept is JsonObject keptMembers)
        {
            var known = keptMembers.ToDictionary(member => member.Key, member => member.Value, StringComparer.OrdinalIgnoreCase);
            foreach (var (name, value) in members)
            {
                if (known.TryGetValue(name, out var same))
                {
                    TellUnknown(value, same, $"{place}.{name}", problems);
                }
                else
                {
                    problems.Warning($"{place}.{name}", "A question of this kind has no such member: it was left out.", "Check how it is written.");
                }
            }
        }
    }

    [GeneratedRegex("missing required properties including: (.*)", RegexOptions.Singleline)]
    private static partial Regex Missing();
}
