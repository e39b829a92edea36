using Npgsql;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Practice;

/// <summary>Ends a session: its attempt is submitted, and a level test keeps what it measured. Ending it twice changes nothing.</summary>
public static class FinishSession
{
    /// <param name="Url">Where the learner goes from there.</param>
    public sealed record Finished(Guid AttemptId, string Url);

    public static async Task<Outcome<Finished>> RunAsync(Guid attemptId, CurrentUser learner, NpgsqlDataSource source, QuestionVersions versions, TimeProvider clock, CancellationToken ct, SessionEnd? end = null)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        var session = await PracticeSession.FindAsync(connection, attemptId, learner.Id, ct);
        if (session is null)
        {
            return PracticeProblems.NoSuchSession;
        }

        var submitted = await SubmitAttempt.RunAsync(attemptId, new(), learner, source, versions, clock, ct);
        if (submitted.Problem is { } problem)
        {
            return problem;
        }

        end ??= new SessionEnd(session.IsFull && session.LastClosed ? "done" : "learner", null, null);
        await connection.ExecuteAsync("""
            UPDATE practice_sessions SET ended_why = $2, ability = $3::float8, deviation = $4::float8, repairs_day = CASE WHEN $2 = 'done' THEN repairs_day END
            WHERE attempt_id = $1 AND ended_why IS NULL
            """, ct, attemptId, end.Why, end.Ability, end.Deviation); // a double drill that was left makes up for nothing
        return new Finished(attemptId, UrlOf(session));
    }

    public static string UrlOf(PracticeSession session) => session.IsTest ? $"/practice/sessions/{session.AttemptId}/report" : $"/attempts/{session.AttemptId}/result";
}

/// <summary>Why a session is over.</summary>
/// <param name="Why">precise, longest, no_items, learner or done.</param>
/// <param name="Ability">Of a level test: rating points, with their standard error.</param>
public sealed record SessionEnd(string Why, double? Ability, double? Deviation);
