using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Tripos.Formats;

/// <summary>The members of one JSON object, found whatever the case and the hyphens of their names; knows which were asked for.</summary>
internal sealed class JsonFields
{
    private const int LongestText = 1_000_000;
    private const int MostMetadata = 200;
    private readonly Dictionary<string, JsonProperty> _members = new(StringComparer.Ordinal);
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);
    private readonly string _path;
    private readonly DiagnosticList _problems;

    public JsonFields(JsonElement element, string path, DiagnosticList problems)
    {
        (_path, _problems) = (path, problems);
        foreach (var member in element.EnumerateObject())
        {
            if (NameOf(member) is { } name && !_members.TryAdd(Folded(name), member))
            {
                problems.Warning(At(name), "This member is given twice.", "The first one is used; remove the other.");
            }
        }
    }

    public string At(string member) => _path.Length == 0 ? member : $"{_path}.{member}";

    /// <summary>The first member among the names that is there and not null.</summary>
    public JsonElement? Find(out string name, params ReadOnlySpan<string> names)
    {
        JsonElement? found = null;
        name = names[0];
        foreach (string candidate in names)
        {
            string folded = Folded(candidate);
            if (_members.TryGetValue(folded, out var member))
            {
                _used.Add(folded);
                if (found is null && member.Value.ValueKind != JsonValueKind.Null)
                {
                    (found, name) = (member.Value, NameOf(member)!);
                }
            }
        }

        return found;
    }

    /// <summary>Text, or a number or boolean written as text; cleaned, null when missing or empty.</summary>
    public string? Text(params ReadOnlySpan<string> names)
    {
        if (Find(out string name, names) is not { } value)
        {
            return null;
        }

        if (value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
        {
            _problems.Error(At(name), $"Text was expected here, not {Kind(value)}.", "Give a text in quotes.");
            return null;
        }

        return TextOf(value, At(name), _problems) is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;
    }

    /// <summary>One line of text of limited length, for ids and names.</summary>
    public string? Name(int longest, params ReadOnlySpan<string> names)
    {
        if (Text(names) is not { } text || PlainText.OneLine(text) is not { Length: > 0 } line)
        {
            return null;
        }

        if (line.Length > longest)
        {
            _problems.Error(At(names[0]), $"This is {line.Length} characters long; at most {longest} are possible.", "Shorten it.");
            return null;
        }

        return line;
    }

    public double? Number(double least, double most, params ReadOnlySpan<string> names)
    {
        if (Find(out string name, names) is not { } value)
        {
            return null;
        }

        string raw = value.ValueKind == JsonValueKind.String ? TextOf(value, At(name), _problems) ?? "" : value.GetRawText();
        if (value.ValueKind == JsonValueKind.String && string.IsNullOrWhiteSpace(raw))
        {
            return null;
        }

        if (!double.TryParse(raw, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) || !(number >= least && number <= most))
        {
            _problems.Error(At(name), string.Create(CultureInfo.InvariantCulture, $"A number from {least} to {most} was expected here, not {Shown(raw)}."), "Correct the number.");
            return null;
        }

        return number;
    }

    public bool? Flag(params ReadOnlySpan<string> names)
    {
        if (Find(out string name, names) is not { } value)
        {
            return null;
        }

        bool? flag = AsFlag(value);
        if (flag is null)
        {
            _problems.Error(At(name), $"true or false was expected here, not {Shown(value.GetRawText())}.", "Write true or false.");
        }

        return flag;
    }

    /// <summary>A list of short texts such as tags, without repeats; null when it is missing or no list.</summary>
    public IReadOnlyList<string>? Words(string member, int most, int longest)
    {
        if (Find(out string name, member) is not { ValueKind: JsonValueKind.Array } list)
        {
            return null;
        }

        List<string> words = [];
        foreach (var part in list.EnumerateArray())
        {
            string word = part.ValueKind is JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.Null ? "" : PlainText.OneLine(TextOf(part, At(name), _problems) ?? "");
            if (word.Length is 0 || word.Length > longest || words.Count == most)
            {
                _problems.Warning(At(name), $"{Shown(part.GetRawText())} is left out.", $"At most {most} texts of up to {longest} characters are possible here.");
            }
            else if (!words.Contains(word, StringComparer.OrdinalIgnoreCase))
            {
                words.Add(word);
            }
        }

        return words;
    }

    /// <summary>Scalar members nobody asked for; what is not a scalar is reported and left out.</summary>
    public IReadOnlyDictionary<string, JsonElement> Rest()
    {
        Dictionary<string, JsonElement> rest = new(StringComparer.Ordinal);
        foreach (var (folded, member) in _members)
        {
            string name = NameOf(member)!;
            if (_used.Contains(folded) || member.Value.ValueKind == JsonValueKind.Null)
            {
                continue;
            }

            if (member.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array || rest.Count == MostMetadata || name.Length > 200)
            {
                _problems.Info(At(name), $"{(member.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? Capital(Kind(member.Value)) : "A member")} Tripos does not know was left out.", "Nothing, unless it matters to you.");
                continue;
            }

            rest.Add(PlainText.Clean(name), Storable(member.Value, At(name)));
        }

        return rest;
    }

    public static bool? AsFlag(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => value.TryGetInt32(out int number) && number is 0 or 1 ? number == 1 : null,
        JsonValueKind.String => value.ValueEquals("true"u8) || value.ValueEquals("1"u8) ? true
            : value.ValueEquals("false"u8) || value.ValueEquals("0"u8) || value.ValueEquals(""u8) ? false : null,
        _ => null,
    };

    /// <summary>The text of a scalar; null and an error when it has half a surrogate pair or is too long.</summary>
    public static string? TextOf(JsonElement scalar, string place, DiagnosticList problems)
    {
        if (scalar.ValueKind != JsonValueKind.String)
        {
            return scalar.GetRawText();
        }

        string? text = StringOf(scalar);
        if (text is null)
        {
            problems.Error(place, "This text has half of a surrogate pair (such as \\ud83d alone).", "Export the file again, or remove the character.");
            return null;
        }

        if (text.Length > LongestText)
        {
            problems.Error(place, $"This text is {text.Length} characters long; at most {LongestText} are possible.", "Shorten it; link to large images instead of embedding them.");
            return null;
        }

        return PlainText.Clean(text);
    }

    public static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "true or false",
        _ => "null",
    };

    public static string Shown(string raw) => raw.Length <= 60 ? raw : raw[..57] + "…";

    private static string Capital(string words) => char.ToUpperInvariant(words[0]) + words[1..];

    private JsonElement Storable(JsonElement value, string place)
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            return JsonSerializer.SerializeToElement(TextOf(value, place, _problems) ?? "");
        }

        // A database has no number for 1e999999: kept as the text it came as.
        return value.ValueKind == JsonValueKind.Number && !value.TryGetDecimal(out _) ? JsonSerializer.SerializeToElement(Shown(value.GetRawText())) : value.Clone();
    }

    private static string? StringOf(JsonElement text)
    {
        try
        {
            return text.GetString();
        }
        catch (InvalidOperationException)
        {
            return null; // the documented way System.Text.Json refuses unpaired surrogates
        }
    }

    internal static string? NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static string Folded(string name)
    {
        var folded = new StringBuilder(name.Length);
        foreach (char c in name)
        {
            if (c is not ('_' or '-' or ' '))
            {
                folded.Append(char.ToLowerInvariant(c));
            }
        }

        return folded.ToString();
    }
}
