using Npgsql;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Evaluation;

/// <summary>Takes a decision back: its marks stay in the history, and the best verdict of a machine counts again. Before it is decided, a marker takes back their own mark.</summary>
public static class WithdrawMark
{
    public static async Task<Outcome<GiveMark.Given>> RunAsync(
        Guid attemptId, int position, int revision, string? reason, CurrentUser teacher, NpgsqlDataSource source, QuestionVersions versions, TimeProvider clock, CancellationToken ct)
    {
        // Load
        if (await MarkableAnswer.FindAsync(attemptId, position, source, versions, ct) is not { } answer)
        {
            return MarkingProblems.NotFound;
        }

        if (answer.Answer.LearnerId == teacher.Id)
        {
            return MarkingProblems.Own;
        }

        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var desk = await MarkingDesk.LockAsync(connection, answer, ct);

        // Decide
        if (FaultOf(desk, answer, revision, reason, teacher) is { } problem)
        {
            return problem;
        }

        // Write
        await connection.ExecuteAsync("""
            UPDATE marks SET status = 'withdrawn', ended_at = $3, ended_by = $4, ended_because = $5 WHERE attempt_id = $1 AND position = $2 AND status = 'given'
            """, ct, attemptId, (short)position, clock.GetUtcNow(), teacher.Id, reason!.Trim());
        var state = await desk.SettleAsync(versions, clock.GetUtcNow(), ct);
        await transaction.CommitAsync(ct);
        return new GiveMark.Given(state, desk.Revision + 1, false);
    }

    private static Problem? FaultOf(MarkingDesk desk, MarkableAnswer answer, int revision, string? reason, CurrentUser teacher)
    {
        bool isTheirs = desk.Given is [var only] && only.MarkerId == teacher.Id;
        return desk.State != MarkingState.Decided && !isTheirs ? MarkingProblems.NothingToWithdraw
            : desk.Revision != revision ? MarkingProblems.Changed(desk.Revision, desk.State, answer.Plan.Blind ? null : desk.LastMarker)
            : string.IsNullOrWhiteSpace(reason) || reason.Length > MarkRequest.LongestReason ? MarkingProblems.Bad($"Say in at most {MarkRequest.LongestReason} characters why it is withdrawn: the reason is kept with it.")
            : null;
    }
}
