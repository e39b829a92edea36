using System.Text.Json;
using Tripos.Scoring;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Attempts;

/// <summary>Scaled scores as the attempt keeps them: a column for what lists sort and filter by, all of it as JSON.</summary>
public static class ScaledScores
{
    /// <summary>One reported score without the items it is made of; those are computed again from the answers when somebody asks.</summary>
    public sealed record Kept(string Name, int? Score, int? Low, int? High, double Earned, double Max, double Open);

    public static readonly IReadOnlyList<string> Columns =
        ["overall", "speaking", "writing", "reading", "listening", "pronunciation", "fluency", "content", "grammar", "spelling", "vocabulary", "discourse"];

    /// <summary>The assignments of an UPDATE whose parameters are <see cref="Values"/>, the first of them numbered <paramref name="first"/>.</summary>
    public static string Assignments(int first) =>
        string.Join(", ", Columns.Select((column, i) => $"{column} = ${first + i}::smallint")) + $", profile = ${first + Columns.Count}, scores = ${first + Columns.Count + 1}::jsonb";

    public static object?[] Values(ScoreReport? report) => [.. Columns.Select(column => (object?)(short?)report?.Of(column)?.Score), report?.Profile, Json(report)];

    public static string Json(ScoreReport? report) =>
        report is null ? "{}" : JsonSerializer.Serialize(new { scores = report.Scores.Select(s => new Kept(s.Name, s.Score, s.Low, s.High, s.Earned, s.Max, s.Open)) }, Platform.Data.Json.Options);

    /// <summary>Reads what <see cref="Json"/> wrote.</summary>
    public static IReadOnlyList<Kept> Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.TryGetProperty("scores", out var scores) ? scores.Deserialize<List<Kept>>(Platform.Data.Json.Options)! : [];
    }
}
