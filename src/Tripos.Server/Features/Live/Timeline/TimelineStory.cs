using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Live;

/// <summary>One line of a learner's timeline.</summary>
/// <param name="OffsetMs">Since the session started; negative before.</param>
/// <param name="Context">What stands around it, so that nobody has to guess.</param>
public sealed record TimelineLine(TimelineEntry Entry, string What, long? OffsetMs, IReadOnlyList<string> Context);

/// <summary>The timeline of one learner with what stands around each event: how long something lasted, and what was answered right after it.</summary>
public static class TimelineStory
{
    private const int SoonMs = 60_000;

    /// <summary>What ends what.</summary>
    private static readonly Dictionary<string, (string Kind, string Words)> Ends = new()
    {
        ["tab_hidden"] = ("tab_visible", "hidden for"),
        ["window_blur"] = ("window_focus", "for"),
        ["fullscreen_exit"] = ("fullscreen_enter", "out of full screen for"),
        ["network_lost"] = ("network_back", "for"),
        ["disconnected"] = ("connected", "away for"),
        ["paused"] = ("resumed", "for"),
    };

    public static IReadOnlyList<TimelineLine> Of(ReadTimeline.Timeline timeline) =>
        [.. timeline.Entries.Select((entry, index) => new TimelineLine(entry, TimelineWords.Of(entry), Between(timeline.StartedAt, entry.At), [.. Around(timeline.Entries, index)]))];

    private static long? Between(DateTimeOffset? start, DateTimeOffset at) => start is { } from ? (long)(at - from).TotalMilliseconds : null;

    private static IEnumerable<string> Around(IReadOnlyList<TimelineEntry> entries, int index)
    {
        var entry = entries[index];
        if (Ends.TryGetValue(entry.Kind, out var end))
        {
            var over = entries.Skip(index + 1).FirstOrDefault(later => later.Kind == end.Kind || later.Kind == entry.Kind);
            yield return over?.Kind == end.Kind ? $"{end.Words} {Lasted(over.At - entry.At)}" : "no end was reported";
        }

        if (entry.Group == TimelineGroup.Integrity && entries.Skip(index + 1).FirstOrDefault(later => later.Group == TimelineGroup.Answers) is { } answer && (answer.At - entry.At).TotalMilliseconds <= SoonMs)
        {
            yield return $"question {answer.Position} was answered {Lasted(answer.At - entry.At)} after";
        }

        foreach (string fact in Facts(entry))
        {
            yield return fact;
        }
    }

    private static IEnumerable<string> Facts(TimelineEntry entry)
    {
        var details = entry.Details;
        if (TimelineWords.Text(details, "by") is { Length: > 0 } by)
        {
            yield return $"by {by}";
        }

        if (TimelineWords.Number(details, "length") is { } length)
        {
            yield return Words.Count((int)length, "character");
        }

        if (TimelineWords.Number(details, "tookMs") is { } took)
        {
            yield return $"{Lasted(TimeSpan.FromMilliseconds(took))} after";
        }

        if (details.TryGetProperty("receivedAt", out var received) && received.TryGetDateTimeOffset(out var at))
        {
            yield return $"reported {Lasted(at - entry.At)} later";
        }

        if (entry.Kind == "answer" && details.TryGetProperty("answeredAt", out var given) && given.ValueKind == System.Text.Json.JsonValueKind.String && given.TryGetDateTimeOffset(out var answered) && (entry.At - answered).TotalSeconds >= 5)
        {
            yield return $"given {Lasted(entry.At - answered)} before it arrived";
        }

        if (TimelineWords.Text(details, "comment") is { Length: > 0 } comment)
        {
            yield return $"“{comment}”";
        }
    }

    private static string Lasted(TimeSpan time) => time.TotalSeconds < 1 ? "less than a second" : Words.Duration((long)time.TotalMilliseconds);
}
