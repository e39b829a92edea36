using Npgsql;
using Tripos.Formats;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Recordings;

/// <summary>Writes down that a learner's microphone failed, so that the teacher knows why an answer is missing or short.</summary>
public static class ReportTrouble
{
    private const int LongestDetail = 500;

    /// <param name="Position">Of the question that was to be answered.</param>
    /// <param name="Detail">What the browser said.</param>
    public sealed record Request(int Position, TroubleKind Kind, string? Detail);

    public static async Task<Outcome<Done>> RunAsync(Guid attemptId, Request request, CurrentUser learner, NpgsqlDataSource source, TimeProvider clock, CancellationToken ct)
    {
        // Load
        var found = await source.QueryAsync("""
            SELECT a.item_count, (SELECT count(*)::integer FROM recording_troubles WHERE attempt_id = a.id), a.status, a.deadline_at, a.late_until, a.submitted_at
            FROM attempts a WHERE a.id = $1 AND a.learner_id = $2
            """, row => (Items: row.GetInt16(0), Troubles: row.GetInt32(1), Window: AttemptWindow.Read(row, 2)), ct, attemptId, learner.Id);
        if (found is not [var attempt])
        {
            return AttemptProblems.NotFound;
        }

        // Decide
        if (request.Position < 1 || request.Position > attempt.Items)
        {
            return AttemptProblems.NoSuchItem;
        }

        var now = clock.GetUtcNow();
        if (attempt.Window.Refusal(attempt.Window.DeadlineAt ?? now, now) is { } refusal)
        {
            return refusal;
        }

        if (attempt.Troubles >= RecordingRules.MostTroubles)
        {
            return Done.Instance; // by now the teacher knows
        }

        // Write
        string detail = PlainText.OneLine(request.Detail ?? "");
        await source.ExecuteAsync("INSERT INTO recording_troubles (attempt_id, position, kind, detail, reported_at) VALUES ($1, $2, $3, NULLIF($4, ''), $5)", ct,
            attemptId, (short)request.Position, AppDb.SnakeCase(request.Kind.ToString()), detail.Length > LongestDetail ? detail[..LongestDetail] : detail, now);
        return Done.Instance;
    }
}
