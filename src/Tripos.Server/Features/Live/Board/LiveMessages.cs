using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Live;

/// <summary>What travels over the hub; docs/api/live-hub.md describes it for programs.</summary>
public static class LiveMessages
{
    public sealed record SessionState(
        Guid Id, Guid ClassId, string Title, string TestTitle, string Status, DateTimeOffset? ScheduledAt, DateTimeOffset? StartedAt, DateTimeOffset? DeadlineAt, DateTimeOffset? PausedAt,
        DateTimeOffset? CompletedAt, int ItemCount, bool FullScreen, DateTimeOffset ServerNow)
    {
        public static SessionState Of(LiveSession session, DateTimeOffset now) => new(
            session.Id, session.ClassId, session.Title, session.TestTitle, AppDb.SnakeCase(session.Status.ToString()), session.ScheduledAt, session.StartedAt, session.DeadlineAt, session.PausedAt,
            session.CompletedAt, session.ItemCount, session.FullScreen, now);
    }

    /// <param name="Status">waiting, working, paused, submitted or removed.</param>
    /// <param name="SeenAt">The last heartbeat while connected, else when they left.</param>
    /// <param name="AnsweredAt">When an answer was last stored; null before the first that this server heard of.</param>
    /// <param name="WaitingReceipts">Actions their page has not acknowledged.</param>
    public sealed record ParticipantState(
        Guid LearnerId, string Name, Guid? AttemptId, DateTimeOffset JoinedAt, string Status, bool Connected, DateTimeOffset SeenAt, int? RttMs, bool Visible, short Position, int Answered, int ItemCount,
        DateTimeOffset? DeadlineAt, DateTimeOffset? AnsweredAt, int Events, LastEvent? LastEvent, int Highlights, int WaitingReceipts);

    /// <summary>What the page of a learner has to show, and then to acknowledge.</summary>
    public sealed record LearnerAction(Guid Id, string Kind, string? Text, DateTimeOffset? DeadlineAt, DateTimeOffset At);

    public sealed record ActionState(Guid Id, string Kind, bool ToAll, string? By, DateTimeOffset At, string? Text, long? Ms, int Learners, int Acknowledged, IReadOnlyList<Receipt> Receipts);

    public sealed record Receipt(Guid LearnerId, DateTimeOffset? AcknowledgedAt);

    public sealed record Mine(Guid? AttemptId, DateTimeOffset? DeadlineAt, string Status);

    public sealed record Delta(IReadOnlyList<ParticipantState> Participants, DateTimeOffset ServerNow);

    /// <param name="Nodes">Servers that were heard of in the last seconds, this one included.</param>
    /// <param name="Deaf">This server does not hear the others at the moment.</param>
    public sealed record Tick(DateTimeOffset ServerNow, int Nodes, bool Deaf);

    public sealed record Attended(SessionState Session, ParticipantState Me, IReadOnlyList<LearnerAction> Actions, DateTimeOffset ServerNow);

    public sealed record Watched(SessionState Session, IReadOnlyList<ParticipantState> Participants, IReadOnlyList<ActionState> Actions, DateTimeOffset ServerNow, int Nodes);

    public sealed record Beat(short? Position, bool? Visible, int? RttMs);

    public sealed record Beaten(DateTimeOffset ServerNow);
}

/// <summary>How the class is answering, question by question.</summary>
public sealed record QuestionsState(Guid SessionId, IReadOnlyList<QuestionsState.Question> Questions)
{
    /// <param name="Number">Its place in the test; learners may see another order.</param>
    /// <param name="Right">Share of the points that were earned, of those decided so far, 0 to 1; null for none yet.</param>
    /// <param name="Options">Null where there are none to choose.</param>
    public sealed record Question(int Number, int VersionId, string Kind, string Title, int Answered, int Of, int Correct, double? Right, IReadOnlyList<Option>? Options);

    public sealed record Option(string Id, string Text, int Count, bool IsKey);
}
