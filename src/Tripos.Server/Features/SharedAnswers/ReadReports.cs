using Npgsql;
using Tripos.Formats;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.SharedAnswers;

/// <summary>The reports somebody may decide, newest first: all of them, or those about an author's own questions.</summary>
public static class ReadReports
{
    public const int PageSize = 20;

    /// <param name="VersionId">The question as it is now.</param>
    /// <param name="Prompt">The beginning of the question, as plain text.</param>
    /// <param name="Reporter">Null when the account is gone.</param>
    /// <param name="Resolution">What was said when it was settled.</param>
    /// <param name="Answer">What was reported.</param>
    public sealed record Report(
        Guid Id, int QuestionId, int VersionId, string Prompt, FlagReason Reason, string Notes, FlagStatus Status, DateTimeOffset CreatedAt, string? Reporter,
        string? ResolvedBy, DateTimeOffset? ResolvedAt, string Resolution, SharedAnswer Answer);

    /// <param name="Older">Where to go on from; null on the last page.</param>
    public sealed record Page(IReadOnlyList<Report> Reports, string? Older);

    public static async Task<Page> RunAsync(FlagStatus status, string? before, CurrentUser curator, NpgsqlDataSource source, TimeProvider clock, CancellationToken ct)
    {
        bool isLater = Keyset.TryParse(before, out var place);
        var rows = await source.QueryAsync("""
            SELECT f.id, f.question_id, v.id, v.body->>'prompt', f.reason, f.notes, f.status, f.created_at, r.display_name, d.display_name, f.resolved_at, f.resolution, f.shared_answer_id
            FROM moderation_flags f JOIN questions q ON q.id = f.question_id JOIN question_versions v ON v.id = q.current_version_id
            LEFT JOIN users r ON r.id = f.reporter_id LEFT JOIN users d ON d.id = f.resolved_by
            WHERE f.status = $1 AND f.target_type = 'shared_answer' AND ($2 OR q.created_by = $3) AND ($4::timestamptz IS NULL OR (f.created_at, f.id) < ($4, $5::uuid))
            ORDER BY f.created_at DESC, f.id DESC LIMIT $6
            """, Read, ct, AppDb.SnakeCase(status.ToString()), AnswersAccess.CuratesAll(curator), curator.Id, isLater ? place.At : null, isLater ? place.Id : null, PageSize + 1);
        var shown = rows.Take(PageSize).ToList();
        var answers = await SharedAnswerRow.QueryAsync("WHERE s.id = ANY ($2)", curator, source, clock.GetUtcNow(), ct, shown.Select(row => row.AnswerId).Distinct().ToArray());
        return new Page(
            [.. shown.Select(row => row.Report with { Answer = answers.Single(answer => answer.View.Id == row.AnswerId).View })],
            rows.Count > PageSize ? Keyset.Write(shown[^1].Report.CreatedAt, shown[^1].Report.Id) : null);
    }

    private static (Report Report, Guid AnswerId) Read(NpgsqlDataReader row) => (
        new Report(
            row.GetGuid(0), row.GetInt32(1), row.GetInt32(2), Beginning(row.Maybe<string>(3) ?? ""), row.Word<FlagReason>(4), row.GetString(5), row.Word<FlagStatus>(6), row.Time(7), row.Maybe<string>(8),
            row.Maybe<string>(9), row.MaybeTime(10), row.GetString(11), null!),
        row.GetGuid(12));

    private static string Beginning(string prompt)
    {
        string text = HtmlSanitizer.ToText(prompt);
        return text.Length > 120 ? text[..117] + "…" : text.Length == 0 ? "Question without words" : text;
    }
}
