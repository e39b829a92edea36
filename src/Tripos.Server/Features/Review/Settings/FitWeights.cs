using Npgsql;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;
using Tripos.Spacing;

namespace Tripos.Server.Features.Review;

/// <summary>One fit of the memory model to a learner's own reviews.</summary>
/// <param name="Reviews">Reviews it could learn from.</param>
/// <param name="LossBefore">Log-loss of the weights used until then, on these reviews; lower predicts better.</param>
/// <param name="LossAfter">Of the fitted ones.</param>
/// <param name="Used">Whether the next reviews are scheduled with it: it predicts them better, and fits to the past predicted what came after better than the published weights.</param>
public sealed record WeightsFit(long Id, int Reviews, int ReviewsSeen, double LossBefore, double LossAfter, bool Used, DateTimeOffset FittedAt);

/// <summary>Fits the weights of the memory model to a learner's reviews, and uses them for the next ones when they predict better.</summary>
public static class FitWeights
{
    /// <summary>So many new reviews make a new fit worth its while.</summary>
    public const int ReviewsBetweenFits = 400;

    /// <summary>Too little to learn anything from.</summary>
    private const int FewestItems = 8;

    private const int MostReviews = 30_000; // the newest; fitting them takes some seconds
    private const int LearnersAtOnce = 50;

    /// <summary>The schedule's pace.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromHours(1);

    private static readonly TimeSpan LooksBack = 3 * Every;

    /// <summary>Fits everybody who reviewed lately and has enough new reviews: the schedule's work.</summary>
    public static async Task RunDueAsync(Schemes schemes, NpgsqlDataSource source, TimeProvider clock, CancellationToken ct)
    {
        var due = await source.QueryAsync($"""
            SELECT l.learner_id FROM (SELECT DISTINCT learner_id FROM card_reviews WHERE at >= $2) l
            WHERE (SELECT count(*) FROM card_reviews r WHERE r.learner_id = l.learner_id AND r.undone_at IS NULL)
                >= $1 + COALESCE((SELECT max(w.reviews_seen) FROM fsrs_weights w WHERE w.learner_id = l.learner_id), 0) LIMIT {LearnersAtOnce}
            """, row => row.GetGuid(0), ct, (long)ReviewsBetweenFits, clock.GetUtcNow() - LooksBack);
        foreach (var learner in due)
        {
            await RunAsync(learner, schemes, source, ct);
        }
    }

    public static Task<Outcome<WeightsFit>> RunAsync(CurrentUser learner, Schemes schemes, NpgsqlDataSource source, CancellationToken ct) => RunAsync(learner.Id, schemes, source, ct);

    /// <summary>The last fits, newest first.</summary>
    public static Task<List<WeightsFit>> LastAsync(Guid learnerId, NpgsqlDataSource source, CancellationToken ct) => source.QueryAsync(
        "SELECT id, reviews, reviews_seen, log_loss_before, log_loss_after, used, fitted_at FROM fsrs_weights WHERE learner_id = $1 ORDER BY id DESC LIMIT 5",
        row => new WeightsFit(row.GetInt64(0), row.GetInt32(1), row.GetInt32(2), row.GetDouble(3), row.GetDouble(4), row.GetBoolean(5), row.Time(6)), ct, learnerId);

    private static async Task<Outcome<WeightsFit>> RunAsync(Guid learnerId, Schemes schemes, NpgsqlDataSource source, CancellationToken ct)
    {
        // Load
        await using var connection = await source.OpenConnectionAsync(ct);
        var reviews = await connection.QueryAsync($"""
            SELECT card_id, recall, at, day_starts_min FROM card_reviews WHERE learner_id = $1 AND undone_at IS NULL ORDER BY at DESC, card_id, number DESC LIMIT {MostReviews}
            """, row => (Review: new LoggedReview<long>(row.GetInt64(0), (Recall)row.GetInt16(1), row.GetDateTime(2)), DayStartsMin: row.GetInt16(3)), ct, learnerId);
        var scheme = await schemes.CurrentAsync(connection, learnerId, ct);
        if (reviews.Count == 0 || HistoryOf(reviews) is not { ItemCount: >= FewestItems } history)
        {
            return ReviewProblems.NothingToFit;
        }

        // Decide: the model is fitted outside of any transaction, it may take a second.
        var options = FitOptions.Default with { RelearningSteps = scheme.RelearningStepsS.Length };
        var fit = Optimiser.Fit(history, options, progress: null, ct);
        double before = Optimiser.Evaluate(history, new Fsrs(scheme.Weights), options).LogLoss, after = fit.After.LogLoss;
        var (ahead, usual) = Optimiser.EvaluateSplits(history, options, ct); // fitted to the past, measured on what came after

        // Write
        await using var transaction = await connection.BeginTransactionAsync(ct);
        bool used = after < before && ahead.LogLoss < usual.LogLoss;
        var made = (await connection.QueryAsync("""
            INSERT INTO fsrs_weights (learner_id, weights, reviews, reviews_seen, log_loss_before, log_loss_after, used) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id, fitted_at
            """, row => new WeightsFit(row.GetInt64(0), history.ItemCount, reviews.Count, before, after, used, row.Time(1)), ct,
            learnerId, fit.Model.Weights.ToArray(), history.ItemCount, reviews.Count, before, after, used))[0];
        if (used)
        {
            await SaveDeckSettings.SetSchemeAsync(connection, learnerId, scheme, scheme with { WeightsId = made.Id }, ct);
        }

        await transaction.CommitAsync(ct);
        return made;
    }

    // Each review with the start of the day it was made on: a learner may have moved to another zone since.
    private static ReviewHistory HistoryOf(List<(LoggedReview<long> Review, short DayStartsMin)> reviews) => ReviewHistory.Of(
        reviews.AsEnumerable().Reverse().Select(row => row.Review with { AtUtc = row.Review.AtUtc.AddMinutes(-row.DayStartsMin) }));
}
