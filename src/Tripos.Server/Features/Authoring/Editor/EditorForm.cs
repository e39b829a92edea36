using System.Globalization;
using Tripos.Formats;
using Tripos.Questions;

namespace Tripos.Server.Features.Authoring;

/// <summary>What an author typed, exactly as typed: a value that cannot be used is told and stays in its field.
/// Fields are named like the members of the body they become (<c>options[2].text</c>), so that a fault of a body names its field.</summary>
public sealed class EditorForm
{
    private readonly Dictionary<string, string[]> _values = new(StringComparer.Ordinal);
    private readonly List<BodyFault> _faults = [];

    /// <summary>What could not be read so far.</summary>
    public IReadOnlyList<BodyFault> Faults => _faults;

    public IEnumerable<string> Names => _values.Keys;

    public static EditorForm From(IFormCollection posted)
    {
        var form = new EditorForm();
        foreach (var (name, value) in posted)
        {
            form._values[name] = [.. value.Select(text => PlainText.Clean(text ?? ""))];
        }

        return form;
    }

    /// <summary>The text of a field; empty when it is not there.</summary>
    public string this[string name] => _values.TryGetValue(name, out string[]? values) && values.Length > 0 ? values[0] : "";

    public IReadOnlyList<string> All(string name) => _values.GetValueOrDefault(name, []);

    public bool IsChecked(string name) => _values.ContainsKey(name);

    public EditorForm Set(string name, string? value)
    {
        if (value is null)
        {
            _values.Remove(name);
        }
        else
        {
            _values[name] = [value];
        }

        return this;
    }

    public EditorForm Set(string name, IEnumerable<string> values)
    {
        _values[name] = [.. values];
        return this;
    }

    public EditorForm Set(string name, double? value) => Set(name, value?.ToString("0.######", CultureInfo.InvariantCulture) ?? "");

    /// <summary>A tick box.</summary>
    public EditorForm Set(string name, bool value) => Set(name, value ? "true" : null);

    /// <summary>The text without white space around it, or null when there is none.</summary>
    public string? Optional(string name) => this[name].Trim() is { Length: > 0 } text ? text : null;

    /// <summary>A text in the question's format; HTML is reduced to what is harmless.</summary>
    public string Rich(string name) => this["format"] == "html" ? HtmlSanitizer.Sanitize(this[name]) : this[name].Trim();

    public string? OptionalRich(string name) => Rich(name) is { Length: > 0 } text ? text : null;

    /// <summary>Lines that say something, each trimmed.</summary>
    public IReadOnlyList<string> Lines(string name) => this[name].Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    public T Choice<T>(string name) where T : struct, Enum => Enum.TryParse<T>(this[name], ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : default;

    /// <summary>A number as people write it; null when the field is empty or holds no number, which is then a fault.</summary>
    public double? Number(string name, string what)
    {
        if (Optional(name) is not { } text)
        {
            return null;
        }

        if (Numeric.TryParse(text, out double value))
        {
            return value;
        }

        Fault(name, $"{what}: “{text}” is not a number. Write digits, such as 12 or 0.5.");
        return null;
    }

    /// <summary>A whole number; see <see cref="Number"/>.</summary>
    public int? Whole(string name, string what)
    {
        var value = Number(name, what);
        if (value is { } number && (number != Math.Truncate(number) || Math.Abs(number) > 1_000_000))
        {
            Fault(name, $"{what}: “{this[name].Trim()}” is not a whole number up to a million.");
            return null;
        }

        return (int?)value;
    }

    public void Fault(string name, string message) => _faults.Add(new(name, message));

    /// <summary>How many rows a list has: row i has fields whose names begin with <c>list[i].</c>.</summary>
    public int Rows(string list)
    {
        int count = 0;
        while (HasRow(list, count))
        {
            count++;
        }

        return count;
    }

    public EditorForm AddRow(string list, params (string Member, string Value)[] members)
    {
        int row = Rows(list);
        foreach (var (member, value) in members)
        {
            Set($"{list}[{row}].{member}", value);
        }

        return this;
    }

    public void RemoveRow(string list, int row)
    {
        int count = Rows(list);
        for (int i = row; i < count - 1; i++)
        {
            Swap(list, i, i + 1);
        }

        Take(list, count - 1);
    }

    /// <summary>Changes two rows with each other; nothing happens past the ends.</summary>
    public void Swap(string list, int one, int other)
    {
        if (Math.Min(one, other) < 0 || Math.Max(one, other) >= Rows(list))
        {
            return;
        }

        var first = Take(list, one);
        var second = Take(list, other);
        Put(list, one, second);
        Put(list, other, first);
    }

    /// <summary>Puts rows with a member <c>id</c> into the order of the ids; rows of other ids go, and missing ones come empty.</summary>
    public void Align(string list, IReadOnlyList<string> ids)
    {
        var rows = Enumerable.Range(0, Rows(list)).Select(row => Take(list, row)).ToList();
        for (int i = 0; i < ids.Count; i++)
        {
            var known = rows.FirstOrDefault(row => row.TryGetValue("id", out string[]? id) && id is [var text] && text == ids[i]);
            Put(list, i, known ?? new() { ["id"] = [ids[i]] });
        }
    }

    /// <summary>An id no row has yet: a, b, … z, then r27, r28, …</summary>
    public string FreshId(string list)
    {
        var used = Enumerable.Range(0, Rows(list)).Select(row => this[$"{list}[{row}].id"]).ToHashSet();
        return Enumerable.Range(0, int.MaxValue).Select(n => n < 26 ? $"{(char)('a' + n)}" : $"r{n + 1}").First(id => !used.Contains(id));
    }

    private bool HasRow(string list, int row) => _values.Keys.Any(name => name.StartsWith($"{list}[{row}].", StringComparison.Ordinal));

    private Dictionary<string, string[]> Take(string list, int row)
    {
        string prefix = $"{list}[{row}].";
        var taken = _values.Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal)).ToDictionary(pair => pair.Key[prefix.Length..], pair => pair.Value);
        foreach (string member in taken.Keys)
        {
            _values.Remove(prefix + member);
        }

        return taken;
    }

    private void Put(string list, int row, Dictionary<string, string[]> members)
    {
        foreach (var (member, values) in members)
        {
            _values[$"{list}[{row}].{member}"] = values;
        }
    }
}
