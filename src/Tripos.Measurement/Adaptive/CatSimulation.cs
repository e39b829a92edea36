namespace Tripos.Measurement.Adaptive;

/// <summary>Sits adaptive tests with known abilities, one session after the other, so that exposure builds up as it would in use.</summary>
public static class CatSimulation
{
    private const int SmoothingSessions = 20;

    /// <summary>Sits one test per ability.</summary>
    /// <param name="bank">The items as the test believes them to be.</param>
    /// <param name="truth">The items as they are, in the same order; the bank itself when there is no error.</param>
    /// <param name="abilities">True abilities, in logits.</param>
    /// <param name="settings">How tests stop and choose.</param>
    /// <param name="seed">Decides every answer and draw.</param>
    /// <returns>What came of it.</returns>
    /// <exception cref="ArgumentException">Bank and truth differ in length.</exception>
    public static CatSimulationResult Run(ReadOnlySpan<CatItem> bank, ReadOnlySpan<CatItem> truth, ReadOnlySpan<double> abilities, CatSettings settings, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (bank.Length != truth.Length)
        {
            throw new ArgumentException($"{bank.Length} items have {truth.Length} true ones.", nameof(truth));
        }

        CatItem[] live = bank.ToArray();
        var result = new CatSimulationResult(bank.Length, abilities.Length);
        var answered = new CatItem[Math.Min(settings.MaxItems, bank.Length)];
        double[] scores = new double[answered.Length];
        for (int session = 0; session < abilities.Length; session++)
        {
            ulong own = unchecked(seed + ((ulong)session * 0xA0761D6478BD642F));
            var random = new SeededRandom(~own);
            int count = 0;
            CatStep step;
            while ((step = Cat.Next(live, answered.AsSpan(0, count), scores.AsSpan(0, count), settings, own)).Choice is { } choice)
            {
                ref readonly var item = ref truth[choice.Index];
                answered[count] = live[choice.Index];
                scores[count++] = random.NextDouble() < Irt.ItemResponse.Probability(abilities[session], item.A, item.B, item.C) ? 1 : 0;
                result.Saw(choice.Index);
            }

            result.Ended(session, count, step.Ability, abilities[session]);
            for (int i = 0; i < live.Length; i++)
            {
                live[i] = live[i] with { ExposureRate = result.Exposures[i] / (double)Math.Max(SmoothingSessions, session + 1) };
            }
        }

        return result;
    }
}
