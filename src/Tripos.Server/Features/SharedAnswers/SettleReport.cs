using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Tripos.Server.Features.Accounts;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.SharedAnswers;

public enum Settlement { Hide, Dismiss }

/// <summary>Decides an open report: the answer is hidden, which settles every report of it, or the report is dismissed.</summary>
public static class SettleReport
{
    /// <param name="Reason">Told to the learner where the answer is hidden; needed then.</param>
    public sealed record Request(Settlement Decision, [MaxLength(HideAnswer.LongestReason)] string? Reason = null);

    public static async Task<Outcome<Done>> RunAsync(Guid reportId, Request request, CurrentUser curator, Visitor visitor, AppDb db, TimeProvider clock, CancellationToken ct)
    {
        var found = await db.Database.SqlQuery<Flag>($"""SELECT shared_answer_id AS "AnswerId", status AS "Status" FROM moderation_flags WHERE id = {reportId} AND target_type = 'shared_answer'""").ToListAsync(ct);
        if (found is not [{ AnswerId: { } answerId } flag])
        {
            return SharedAnswerProblems.ReportNotFound;
        }

        var outcome = flag.Status != "open" ? await RefuseAsync(answerId, curator, db, ct)
            : request.Decision == Settlement.Hide ? await HideAnswer.RunAsync(answerId, request.Reason, curator, visitor, db, clock, ct)
            : await DismissAsync(reportId, answerId, request.Reason?.Trim() ?? "", curator, visitor, db, clock.GetUtcNow(), ct);
        return outcome.Problem == SharedAnswerProblems.NotFound ? SharedAnswerProblems.ReportNotFound : outcome;
    }

    private static async Task<Outcome<Done>> DismissAsync(Guid reportId, Guid answerId, string reason, CurrentUser curator, Visitor visitor, AppDb db, DateTimeOffset now, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await CuratedAnswer.LockAsync(answerId, curator, db, ct) is not { } answer)
        {
            return SharedAnswerProblems.NotFound;
        }

        int dismissed = await db.Database.ExecuteSqlAsync($"""
            UPDATE moderation_flags SET status = 'dismissed', resolved_by = {curator.Id}, resolved_at = {now}, resolution = {reason} WHERE id = {reportId} AND status = 'open'
            """, ct);
        if (dismissed == 0)
        {
            return SharedAnswerProblems.ReportSettled;
        }

        await answer.LogAsync(ActivityAction.ReportDismissed, curator.Id, reason, curator, visitor, db, ct);
        await transaction.CommitAsync(ct);
        return Done.Instance;
    }

    private static async Task<Outcome<Done>> RefuseAsync(Guid answerId, CurrentUser curator, AppDb db, CancellationToken ct) =>
        await CuratedAnswer.LockAsync(answerId, curator, db, ct) is null ? SharedAnswerProblems.NotFound : SharedAnswerProblems.ReportSettled;

    private sealed record Flag(Guid? AnswerId, string Status);
}
