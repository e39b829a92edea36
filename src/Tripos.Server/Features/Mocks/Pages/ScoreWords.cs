using Tripos.Scoring;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Mocks.Pages;

/// <summary>Scores in words.</summary>
public static class ScoreWords
{
    public static readonly IReadOnlyList<string> Skills = ["speaking", "writing", "reading", "listening"];

    private static readonly Dictionary<string, string> Titles = new()
    {
        ["overall"] = "Overall", ["speaking"] = "Speaking", ["writing"] = "Writing", ["reading"] = "Reading", ["listening"] = "Listening",
        ["grammar"] = "Grammar", ["fluency"] = "Oral fluency", ["pronunciation"] = "Pronunciation", ["spelling"] = "Spelling",
        ["vocabulary"] = "Vocabulary", ["discourse"] = "Written discourse", ["content"] = "Content", ["form"] = "Form", ["linguistic-range"] = "General linguistic range",
    };

    public static string Title(string name) => Titles.GetValueOrDefault(name) ?? char.ToUpperInvariant(name[0]) + name[1..].Replace('-', ' ');

    /// <summary>How sure the score is, or why there is none.</summary>
    public static string Interval(ScaledScore score, ScoreScale scale) =>
        score.Score is null ? (score.Max > 0 ? "not evaluated yet" : "not in this test")
        : score.Low == score.High ? $"estimate, of {scale.Min} to {scale.Max}"
        : $"estimate; between {score.Low} and {score.High}";

    public static string Share(double earned, double max) => $"{Words.Points(earned)} of {Words.Points(max)}";
}
