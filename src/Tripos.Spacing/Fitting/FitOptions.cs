namespace Tripos.Spacing;

/// <summary>How weights are fitted to a review history; the defaults suit everyone.</summary>
public sealed record FitOptions
{
    /// <summary>The usual options.</summary>
    public static FitOptions Default { get; } = new();

    /// <summary>Whether same-day reviews follow their own formula, as the schedule has it.</summary>
    public bool ShortTerm { get; init; } = true;

    /// <summary>Relearning steps of the schedule; see <see cref="FsrsWeights.Adopt"/>.</summary>
    public int RelearningSteps { get; init; } = 1;

    /// <summary>Whether recent reviews count more: from 0.25 for the oldest to 1 for the newest, by the cube of their place.</summary>
    public bool FavourRecent { get; init; } = true;

    /// <summary>Times all reviews are gone through; &gt;= 1.</summary>
    public int Epochs { get; init; } = 20;

    /// <summary>Reviews per step of the descent, at least (cards are not split); &gt;= 1.</summary>
    public int BatchSize { get; init; } = 512;

    /// <summary>First length of a step, falling to 0 along half a cosine; &gt; 0.</summary>
    public double LearningRate { get; init; } = 0.04;

    /// <summary>How strongly weights are held at where they started, in units of how much they usually differ between learners; &gt;= 0.</summary>
    public double Restraint { get; init; } = 1;

    /// <summary>Where the order of cards comes from.</summary>
    public ulong Seed { get; init; } = 2023;
}

/// <summary>Which weights a fit has changed.</summary>
public enum FitScope
{
    /// <summary>None: fewer than 8 reviews to learn from, or the fitted weights predicted no better.</summary>
    None,

    /// <summary>The four first stabilities: fewer than 64 reviews, or no card with two long ones.</summary>
    FirstStabilities,

    /// <summary>All 21.</summary>
    All,
}

/// <summary>How well weights predict a history.</summary>
/// <param name="LogLoss">Mean binary cross-entropy, in nats; lower is better.</param>
/// <param name="RmseBins">Root mean squared difference between predicted and actual recall over groups of similar reviews, in [0, 1].</param>
/// <param name="Auc">Chance that a recalled review was predicted higher than a forgotten one, in [0, 1]; 0.5 when all went the same way.</param>
/// <param name="Reviews">Reviews predicted.</param>
/// <param name="PredictedRecall">Mean prediction, in [0, 1].</param>
/// <param name="ActualRecall">Share recalled, in [0, 1].</param>
public sealed record Evaluation(double LogLoss, double RmseBins, double Auc, int Reviews, double PredictedRecall, double ActualRecall);

/// <summary>Fitted weights and what they are worth.</summary>
/// <param name="Model">The memory model with the weights to use from now on.</param>
/// <param name="Scope">Which weights changed.</param>
/// <param name="Before">How the default weights predict the reviews used.</param>
/// <param name="After">How the new ones do, on the same reviews they were fitted to.</param>
/// <param name="ReviewsGiven">Reviews in the history.</param>
/// <param name="ReviewsUsed">Reviews fitted to: long ones, without outliers.</param>
public sealed record FitResult(Fsrs Model, FitScope Scope, Evaluation Before, Evaluation After, int ReviewsGiven, int ReviewsUsed);
