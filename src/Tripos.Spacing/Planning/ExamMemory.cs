namespace Tripos.Spacing;

/// <summary>Looks ahead: how well a card will be remembered on the day of an exam when it is reviewed on certain days before.</summary>
/// <remarks>
/// A review may succeed or fail; both are followed and joined again into the one state that has the same chance of recall on the exam day,
/// so that a series of reviews stays a chain and not a tree. After a failure the card is learnt again the same day.
/// </remarks>
internal sealed class ExamMemory(Fsrs model, ExamSettings settings)
{
    private readonly double _decay = -model.Weights[20];
    private readonly double _factor = Math.Exp(Math.Log(0.9) / -model.Weights[20]) - 1;

    /// <summary>The chance of recall on the exam day after reviews on the given days, in order.</summary>
    public double Recall(in PlannedCard card, ReadOnlySpan<int> days)
    {
        var (memory, last) = (card.Memory, card.LastDay);
        for (int i = 0; i < days.Length; i++)
        {
            memory = i == 0 && card.IsNew ? model.First(settings.FirstRecall) : After(memory, days[i] - last, settings.ExamDay - days[i]);
            last = days[i];
        }

        return memory.StabilityDays == 0 ? 0 : model.Retrievability(Math.Max(settings.ExamDay - last, 0), memory.StabilityDays);
    }

    private MemoryState After(MemoryState memory, int waited, int left)
    {
        waited = Math.Max(waited, 0);
        double recalled = model.Retrievability(waited, memory.StabilityDays);
        var kept = model.Next(memory, Tripos.Spacing.Recall.Good, waited);
        var lost = model.Next(model.Next(memory, Tripos.Spacing.Recall.Again, waited), Tripos.Spacing.Recall.Good, 0);
        double joined = (recalled * model.Retrievability(left, kept.StabilityDays)) + ((1 - recalled) * model.Retrievability(left, lost.StabilityDays));
        return new(StabilityOf(joined, left), (recalled * kept.Difficulty) + ((1 - recalled) * lost.Difficulty));
    }

    private double StabilityOf(double recall, int days) =>
        Math.Clamp(_factor * days / (Math.Pow(recall, 1 / _decay) - 1), FsrsWeights.LeastStabilityDays, FsrsWeights.GreatestStabilityDays);
}
