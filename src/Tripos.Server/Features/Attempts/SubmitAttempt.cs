using Npgsql;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Attempts;

/// <summary>Ends an attempt and grades it, in one transaction: an attempt is never submitted without a result. Submitting twice changes nothing.</summary>
public static class SubmitAttempt
{
    public sealed record Request(SubmitType Type = SubmitType.Manual);

    public sealed record Submitted(Guid AttemptId, DateTimeOffset SubmittedAt, string ResultUrl);

    /// <summary>By the learner: when they are done, or when their browser sees the time run out.</summary>
    public static async Task<Outcome<Submitted>> RunAsync(
        Guid attemptId, Request request, CurrentUser learner, NpgsqlDataSource source, QuestionVersions versions, TimeProvider clock, CancellationToken ct) =>
        request.Type is SubmitType.Manual or SubmitType.TimeExpired
            ? await SubmitAsync(attemptId, learner.Id, request.Type, source, versions, clock, ct)
            : new Problem("bad-submit-type", 400, "A learner submits as manual or time_expired", $"\"{request.Type}\" is for teachers and the server.");

    /// <summary>By a teacher or the server, whoever the learner is.</summary>
    public static Task<Outcome<Submitted>> ForceAsync(
        Guid attemptId, SubmitType type, NpgsqlDataSource source, QuestionVersions versions, TimeProvider clock, CancellationToken ct) =>
        SubmitAsync(attemptId, learnerId: null, type, source, versions, clock, ct);

    private static async Task<Outcome<Submitted>> SubmitAsync(
        Guid attemptId, Guid? learnerId, SubmitType type, NpgsqlDataSource source, QuestionVersions versions, TimeProvider clock, CancellationToken ct)
    {
        // Load: the lock waits for answers that are being stored, and keeps later ones out.
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var loaded = await GradeableAttempt.LoadAsync(connection, attemptId, ct);
        if (loaded is null || (learnerId is { } id && loaded.LearnerId != id))
        {
            return AttemptProblems.NotFound;
        }

        // Decide
        if (loaded.SubmittedAt is { } before)
        {
            return new Submitted(attemptId, before, ResultUrl(attemptId));
        }

        if (loaded.Status is not (AttemptStatus.InProgress or AttemptStatus.Paused))
        {
            return AttemptProblems.Closed(null);
        }

        loaded = await AppendItem.TakeBackAsync(connection, loaded, ct);
        var now = clock.GetUtcNow();
        var bodies = await versions.LoadAsync([.. loaded.Items.Select(item => item.VersionId)], ct);
        var grade = GradeAttempt.Grade(loaded, bodies, versions.Resources);

        // Write
        await StoreGrade.RunAsync(connection, loaded, grade, type, now, ct);
        await transaction.CommitAsync(ct);
        return new Submitted(attemptId, now, ResultUrl(attemptId));
    }

    private static string ResultUrl(Guid attemptId) => $"/attempts/{attemptId}/result";
}
