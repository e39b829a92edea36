using System.Text.Json;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Live;

/// <summary>What happened, in the words of a teacher: facts only, no guess at the reason.</summary>
public static class TimelineWords
{
    private static readonly Dictionary<string, string> Plain = new()
    {
        ["joined"] = "Joined the session",
        ["connected"] = "Connected",
        ["disconnected"] = "Lost the connection",
        ["tab_hidden"] = "The page was hidden: another tab or program came in front",
        ["tab_visible"] = "The page was shown again",
        ["window_blur"] = "Another window had the keyboard",
        ["window_focus"] = "The window had the keyboard again",
        ["copy"] = "Copied",
        ["cut"] = "Cut",
        ["paste"] = "Pasted",
        ["context_menu"] = "Opened the context menu",
        ["fullscreen_enter"] = "Went to full screen",
        ["fullscreen_exit"] = "Left full screen",
        ["network_lost"] = "The browser lost the network",
        ["network_back"] = "The browser had the network again",
        ["page_opened"] = "Opened the page",
        ["page_closed"] = "Closed or reloaded the page",
        ["many"] = "More events than are kept one by one",
        ["attempt_started"] = "Started",
        ["created"] = "Session planned",
        ["edited"] = "Session changed",
        ["opened"] = "Waiting room opened",
        ["completed"] = "Session ended",
        ["cancelled"] = "Session called off",
        ["paused"] = "Paused",
        ["resumed"] = "Resumed",
        ["submitted"] = "Handed in by the teacher",
        ["removed"] = "Taken out of the session",
        ["readmitted"] = "Let back in",
    };

    /// <summary>How the groups are called, in the order of the filter.</summary>
    public static readonly IReadOnlyDictionary<TimelineGroup, string> Groups = new Dictionary<TimelineGroup, string>
    {
        [TimelineGroup.Integrity] = "On the page",
        [TimelineGroup.Answers] = "Answers",
        [TimelineGroup.Actions] = "Teacher",
        [TimelineGroup.Highlights] = "Highlights",
        [TimelineGroup.Presence] = "Connection",
        [TimelineGroup.Attempt] = "Start and end",
    };

    public static string IconOf(TimelineGroup group) => group switch
    {
        TimelineGroup.Presence => "activity",
        TimelineGroup.Integrity => "eye",
        TimelineGroup.Answers => "pencil",
        TimelineGroup.Actions => "users",
        TimelineGroup.Highlights => "highlighter",
        _ => "clock",
    };

    public static string Of(TimelineEntry entry) => entry.Kind switch
    {
        "answer" => Answer(entry.Details),
        "started" => "Session started",
        "message" => $"Message: “{Text(entry.Details, "text")}”",
        "extra_time" => $"{Words.Duration(Number(entry.Details, "ms") ?? 0)} more time",
        "acknowledged" => $"Their page showed it: {Action(Text(entry.Details, "action"))}",
        "attempt_submitted" => HandedIn(Text(entry.Details, "type")),
        "highlighted" => $"Highlighted “{Short(Text(entry.Details, "text"))}”",
        "highlight_changed" => $"Commented on “{Short(Text(entry.Details, "text"))}”",
        "highlight_removed" => $"Removed the highlight of “{Short(Text(entry.Details, "text"))}”",
        _ => Plain.GetValueOrDefault(entry.Kind, entry.Kind.Replace('_', ' ')),
    };

    /// <summary>An action as a noun.</summary>
    public static string Action(string kind) => kind switch
    {
        "created" => "planned",
        "extra_time" => "extra time",
        _ => kind,
    };

    public static string HandedIn(SubmitType? type) => type is { } known ? HandedIn(Platform.Data.AppDb.SnakeCase(known.ToString())) : "Not handed in";

    internal static string Text(JsonElement details, string name) => details.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    internal static long? Number(JsonElement details, string name) => details.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number) ? number : null;

    internal static bool Is(JsonElement details, string name) => details.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    private static string HandedIn(string type) => type switch
    {
        "time_expired" => "Handed in because the time was up",
        "forced" => "Handed in by the teacher",
        "abandoned" => "Left unfinished",
        _ => "Handed in",
    };

    private static string Answer(JsonElement details) => Text(details, "outcome") switch
    {
        "accepted" when !Is(details, "answered") => "Cleared the answer",
        "accepted" => Number(details, "sequence") > 1 ? "Changed the answer" : "Answered",
        "stale" => "An answer was not taken: there was a newer one",
        "late" => "An answer came too late",
        _ => "An answer came after the end",
    };

    private static string Short(string text) => text.Length <= 80 ? text : $"{text[..77]}…";
}
