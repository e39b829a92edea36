using Npgsql;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Features.Evaluation.Credits;
using Tripos.Server.Features.Evaluation.Model;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Evaluation;

/// <summary>Asks for a model's verdict on one answer: credits are reserved and the answer is queued in one transaction. Asking again changes nothing and costs nothing.</summary>
public sealed class AskModel(NpgsqlDataSource source, QuestionVersions versions, CreditPrices prices, TimeProvider clock, ModelSettings? model = null)
{
    /// <param name="Credits">What it costs, or would have cost; 0 where it had been asked for before.</param>
    /// <param name="Notice">Why it waits; null for the usual reasons.</param>
    public sealed record Asked(Guid EvaluationId, EvaluationStatus Status, int Credits, string? Notice)
    {
        internal bool IsNew { get; init; }
    }

    public bool IsPossible => model is not null;

    /// <summary>The model's name; null without one.</summary>
    public string? ModelName => model?.Name;

    public async Task<Outcome<Asked>> RunAsync(Guid attemptId, short position, CurrentUser user, CancellationToken ct)
    {
        // Load
        if (await Askable.FindAsync(attemptId, position, user, source, ct) is not { } answer || await versions.LoadAsync(answer.VersionId, ct) is not { } version || !answer.IsFor(version))
        {
            return EvaluationProblems.NotFound;
        }

        // Decide
        var now = clock.GetUtcNow();
        if (Refusal(answer, user, now) is { } refusal)
        {
            return refusal;
        }

        // Write
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var asked = await QueueAsync(connection, answer, EnqueueLocal.UsageOf(version), user, now, ct);
        if (asked.Value is { IsNew: true })
        {
            await transaction.CommitAsync(ct); // else nothing is reserved
        }

        return asked;
    }

    internal Problem? Refusal(Askable answer, CurrentUser user, DateTimeOffset now) =>
        model is null ? EvaluationProblems.NoModel
        : user.Id != answer.LearnerId ? null
        : answer.Rules.Test.FreeAnswers == FreeAnswerPolicy.Marked ? EvaluationProblems.LeftToTeachers
        : !Disclosure.ToLearner(answer.Mode, answer.Rules.Test, now).Correctness ? EvaluationProblems.Withheld
        : null;

    private async Task<Outcome<Asked>> QueueAsync(NpgsqlConnection connection, Askable answer, UsageType usage, CurrentUser user, DateTimeOffset now, CancellationToken ct)
    {
        var id = Guid.CreateVersion7(now);
        var reserved = await CreditLedger.ReserveAsync(connection, id, user.Id, usage, prices[usage], now, ct); // locks the payer's wallet: of two requests at once, the second sees the first
        if (await EarlierAsync(connection, answer, ct) is { } earlier)
        {
            return earlier;
        }

        if (reserved.Value is not { } reservation)
        {
            return reserved.Problem!;
        }

        var status = reservation.IsHeld ? EvaluationStatus.Held : EvaluationStatus.Waiting;
        await connection.ExecuteAsync("""
            INSERT INTO evaluations (id, attempt_id, position, learner_id, question_version_id, profile, evaluator, usage_type, requested_by, status, notice, run_at, created_at)
            VALUES ($1, $2, $3, $4, $5, $6, 'model', $7, $8, $9, $10, $11, $11)
            """, ct, id, answer.AttemptId, answer.Position, answer.LearnerId, answer.VersionId, answer.Rules.Test.Profile ?? "", AppDb.SnakeCase(usage.ToString()), user.Id,
            AppDb.SnakeCase(status.ToString()), reservation.HeldBecause, now);
        return new Asked(id, status, reservation.IsHeld ? 0 : reservation.Credits, reservation.HeldBecause) { IsNew = true };
    }

    /// <summary>The model's evaluation that was asked for before and has not been given up; null for none.</summary>
    internal static async Task<Asked?> EarlierAsync(NpgsqlConnection connection, Askable answer, CancellationToken ct) => (await connection.QueryAsync("""
        SELECT id, status, notice FROM evaluations
        WHERE attempt_id = $1 AND position = $2 AND evaluator = 'model' AND question_version_id = $3 AND profile = $4 AND status <> 'failed'
        """, row => new Asked(row.GetGuid(0), row.Word<EvaluationStatus>(1), 0, row.Maybe<string>(2)), ct, answer.AttemptId, answer.Position, answer.VersionId, answer.Rules.Test.Profile ?? "")).SingleOrDefault();
}
