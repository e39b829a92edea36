namespace Tripos.Measurement.Adaptive;

/// <summary>Finds the administration chances that keep every item's exposure under a limit (Sympson and Hetter 1985).</summary>
public static class SympsonHetter
{
    /// <summary>Simulates, lowers the chances of items chosen too often to limit ÷ share of sessions that chose them, and repeats.</summary>
    /// <param name="bank">The items; their chances are ignored.</param>
    /// <param name="abilities">Abilities to simulate, in logits, as those of the learners to come.</param>
    /// <param name="settings">How tests stop; the rule is replaced.</param>
    /// <param name="limit">Most exposure, in (0, 1].</param>
    /// <param name="rounds">How often; ten are usually enough.</param>
    /// <param name="seed">Decides every draw.</param>
    /// <returns>The bank with <see cref="CatItem.AdministrationChance"/> set; its largest exposure in the last round is about the limit.</returns>
    public static CatItem[] Calibrate(ReadOnlySpan<CatItem> bank, ReadOnlySpan<double> abilities, CatSettings settings, double limit, int rounds, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        CatItem[] items = bank.ToArray();
        for (int i = 0; i < items.Length; i++)
        {
            items[i] = items[i] with { AdministrationChance = 1 };
        }

        for (int round = 0; round < rounds; round++)
        {
            var seen = CatSimulation.Run(items, items, abilities, settings with { Rule = CatRule.SympsonHetter }, seed + (ulong)round).Exposures;
            for (int i = 0; i < items.Length; i++)
            {
                // What is asked is a share of what is chosen: chosen = asked / chance.
                double chosen = seen[i] / (double)abilities.Length / items[i].AdministrationChance;
                items[i] = items[i] with { AdministrationChance = chosen > limit ? limit / chosen : 1 };
            }
        }

        return items;
    }
}
