using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Live;

/// <summary>What happens in a session, short enough for a tile: facts only, no guess at the reason.</summary>
public static class LiveWords
{
    public static readonly IReadOnlyDictionary<string, string> Events = new Dictionary<string, string>
    {
        ["joined"] = "came in",
        ["connected"] = "connected",
        ["disconnected"] = "lost the connection",
        ["page_opened"] = "opened the page",
        ["page_closed"] = "closed the page",
        ["tab_hidden"] = "page hidden",
        ["tab_visible"] = "page shown again",
        ["window_blur"] = "another window in front",
        ["window_focus"] = "back in this window",
        ["copy"] = "copied text",
        ["cut"] = "cut text",
        ["paste"] = "pasted text",
        ["context_menu"] = "context menu opened",
        ["fullscreen_enter"] = "went to full screen",
        ["fullscreen_exit"] = "left full screen",
        ["network_lost"] = "had no network",
        ["network_back"] = "has a network again",
        ["many"] = "had more events than a page reports one by one",
    };

    /// <summary>Events that only say that somebody is there, which their tag says already.</summary>
    public static readonly IReadOnlyList<string> Routine = ["joined", "connected", "page_opened"];

    /// <summary>What a teacher, or the server in their place, did. The same sentences for the page and for its script.</summary>
    public static readonly IReadOnlyDictionary<string, string> Actions = new Dictionary<string, string>
    {
        ["created"] = "{by} planned the session.",
        ["edited"] = "{by} changed the session.",
        ["opened"] = "{by} opened the waiting room.",
        ["started"] = "{by} started the session.",
        ["message"] = "{by} wrote to {whom}: “{text}”",
        ["paused"] = "{by} paused {whom}.",
        ["resumed"] = "{by} let {whom} go on.",
        ["extra_time"] = "{by} gave {whom} {time} more.",
        ["submitted"] = "{by} handed in for {whom}.",
        ["removed"] = "{by} took out {whom}.",
        ["readmitted"] = "{by} let {whom} back in.",
        ["completed"] = "{by} ended the session.",
        ["cancelled"] = "{by} cancelled the session.",
    };

    /// <summary>One action as a sentence.</summary>
    /// <param name="nameOf">A learner's name by their id.</param>
    public static string Sentence(LiveMessages.ActionState action, Func<Guid, string> nameOf) => Actions.GetValueOrDefault(action.Kind, "{by}: " + action.Kind)
        .Replace("{by}", action.By ?? "The server", StringComparison.Ordinal)
        .Replace("{whom}", Whom(action, nameOf), StringComparison.Ordinal)
        .Replace("{time}", Words.Duration(action.Ms ?? 0), StringComparison.Ordinal)
        .Replace("{text}", action.Text, StringComparison.Ordinal);

    private static string Whom(LiveMessages.ActionState action, Func<Guid, string> nameOf) =>
        action.ToAll ? "everybody" : action.Receipts.Count > 3 ? $"{action.Receipts.Count} learners" : string.Join(" and ", action.Receipts.Select(receipt => nameOf(receipt.LearnerId)));

    public static string Status(SessionStatus status) => status switch
    {
        SessionStatus.Scheduled => "Planned",
        SessionStatus.WaitingForStudents => "Waiting room open",
        SessionStatus.InProgress => "In progress",
        SessionStatus.Completed => "Ended",
        _ => "Cancelled",
    };

    /// <summary>How long ago, in the unit that matters: "just now", "40 s ago", "3 min ago".</summary>
    public static string Ago(DateTimeOffset at, DateTimeOffset now) => (now - at).TotalSeconds switch
    {
        < 5 => "just now",
        < 60 and var seconds => $"{(int)seconds} s ago",
        < 3600 and var seconds => $"{(int)(seconds / 60)} min ago",
        var seconds => $"{(int)(seconds / 3600)} h ago",
    };
}
