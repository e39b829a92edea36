using System.ComponentModel.DataAnnotations;
using Npgsql;
using Tripos.Server.Features.Accounts;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.SharedAnswers;

/// <summary>Why something should not be here.</summary>
public enum FlagReason { Offensive, PersonalData, Copied, Spam, Wrong, Other }

/// <summary>Resolved: it was taken away. Dismissed: it stays.</summary>
public enum FlagStatus { Open, Resolved, Dismissed }

/// <summary>Tells those who look after a question that an answer should not be there. A second report by the same reader replaces the first while it is open.</summary>
public static class ReportAnswer
{
    public const int LongestNotes = 1000;

    public sealed record Request(FlagReason Reason, [MaxLength(LongestNotes)] string? Notes = null);

    public static async Task<Outcome<Done>> RunAsync(
        Guid id, Request request, CurrentUser reader, NpgsqlDataSource source, QuestionVersions versions, TimeProvider clock, CancellationToken ct)
    {
        var answer = await FindSharedAnswer.VisibleAsync(id, reader, source, versions, clock, ct);
        if (answer is null)
        {
            return SharedAnswerProblems.NotFound;
        }

        if (answer.View.IsMine)
        {
            return SharedAnswerProblems.Own;
        }

        string notes = request.Notes?.Trim() ?? "";
        if (notes.Length > LongestNotes)
        {
            return AccountProblems.Invalid(("notes", $"Write at most {LongestNotes} characters"));
        }

        await source.ExecuteAsync("""
            INSERT INTO moderation_flags (id, target_type, question_id, shared_answer_id, reporter_id, reason, notes, created_at) VALUES ($1, 'shared_answer', $2, $3, $4, $5, $6, $7)
            ON CONFLICT (reporter_id, question_id, shared_answer_id) WHERE status = 'open' DO UPDATE SET reason = excluded.reason, notes = excluded.notes
            """, ct, Guid.CreateVersion7(), answer.View.QuestionId, id, reader.Id, AppDb.SnakeCase(request.Reason.ToString()), notes, clock.GetUtcNow());
        return Done.Instance;
    }
}
