using FsCheck;
using FsCheck.Fluent;

namespace Tripos.Spacing.Tests;

/// <summary>What must hold for any weights within their bounds and any memory.</summary>
public sealed class FsrsPropertyTests
{
    [Fact]
    public void A_success_a_day_or_more_later_never_shortens_memory() => Check((model, memory, days) =>
        Enum.GetValues<Recall>().Where(recall => recall != Recall.Again).All(recall => model.Next(memory, recall, days + 1).StabilityDays >= memory.StabilityDays));

    [Fact]
    public void A_lapse_never_lengthens_memory() => Check((model, memory, days) =>
        model.Next(memory, Recall.Again, days + 1).StabilityDays <= memory.StabilityDays);

    [Fact]
    public void A_better_answer_never_leaves_a_shorter_or_harder_memory() => Check((model, memory, days) =>
    {
        var next = Enum.GetValues<Recall>().Select(recall => model.Next(memory, recall, days)).ToArray();
        return next[1].StabilityDays >= next[0].StabilityDays && next[3].StabilityDays >= next[2].StabilityDays
            && next.Zip(next.Skip(1)).All(pair => pair.Second.Difficulty <= pair.First.Difficulty);
    });

    [Fact]
    public void Every_memory_stays_within_its_bounds() => Check((model, memory, days) =>
        Enum.GetValues<Recall>().SelectMany(recall => new[] { model.Next(memory, recall, days), model.Next(memory, recall, 0, shortTerm: false) })
            .All(next => next.StabilityDays is >= 0.001 and <= 36_500 && next.Difficulty is >= 1 and <= 10));

    [Fact]
    public void Intervals_grow_with_stability_and_shrink_with_the_wished_recall() => Check((model, memory, days) =>
    {
        double[] levels = [0.7, 0.8, 0.9, 0.95, 0.97];
        int[] intervals = [.. levels.Select(level => model.IntervalDays(memory.StabilityDays, level))];
        return intervals.Zip(intervals.Skip(1)).All(pair => pair.First >= pair.Second)
            && levels.All(level => model.IntervalDays(memory.StabilityDays + days, level) >= model.IntervalDays(memory.StabilityDays, level))
            && intervals.All(interval => interval is >= 1 and <= 36_500);
    });

    [Fact]
    public void Recall_only_fades_and_is_90_percent_after_as_many_days_as_stability() => Check((model, memory, days) =>
        model.Retrievability(days, memory.StabilityDays) >= model.Retrievability(days + 1, memory.StabilityDays)
        && Math.Abs(model.Retrievability(memory.StabilityDays, memory.StabilityDays) - 0.9) < 1e-6);

    // Memories and days come from the seed as well, spread over their whole ranges on a logarithmic scale.
    private static void Check(Func<Fsrs, MemoryState, int, bool> holds) => Prop.ForAll<int>(seed =>
    {
        var random = new SplitMix((ulong)seed);
        double[] weights = [.. FsrsWeights.Least.Select((least, i) => least + (FsrsWeights.Greatest[i] - least) * random.Unit())];
        var memory = new MemoryState(Math.Round(Math.Exp(random.Unit() * 15 - 5), 8), 1 + 9 * random.Unit());
        return holds(new Fsrs(weights), memory, (int)Math.Exp(random.Unit() * 8) - 1);
    }).QuickCheckThrowOnFailure();
}
