using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Tripos.Server.Features.Accounts;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.SharedAnswers;

/// <summary>Takes a shared answer away from everybody but its learner, who reads why, and those who look after the question. Settles its open reports; showing it again undoes both.</summary>
public static class HideAnswer
{
    public const int LongestReason = 500;

    /// <param name="Reason">Told to the learner.</param>
    public sealed record Request([Required, MaxLength(LongestReason)] string Reason);

    public static async Task<Outcome<Done>> RunAsync(Guid id, string? reason, CurrentUser curator, Visitor visitor, AppDb db, TimeProvider clock, CancellationToken ct)
    {
        string why = reason?.Trim() ?? "";
        if (why.Length is 0 or > LongestReason)
        {
            return AccountProblems.Invalid(("reason", $"Say why, in up to {LongestReason} characters: the learner reads it"));
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var answer = await CuratedAnswer.LockAsync(id, curator, db, ct);
        if (answer is null)
        {
            return SharedAnswerProblems.NotFound;
        }

        if (answer.Status != "hidden")
        {
            await HideAsync(answer, why, curator, db, clock.GetUtcNow(), ct);
            await answer.LogAsync(ActivityAction.AnswerHidden, answer.LearnerId, why, curator, visitor, db, ct);
            await transaction.CommitAsync(ct);
        }

        return Done.Instance;
    }

    public static async Task<Outcome<Done>> UndoAsync(Guid id, CurrentUser curator, Visitor visitor, AppDb db, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var answer = await CuratedAnswer.LockAsync(id, curator, db, ct);
        if (answer is null)
        {
            return SharedAnswerProblems.NotFound;
        }

        if (answer.Status == "hidden")
        {
            await db.Database.ExecuteSqlAsync($"UPDATE shared_answers SET status = 'visible', hidden_by = NULL, hidden_at = NULL, hidden_reason = '' WHERE id = {id}", ct);
            await db.Database.ExecuteSqlAsync($"UPDATE moderation_flags SET status = 'dismissed', resolution = 'Shown again' WHERE shared_answer_id = {id} AND status = 'resolved'", ct);
            await answer.LogAsync(ActivityAction.AnswerShownAgain, answer.LearnerId, "", curator, visitor, db, ct);
            await transaction.CommitAsync(ct);
        }

        return Done.Instance;
    }

    // Where nobody reported it, the hiding is a settled report of the curator's own: the reports page shows whatever was taken away.
    private static async Task HideAsync(CuratedAnswer answer, string why, CurrentUser curator, AppDb db, DateTimeOffset now, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"UPDATE shared_answers SET status = 'hidden', hidden_by = {curator.Id}, hidden_at = {now}, hidden_reason = {why} WHERE id = {answer.Id}", ct);
        int settled = await db.Database.ExecuteSqlAsync($"""
            UPDATE moderation_flags SET status = 'resolved', resolved_by = {curator.Id}, resolved_at = {now}, resolution = {why} WHERE shared_answer_id = {answer.Id} AND status = 'open'
            """, ct);
        if (settled == 0)
        {
            await db.Database.ExecuteSqlAsync($"""
                INSERT INTO moderation_flags (id, target_type, question_id, shared_answer_id, reporter_id, reason, status, created_at, resolved_by, resolved_at, resolution)
                VALUES ({Guid.CreateVersion7()}, 'shared_answer', {answer.QuestionId}, {answer.Id}, {curator.Id}, 'other', 'resolved', {now}, {curator.Id}, {now}, {why})
                """, ct);
        }
    }
}
