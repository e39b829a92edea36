using Npgsql;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Recordings;

/// <summary>Opens a take for one question. Starting the same take twice starts it once.</summary>
public static class StartTake
{
    /// <param name="RecordingId">Made by the browser, which may have begun to record without a network; null to have one made.</param>
    /// <param name="Position">Of the question in the attempt; 1 is the first.</param>
    /// <param name="MediaType">What the recorder makes: <c>audio/webm;codecs=opus</c>.</param>
    /// <param name="StartedAt">When the learner began to speak, by a clock set to the server's; decides within the grace after the deadline.</param>
    public sealed record Request(Guid? RecordingId, int Position, string MediaType, DateTimeOffset? StartedAt);

    public static async Task<Outcome<Take>> RunAsync(
        Guid attemptId, Request request, CurrentUser learner, AttemptPapers papers, QuestionVersions versions, NpgsqlDataSource source, TimeProvider clock, CancellationToken ct)
    {
        // Load
        var paper = await papers.FindAsync(attemptId, ct);
        if (paper is null || paper.LearnerId != learner.Id)
        {
            return AttemptProblems.NotFound;
        }

        if (request.Position < 1 || request.Position > paper.VersionIds.Length)
        {
            return AttemptProblems.NoSuchItem;
        }

        // Decide
        var version = await versions.LoadAsync(paper.VersionIds[request.Position - 1], ct);
        if (RecordingRules.LongestMs(version) is not { } longestMs)
        {
            return RecordingProblems.NotSpoken;
        }

        if (!RecordingRules.IsRecordable(request.MediaType))
        {
            return RecordingProblems.NotASound;
        }

        // Write
        var now = clock.GetUtcNow();
        var startedAt = request.StartedAt is { } stamped && stamped < now ? stamped.ToUniversalTime() : now;
        return await InsertAsync(attemptId, request with { RecordingId = request.RecordingId ?? Guid.CreateVersion7(), StartedAt = startedAt }, longestMs, now, source, ct);
    }

    private static async Task<Outcome<Take>> InsertAsync(Guid attemptId, Request request, int longestMs, DateTimeOffset now, NpgsqlDataSource source, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var window = await AttemptWindow.AtStartAsync(connection, attemptId, (short)request.Position, ct);

        // Two takes that start in one moment get one number: the second one tries again.
        for (int tries = 0; tries < 5; tries++)
        {
            var takes = await connection.QueryAsync(Take.Select + " WHERE r.attempt_id = $1 AND r.position = $2 ORDER BY r.take", Take.Read, ct, attemptId, (short)request.Position);
            if (takes.Find(take => take.RecordingId == request.RecordingId) is { } here)
            {
                await transaction.CommitAsync(ct);
                return here;
            }

            if (window.Refusal(request.StartedAt!.Value, now) is { } refusal)
            {
                return refusal;
            }

            if (takes.Count >= RecordingRules.MostTakes)
            {
                return RecordingProblems.TooManyTakes(RecordingRules.MostTakes);
            }

            await connection.ExecuteAsync("""
                INSERT INTO recordings (id, attempt_id, position, take, media_type, longest_ms, started_at, changed_at)
                SELECT $1, $2, $3, COALESCE(max(take), 0) + 1, $4, $5, $6, $7 FROM recordings WHERE attempt_id = $2 AND position = $3
                ON CONFLICT DO NOTHING
                """, ct, request.RecordingId, attemptId, (short)request.Position, request.MediaType, longestMs, request.StartedAt, now);
        }

        return RecordingProblems.BadRequest("Another recording has this id. Make a new one.");
    }
}
