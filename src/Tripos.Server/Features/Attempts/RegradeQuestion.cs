using System.ComponentModel.DataAnnotations;
using Npgsql;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Attempts;

/// <summary>A key was wrong: first shows who would change from what to what, then commits it as a new result that can be undone.</summary>
public static class RegradeQuestion
{
    /// <param name="VersionId">The version the preview was made with; refused when the key changed since.</param>
    /// <param name="Reason">Told to the learners beside their new result.</param>
    public sealed record Request(int VersionId, [Required, MaxLength(500)] string Reason);

    public sealed record Committed(Guid RegradeId, int Answers, int ChangedResults);

    private static readonly Problem NotFound = new("question-not-found", 404, "No such question");

    public static async Task<Outcome<RegradePlan>> PreviewAsync(int questionId, NpgsqlDataSource source, QuestionVersions versions, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        var (target, problem) = await TargetAsync(connection, questionId, versions, ct);
        return target is null ? problem! : await RegradePlan.MakeAsync(connection, target, versions, ct);
    }

    public static async Task<Outcome<Committed>> RunAsync(
        int questionId, Request request, CurrentUser author, NpgsqlDataSource source, QuestionVersions versions, TimeProvider clock, CancellationToken ct)
    {
        // Load: first without locks to learn which attempts are concerned, then again holding them.
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await connection.ExecuteAsync("SELECT FROM questions WHERE id = $1 FOR UPDATE", ct, questionId);
        var (target, problem) = await TargetAsync(connection, questionId, versions, ct);
        if (target is null)
        {
            return problem!;
        }

        if (target.Id != request.VersionId)
        {
            return new Problem("regrade-outdated", 409, "The key was changed meanwhile", "Look at the preview again: it now shows the effect of the newest key.");
        }

        var concerned = (await RegradePlan.MakeAsync(connection, target, versions, ct)).Rows.Select(row => row.AttemptId).ToArray();
        await connection.ExecuteAsync("SELECT FROM attempts WHERE id = ANY ($1) ORDER BY id FOR NO KEY UPDATE", ct, concerned);
        var plan = await RegradePlan.MakeAsync(connection, target, versions, ct);
        if (plan.Rows.Count == 0)
        {
            return new Problem("nothing-to-regrade", 409, "Nothing to regrade", "Every graded answer to this question already counts under its current key.");
        }

        // Write
        var regradeId = Guid.CreateVersion7();
        var now = clock.GetUtcNow();
        await connection.ExecuteAsync("INSERT INTO regrades (id, question_id, version_id, reason, status, created_by, created_at) VALUES ($1, $2, $3, $4, 'committed', $5, $6)",
            ct, regradeId, questionId, target.Id, request.Reason.Trim(), author.Id, now);
        await StoreRegrade.RunAsync(connection, regradeId, plan, now, ct);
        await transaction.CommitAsync(ct);
        return new Committed(regradeId, plan.Rows.Count, plan.Changed);
    }

    private static async Task<(LoadedVersion? Target, Problem? Problem)> TargetAsync(NpgsqlConnection connection, int questionId, QuestionVersions versions, CancellationToken ct)
    {
        var current = await connection.QueryAsync("SELECT current_version_id, needs_key FROM questions WHERE id = $1", row => (Id: row.Maybe<int?>(0), NeedsKey: row.GetBoolean(1)), ct, questionId);
        return current switch
        {
            [{ Id: { } id, NeedsKey: false }] => (await versions.LoadAsync(id, ct), null),
            [{ NeedsKey: true }] => (null, new Problem("question-needs-key", 409, "This question has no key", "Set its key first; then regrade.")),
            _ => (null, NotFound),
        };
    }
}
