using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Live;

/// <summary>Every expected failure of running sessions and taking part in them.</summary>
public static class LiveProblems
{
    public static readonly Problem NotFound = new("session-not-found", 404, "No such session");

    public static readonly Problem NobodyConnected = new("session-nobody-connected", 409, "Nobody is here yet",
        "A session starts with at least one learner in its waiting room. Ask them to open the session and wait until they show as connected.");

    public static readonly Problem NoQuestions = new("session-no-questions", 409, "The test has no questions", "Add questions to the test, or edit the session to use another test.");

    public static readonly Problem Removed = new("session-removed", 409, "You were taken out of this session", "Ask the teacher to let you back in.");

    public static readonly Problem TimeOver = new("session-over", 409, "The time of this session is over", "Nothing is left of its time. Ask the teacher for extra time, or for another session.");

    public static Problem Transition(SessionStatus from, SessionStatus to) => new("session-transition", 409, $"The session cannot be {Word(to)} now", $"It is {Word(from)}. {Remedy(from, to)}")
    {
        Facts = new Dictionary<string, object?> { ["from"] = AppDb.SnakeCase(from.ToString()), ["to"] = AppDb.SnakeCase(to.ToString()) },
    };

    public static Problem NotOpen(LiveSession session) => new("session-not-open", 409, "Nobody can join this session now", session.Status switch
    {
        SessionStatus.Scheduled => "Its waiting room has not opened yet. Wait for the teacher.",
        SessionStatus.Cancelled => "It was cancelled.",
        _ => "It is over.",
    });

    public static Problem NotRunning(LiveSession session) => new("session-not-running", 409, "That works only while the session is in progress",
        session.Status is SessionStatus.Scheduled or SessionStatus.WaitingForStudents
            ? "It has not started. More time for a learner before the start is an accommodation; more time for all is the time limit of the session."
            : $"It is {Word(session.Status)}.");

    public static readonly Problem NoLimit = new("no-time-limit", 409, "There is no time to extend", "Neither the test nor the session has a time limit.");

    public static readonly Problem AllPaused = new("session-paused", 409, "The whole session is paused", "Resume everybody; one learner cannot go on alone.");

    public static Problem BadAction(string what) => new("bad-action", 400, "This action is incomplete", what);

    public static Problem NoSuchParticipant(Guid learnerId) => new("participant-not-found", 404, "Somebody named does not take part", $"{learnerId} has not joined this session. Leave learnerIds out to mean everybody.");

    public static readonly Problem NoSuchAction = new("action-not-found", 404, "No such action");

    public static Problem BadEvent(int index, string what) => new("bad-event", 400, "An event cannot be stored", $"Event {index + 1}: {what}");

    public static Problem BadEvents(string what) => new("bad-event", 400, "These events cannot be stored", what);

    private static string Word(SessionStatus status) => status switch
    {
        SessionStatus.Scheduled => "scheduled",
        SessionStatus.WaitingForStudents => "waiting for students",
        SessionStatus.InProgress => "in progress",
        SessionStatus.Completed => "completed",
        _ => "cancelled",
    };

    private static string Remedy(SessionStatus from, SessionStatus to) => (from, to) switch
    {
        (SessionStatus.Completed or SessionStatus.Cancelled, _) => "That is final; plan another session.",
        (_, SessionStatus.InProgress) => "Open its waiting room first.",
        (SessionStatus.InProgress, SessionStatus.Cancelled) => "End it instead: what learners have answered is then graded.",
        (_, SessionStatus.Completed) => "It has not started; cancel it instead.",
        _ => "That step is not the next one.",
    };
}
