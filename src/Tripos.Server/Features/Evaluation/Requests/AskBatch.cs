using Npgsql;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Features.Evaluation.Credits;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Evaluation;

/// <summary>Asks for a model's verdict on many answers at once: first what it would cost, then, with that number confirmed, the asking.</summary>
public sealed class AskBatch(AskModel ask, NpgsqlDataSource source, QuestionVersions versions, CreditPrices prices, TimeProvider clock)
{
    /// <summary>At once; the rest is another batch.</summary>
    public const int MostAnswers = 500;

    /// <summary>What asking would cost.</summary>
    /// <param name="Available">Credits of whoever asks; null for as many as they like.</param>
    public sealed record Estimate(int Answers, int Credits, int? Available)
    {
        public bool Fits => Available is not { } available || Credits <= available;
    }

    /// <param name="Left">Answers that were not asked about, because credits ran out.</param>
    public sealed record Batch(int Asked, int Held, int Left, int Credits);

    /// <param name="Credits">What the estimate said: a batch that costs more by now is refused.</param>
    public sealed record Request(int Credits);

    /// <param name="attemptId">All of one attempt, by its learner or a teacher …</param>
    /// <param name="testId">… or all graded attempts of one test, by a teacher.</param>
    public async Task<Estimate> EstimateAsync(Guid? attemptId, Guid? testId, CurrentUser user, CancellationToken ct)
    {
        var answers = await AnswersAsync(attemptId, testId, user, ct);
        await using var connection = await source.OpenConnectionAsync(ct);
        var balance = await CreditLedger.BalanceAsync(connection, user.Id, clock.GetUtcNow(), ct);
        return new Estimate(answers.Count, answers.Sum(answer => prices[answer.Usage]), balance.Unlimited ? null : balance.Available);
    }

    public async Task<Outcome<Batch>> RunAsync(Guid? attemptId, Guid? testId, Request request, CurrentUser user, CancellationToken ct)
    {
        if (!ask.IsPossible)
        {
            return EvaluationProblems.NoModel;
        }

        var answers = await AnswersAsync(attemptId, testId, user, ct);
        int price = answers.Sum(answer => prices[answer.Usage]);
        if (price > request.Credits)
        {
            return new Problem("estimate-outdated", 409, "It costs more by now", $"There are more answers than the estimate knew: {answers.Count} for {Words.Count(price, "credit")}. Look at the new estimate.");
        }

        int asked = 0, held = 0, credits = 0;
        foreach (var (answer, _) in answers)
        {
            var outcome = await ask.RunAsync(answer.AttemptId, answer.Position, user, ct);
            if (outcome.Value is not { } done)
            {
                return asked > 0 ? new Batch(asked, held, answers.Count - asked, credits) : outcome.Problem!;
            }

            asked++;
            held += done.Status == EvaluationStatus.Held ? 1 : 0;
            credits += done.Credits;
        }

        return new Batch(asked, held, 0, credits);
    }

    private async Task<List<(Askable Answer, UsageType Usage)>> AnswersAsync(Guid? attemptId, Guid? testId, CurrentUser user, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var answers = (await Askable.UnaskedAsync(attemptId, testId, MostAnswers, source, ct)).Where(answer => ask.Refusal(answer, user, now) is null).ToList();
        var loaded = await versions.LoadAsync([.. answers.Select(answer => answer.VersionId)], ct);
        return [.. answers.Zip(loaded).Where(pair => pair.First.IsFor(pair.Second)).Select(pair => (pair.First, EnqueueLocal.UsageOf(pair.Second)))];
    }
}
