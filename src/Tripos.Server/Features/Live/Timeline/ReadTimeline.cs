using System.Text.Json;
using Npgsql;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Live;

/// <summary>What kind of thing happened; pages filter by it.</summary>
public enum TimelineGroup { Presence, Integrity, Answers, Actions, Highlights, Attempt }

/// <summary>Something that happened in a session.</summary>
/// <param name="At">When the server had it; what a page reports keeps the time it happened at.</param>
/// <param name="LearnerId">Null for what concerns everybody.</param>
/// <param name="Position">The question, as this learner's attempt numbers it.</param>
/// <param name="Details">What else is known, as an object.</param>
public sealed record TimelineEntry(DateTimeOffset At, TimelineGroup Group, string Kind, Guid? LearnerId, short? Position, JsonElement Details);

/// <summary>Everything that happened in a session, for one learner or for all, in order.</summary>
public static class ReadTimeline
{
    /// <summary>More than a school day of a large class makes.</summary>
    public const int Most = 50_000;

    /// <param name="Status">Of the attempt; null before there is one.</param>
    public sealed record Learner(Guid Id, string Name, Guid? AttemptId, string? Status, int ItemCount, DateTimeOffset JoinedAt, DateTimeOffset? RemovedAt);

    /// <param name="IsPartial">There is more than <see cref="Most"/>; the rest is left out.</param>
    public sealed record Timeline(
        Guid SessionId, string Title, SessionStatus Status, DateTimeOffset? StartedAt, DateTimeOffset? CompletedAt, DateTimeOffset? DeadlineAt, DateTimeOffset ServerNow,
        IReadOnlyList<Learner> Learners, IReadOnlyList<TimelineEntry> Entries, bool IsPartial);

    /// <param name="sessionId">The session.</param>
    /// <param name="learnerId">Null for everybody.</param>
    /// <param name="teacher">Who asks: only those who run the session are told.</param>
    /// <param name="source">The database.</param>
    /// <param name="clock">Says when this was read.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<Outcome<Timeline>> RunAsync(Guid sessionId, Guid? learnerId, CurrentUser teacher, NpgsqlDataSource source, TimeProvider clock, CancellationToken ct)
    {
        if (await LiveSession.LoadAsync(sessionId, source, ct) is not { } session || !session.IsRunBy(teacher))
        {
            return LiveProblems.NotFound;
        }

        await using var connection = await source.OpenConnectionAsync(ct);
        var learners = await connection.QueryAsync("""
            SELECT p.learner_id, u.display_name, p.attempt_id, a.status, COALESCE(a.item_count, 0)::integer, p.joined_at, p.removed_at
            FROM live_participants p JOIN users u ON u.id = p.learner_id LEFT JOIN attempts a ON a.id = p.attempt_id
            WHERE p.session_id = $1 AND ($2::uuid IS NULL OR p.learner_id = $2) ORDER BY u.display_name, u.id
            """, row => new Learner(row.GetGuid(0), row.GetString(1), row.Maybe<Guid?>(2), row.Maybe<string>(3), row.GetInt32(4), row.Time(5), row.MaybeTime(6)), ct, sessionId, learnerId);
        if (learnerId is not null && learners.Count == 0)
        {
            return LiveProblems.NotFound;
        }

        var entries = await connection.QueryAsync(TimelineSql.Entries, Read, ct, sessionId, learnerId, Most + 1);
        return new Timeline(
            sessionId, session.Title, session.Status, session.StartedAt, session.CompletedAt, session.DeadlineAt, clock.GetUtcNow(), learners, [.. entries.Take(Most)], entries.Count > Most);
    }

    private static TimelineEntry Read(NpgsqlDataReader row) => new(
        row.Time(0), row.Word<TimelineGroup>(1), row.GetString(2), row.Maybe<Guid?>(3), row.Maybe<short?>(4), JsonSerializer.Deserialize<JsonElement>(row.GetString(5)));
}
