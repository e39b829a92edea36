using Tripos.Measurement.Irt;

namespace Tripos.Measurement.Adaptive;

/// <summary>Adaptive testing without a memory of its own: everything follows from the items answered so far, their scores, and the seed of the session.</summary>
public static class Cat
{
    /// <summary>The ability that the answers show (expected a posteriori under a normal prior).</summary>
    /// <param name="answered">The items answered.</param>
    /// <param name="scores">Their scores in [0, 1], in the same order.</param>
    /// <param name="priorMean">Mean of the ability before the test, in logits.</param>
    /// <param name="priorDeviation">Its standard deviation, in logits, &gt; 0.</param>
    /// <exception cref="ArgumentException">Items and scores differ in number, or a score is outside [0, 1].</exception>
    /// <remarks>The standard error includes the items' own errors.</remarks>
    public static AbilityEstimate Estimate(ReadOnlySpan<CatItem> answered, ReadOnlySpan<double> scores, double priorMean = 0, double priorDeviation = 1)
    {
        if (answered.Length != scores.Length)
        {
            throw new ArgumentException($"{answered.Length} items have {scores.Length} scores.", nameof(scores));
        }

        Span<double> density = stackalloc double[AbilityPosterior.DefaultPoints];
        var posterior = new AbilityPosterior(density, priorMean, priorDeviation);
        for (int i = 0; i < answered.Length; i++)
        {
            ref readonly var item = ref answered[i];
            posterior.Add(scores[i], item.A, item.B, item.C, item.BStandardError);
        }

        return posterior.Estimate();
    }

    /// <summary>The next item, or why the test is over. Nothing is allocated.</summary>
    /// <param name="bank">All items of the test; those answered are passed over.</param>
    /// <param name="answered">The items answered, in order.</param>
    /// <param name="scores">Their scores in [0, 1].</param>
    /// <param name="settings">When to stop and how to choose.</param>
    /// <param name="seed">The seed of the session, the same for all its items; the same arguments give the same step.</param>
    /// <exception cref="ArgumentException">Items and scores differ in number, or a score is outside [0, 1].</exception>
    public static CatStep Next(ReadOnlySpan<CatItem> bank, ReadOnlySpan<CatItem> answered, ReadOnlySpan<double> scores, CatSettings settings, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var ability = Estimate(answered, scores, settings.PriorMean, settings.PriorDeviation);
        if (answered.Length >= settings.MaxItems)
        {
            return new(null, CatStop.MaximumItems, ability);
        }

        bool enough = answered.Length >= settings.MinItems;
        if (enough && ability.StandardError <= settings.StopStandardError)
        {
            return new(null, CatStop.SureEnough, ability);
        }

        var choosing = new CatChoosing(bank, answered, settings, ability, seed);
        int index = choosing.Choose();
        if (index < 0)
        {
            return new(null, CatStop.NoItemLeft, ability);
        }

        return enough && Math.Max(choosing.MostInformation, CatChoosing.Information(bank[index], ability.Theta)) < settings.LeastInformation
            ? new(null, CatStop.NothingInformative, ability)
            : new(new(index, CatChoosing.Information(bank[index], ability.Theta), ItemResponse.Probability(ability.Theta, bank[index].A, bank[index].B, bank[index].C)), CatStop.None, ability);
    }
}
