using System.Text.Json.Serialization;
using Npgsql;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Live;

/// <summary>A session as a program reads it.</summary>
public static class ReadSession
{
    /// <param name="Participants">Null for learners, who see nobody but themselves.</param>
    public sealed record View(
        Guid Id, Guid ClassId, string ClassName, Guid TestId, string TestTitle, string Title, string Status, DateTimeOffset? ScheduledAt, long? OpensBeforeMs, long? TimeLimitMs, bool FullScreen,
        DateTimeOffset? StartedAt, DateTimeOffset? DeadlineAt, DateTimeOffset? PausedAt, DateTimeOffset? CompletedAt, int Revision, DateTimeOffset ServerNow, IReadOnlyList<Participant>? Participants);

    /// <summary>The record of a participant, by the names it has always had.</summary>
    /// <param name="ConnectionStatus">CONNECTED or DISCONNECTED.</param>
    public sealed record Participant(
        [property: JsonPropertyName("student_id")] Guid StudentId, [property: JsonPropertyName("attempt_id")] Guid? AttemptId, [property: JsonPropertyName("joined_at")] DateTimeOffset JoinedAt,
        [property: JsonPropertyName("connection_status")] string ConnectionStatus, [property: JsonPropertyName("last_activity")] DateTimeOffset LastActivity,
        string Name, string Status, short Position, int Answered, int ItemCount, DateTimeOffset? DeadlineAt, int Events);

    internal static async Task<Outcome<View>> RunAsync(Guid sessionId, CurrentUser reader, NpgsqlDataSource source, LiveBoards boards, TimeProvider clock, CancellationToken ct)
    {
        if (await LiveSession.LoadAsync(sessionId, source, ct) is not { } session)
        {
            return LiveProblems.NotFound;
        }

        if (session.IsRunBy(reader))
        {
            var board = (await boards.GetAsync(sessionId))!;
            await boards.RefreshAsync(board, null, ct); // what was committed a moment ago may not have been heard yet
            return Of(session, [.. board.All().Select(Of)], clock.GetUtcNow());
        }

        return await TakesPartAsync(session, reader.Id, source, ct) ? Of(session, null, clock.GetUtcNow()) : LiveProblems.NotFound;
    }

    /// <summary>Whether somebody is a learner of the class, or was one when they joined.</summary>
    public static async Task<bool> TakesPartAsync(LiveSession session, Guid learnerId, NpgsqlDataSource source, CancellationToken ct)
    {
        await ClaimRoster.RunAsync(learnerId, source, ct); // whoever is listed is of the class
        return (await source.QueryAsync("""
            SELECT EXISTS (SELECT FROM class_members WHERE class_id = $1 AND learner_id = $3) OR EXISTS (SELECT FROM live_participants WHERE session_id = $2 AND learner_id = $3)
            """, row => row.GetBoolean(0), ct, session.ClassId, session.Id, learnerId))[0];
    }

    private static Participant Of(LiveMessages.ParticipantState one) => new(
        one.LearnerId, one.AttemptId, one.JoinedAt, one.Connected ? "CONNECTED" : "DISCONNECTED", one.SeenAt, one.Name, one.Status, one.Position, one.Answered, one.ItemCount, one.DeadlineAt, one.Events);

    private static View Of(LiveSession session, IReadOnlyList<Participant>? participants, DateTimeOffset now) => new(
        session.Id, session.ClassId, session.ClassName, session.TestId, session.TestTitle, session.Title, AppDb.SnakeCase(session.Status.ToString()), session.ScheduledAt, session.OpensBeforeMs, session.TimeLimitMs,
        session.FullScreen, session.StartedAt, session.DeadlineAt, session.PausedAt, session.CompletedAt, session.Revision, now, participants);
}
