namespace Tripos.Server.Features.Live.Pages;

/// <summary>What the pages call the states of a session.</summary>
internal static class SessionWords
{
    public static string Of(SessionStatus status) => status switch
    {
        SessionStatus.InProgress => "In progress",
        SessionStatus.WaitingForStudents => "Waiting room is open",
        SessionStatus.Scheduled => "Planned",
        SessionStatus.Completed => "Over",
        _ => "Cancelled",
    };

    public static string? Tone(SessionStatus status) => status switch
    {
        SessionStatus.InProgress => "good",
        SessionStatus.WaitingForStudents => "accent",
        SessionStatus.Scheduled => "info",
        _ => null,
    };

    /// <summary>The headings under which a class lists its sessions.</summary>
    public static string Group(SessionStatus status) => status switch
    {
        SessionStatus.InProgress or SessionStatus.WaitingForStudents => "On now",
        SessionStatus.Scheduled => "Planned",
        SessionStatus.Completed => "Over",
        _ => "Cancelled",
    };
}
