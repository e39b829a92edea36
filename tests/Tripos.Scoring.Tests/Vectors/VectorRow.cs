using System.Globalization;

namespace Tripos.Scoring.Tests.Vectors;

/// <summary>One row of the tables in this folder.</summary>
public sealed record VectorRow(string Place, string Kind, string Profile, string Question, string Answer, string Points)
{
    public static IReadOnlyList<VectorRow> All { get; } =
    [
        .. from file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Vectors"), "*.md").Order(StringComparer.Ordinal)
           where Path.GetFileName(file) != "README.md"
           from line in File.ReadLines(file).Index()
           let cells = line.Item.Trim().Trim('|').Split('|', StringSplitOptions.TrimEntries)
           where cells.Length > 1 && cells[0] != "kind" && !cells[0].StartsWith('-')
           select Of($"tests/Tripos.Scoring.Tests/Vectors/{Path.GetFileName(file)}:{line.Index + 1}", cells),
    ];

    /// <summary>Earned, possible and open points.</summary>
    public (double Earned, double Max, double Open) Expected
    {
        get
        {
            string[] parts = Points.Split([" of ", ", "], StringSplitOptions.None);
            return (Number(parts[0]), Number(parts[1]), parts.Length > 2 ? Number(parts[2].Split(' ')[0]) : 0);
        }
    }

    private static VectorRow Of(string place, string[] cells) => cells.Length == 6
        ? new(place, cells[0], cells[1], cells[2], cells[3], cells[4])
        : throw new FormatException($"{place} has {cells.Length} columns instead of 6.");

    private static double Number(string text) =>
        text.Split('/') is [var above, var below] ? double.Parse(above, CultureInfo.InvariantCulture) / double.Parse(below, CultureInfo.InvariantCulture) : double.Parse(text, CultureInfo.InvariantCulture);
}
