namespace Tripos.Server.Features.Live;

/// <summary>How well a learner is connected, by the age of their last heartbeat.</summary>
public enum ConnectionBand { Good, Weak, Lost, Away, None }

/// <summary>One learner as the wall shows them at one moment. js/live/wall-facts.js says the same, second by second, while the page is open.</summary>
/// <param name="State">Null for a member of the class who has not come in.</param>
/// <param name="MoreTime">Their accommodation in words; null for none.</param>
public sealed record WallLearner(Guid Id, string Name, LiveMessages.ParticipantState? State, string? MoreTime)
{
    /// <summary>The icons of <see cref="Tag"/>, sent once with the page.</summary>
    public static readonly string[] Icons = ["circle-dashed", "circle-check", "user-x", "signal", "signal-low", "wifi-off", "door-open"];

    private const int WeakAfterS = 8;
    private const int LostAfterS = 15;

    public string Status => State?.Status ?? "absent";

    /// <summary>They have handed in or were taken out: nothing of theirs can go wrong any more.</summary>
    public bool IsDone => Status is "submitted" or "removed";

    public ConnectionBand Band(DateTimeOffset now) => State switch
    {
        null => ConnectionBand.None,
        { Connected: false } => ConnectionBand.Away,
        { SeenAt: var seen } => (now - seen).TotalSeconds switch { < WeakAfterS => ConnectionBand.Good, < LostAfterS => ConnectionBand.Weak, _ => ConnectionBand.Lost },
    };

    /// <summary>The tag at their name: icon, tone and words.</summary>
    public (string Icon, string Tone, string Words) Tag(DateTimeOffset now) => (Status, Band(now)) switch
    {
        ("absent", _) => ("circle-dashed", "", "not yet here"),
        ("submitted", _) => ("circle-check", "info", "handed in"),
        ("removed", _) => ("user-x", "", "taken out"),
        (_, ConnectionBand.Good) => ("signal", "good", "connected"),
        (_, ConnectionBand.Weak) => ("signal-low", "warn", $"weak, {(int)(now - State!.SeenAt).TotalSeconds} s"),
        (_, ConnectionBand.Lost) => ("wifi-off", "bad", $"lost, {(int)(now - State!.SeenAt).TotalSeconds} s"),
        _ => ("door-open", "bad", $"left {LiveWords.Ago(State!.SeenAt, now)}"),
    };

    public string StatusWords => Status switch
    {
        "absent" => "has not come in",
        "waiting" => "in the waiting room",
        "working" when State!.Position > 0 => $"question {State.Position} of {State.ItemCount}",
        "working" => "has begun",
        "paused" => "paused",
        "submitted" => "has handed in",
        _ => "taken out of the session",
    };

    public string? EventWords(DateTimeOffset now) => State?.LastEvent is not { } last || LiveWords.Routine.Contains(last.Kind) ? null
        : $"{LiveWords.Events.GetValueOrDefault(last.Kind, last.Kind)}{(last.Position is > 0 and var position ? $" at question {position}" : "")}, {LiveWords.Ago(last.At, now)}";

    /// <summary>Of their questions, as the width of a bar.</summary>
    public static string Percent(LiveMessages.ParticipantState? state) =>
        state is { ItemCount: > 0 } ? $"{(100.0 * state.Answered / state.ItemCount).ToString("0.#", System.Globalization.CultureInfo.InvariantCulture)}%" : "0%";

    /// <summary>What their clock shows; nothing where none runs.</summary>
    public string Left(DateTimeOffset now) => State is { Status: "working", DeadlineAt: { } deadline } ? Platform.Web.Words.Clock((long)(deadline - now).TotalMilliseconds) : "";

    /// <summary>What there is of them beside the answers: "3 events · 2 highlights · 1 not seen".</summary>
    public string Marks => State is null ? "" : string.Join(" · ", new[]
    {
        State.Events == 0 ? null : Platform.Web.Words.Count(State.Events, "event"),
        State.Highlights == 0 ? null : Platform.Web.Words.Count(State.Highlights, "highlight"),
        State.WaitingReceipts == 0 ? null : $"{Platform.Web.Words.Count(State.WaitingReceipts, "action")} not seen yet",
    }.Where(part => part is not null));
}
