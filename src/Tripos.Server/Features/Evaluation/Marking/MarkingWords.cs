using System.Globalization;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Evaluation;

/// <summary>What the pages of marking call things.</summary>
internal static class MarkingWords
{
    public static string State(MarkingState state) => state switch
    {
        MarkingState.Unmarked => "Not marked",
        MarkingState.Second => "Second mark wanted",
        MarkingState.Disagree => "Marks disagree",
        _ => "Decided",
    };

    /// <summary>The state of an address; null for anything else, which means all that wait.</summary>
    public static MarkingState? StateOf(string? word) => Enum.GetValues<MarkingState>().Cast<MarkingState?>().FirstOrDefault(state => string.Equals(state.ToString(), word, StringComparison.OrdinalIgnoreCase));

    public static string Tone(MarkingState state) => state switch { MarkingState.Unmarked => "info", MarkingState.Second => "info", MarkingState.Disagree => "warn", _ => "good" };

    public static string Shape(MarkingState state) => state switch { MarkingState.Unmarked => "circle-dashed", MarkingState.Second => "users", MarkingState.Disagree => "triangle-alert", _ => "circle-check" };

    public static string Part(MarkPart part) => part switch { MarkPart.First => "First mark", MarkPart.Second => "Second mark", _ => "Decision" };

    /// <summary>1½ is read faster than 1.5 on a key.</summary>
    public static string Key(double points) => points % 1 == 0.5 ? points < 1 ? "½" : $"{Math.Floor(points).ToString(CultureInfo.InvariantCulture)}½" : Words.Points(points);

    public static string Value(double? points) => points?.ToString("0.##", CultureInfo.InvariantCulture) ?? "";

    public static string Seconds(int? ms) => ms is { } known ? (known / 1000.0).ToString("0.###", CultureInfo.InvariantCulture) : "";

    public static string Task(MarkingTask task) => task switch
    {
        MarkingTask.Second => "You give the second mark, independently of the first.",
        MarkingTask.Decide => "Two marks disagree. You decide.",
        MarkingTask.Change => "This answer is decided. You can change that, with a reason.",
        MarkingTask.Wait => "A third person decides.",
        _ => "",
    };

    /// <summary>What just happened to the answer before this one.</summary>
    public static string? Done(string? word) => word switch
    {
        "decided" => "The mark is given and counts.",
        "second" => "The mark is given. A second person marks this answer too.",
        "disagree" => "The mark is given. It differs from the other one, so a third person decides.",
        "withdrawn" => "The marks are withdrawn and kept in the history.",
        _ => null,
    };
}
