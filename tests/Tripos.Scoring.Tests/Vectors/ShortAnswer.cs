using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Tripos.Questions;

namespace Tripos.Scoring.Tests.Vectors;

/// <summary>Reads an answer as Vectors/README.md writes it in short.</summary>
public static partial class ShortAnswer
{
    private static readonly string[] Sentence = "The town should build more parks because people like them".Split(' ');

    /// <summary>The response, null for none; and what an evaluator gave.</summary>
    public static (JsonElement? Response, IReadOnlyList<TraitScore> Evaluated) Read(QuestionKind kind, QuestionBody body, string text)
    {
        string[] sides = text.Split(" ; evaluated ");
        return (sides[0] == "–" ? null : JsonSerializer.SerializeToElement(Response(kind, body, sides[0])), sides.Length > 1 ? Evaluated(sides[1]) : []);
    }

    /// <summary>Correctly spelled words in sentences of ten.</summary>
    public static string Text(int words) => string.Join(' ', Enumerable.Range(0, words).Select(i => Sentence[i % 10] + (i % 10 == 9 || i == words - 1 ? "." : "")));

    private static object Response(QuestionKind kind, QuestionBody body, string text) => kind.Interaction switch
    {
        "choice" => new { chosen = text.Split(' ') },
        "matching" => new { pairs = text.Split(' ').Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]) },
        "ordering" => new { order = text.Split(' ') },
        "typed-gaps" or "chosen-gaps" or "word-bank" => new { gaps = text.Split("; ").Index().ToDictionary(gap => $"{gap.Index + 1}", gap => gap.Item == "-" ? "" : gap.Item) },
        "numeric" => Number((Numeric)body, text),
        "hot-text" => new { marked = text.Split(' ').Select(word => ((HotText)body).Words.Index().First(known => known.Item == word).Index) },
        "hot-spot" => new { points = text.Split("; ").Select(place => place.Split(',')).Select(place => new { x = Value(place[0]), y = Value(place[1]) }) },
        "description" => new { seen = true },
        "code" => new { code = text },
        "spoken" => text == "recording" ? new { recording = "01900000-0000-7000-8000-000000000000", durationMs = 20_000 } : text == "nothing" ? new { recording = (string?)null } : new { recording = (string?)null, trouble = text },
        "written" => new { text = Expand(text, body.Prompt) },
        _ => new { text },
    };

    private static object Number(Numeric body, string text) =>
        body.Units.FirstOrDefault(unit => text.EndsWith($" {unit.Name}", StringComparison.Ordinal)) is { } unit
            ? new { value = text[..^(unit.Name.Length + 1)], unit = unit.Name }
            : new { value = text };

    private static string Expand(string text, string question) => Shorthand().Replace(text, match =>
    {
        int count = int.Parse(match.Groups["count"].Value, CultureInfo.InvariantCulture);
        return match.Groups["what"].Value switch
        {
            "words" => Text(count),
            "words in one sentence" => $"{string.Join(' ', Enumerable.Range(0, count).Select(i => i == 0 ? "The" : Sentence[i % 10].ToLowerInvariant()))}.",
            "words in capitals" => Text(count).ToUpperInvariant(),
            "words without punctuation" => Text(count).Replace(".", "", StringComparison.Ordinal),
            "bullet lines" => string.Concat(Enumerable.Repeat($"- {Text(10)}\n", count)),
            "question" => string.Join(' ', Enumerable.Repeat(question, count)),
            var other => throw new FormatException($"Nothing makes {other}."),
        };
    });

    private static TraitScore[] Evaluated(string text) => [.. text.Split(", ").Select(trait => trait.Split(' ')).Select(trait => new TraitScore(trait[0], Value(trait[1]), 1, "Evaluated"))];

    private static double Value(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\{(?:(?<count>\d+) (?<what>[^}]+)|(?<what>question) × (?<count>\d+))\}")]
    private static partial Regex Shorthand();
}
