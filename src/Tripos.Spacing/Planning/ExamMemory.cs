namespace Tripos.Spacing;

/// <summary>What a review before an exam is worth on the day of the exam.</summary>
/// <remarks>
/// A review may succeed or fail, and a failed card is learnt again the same day; both ways are followed. To plan further reviews they are joined
/// into the one state that has the same chance of recall on the exam day, so that a series of reviews stays a chain and not a tree.
/// </remarks>
internal sealed class ExamMemory(Fsrs model, ExamSettings settings)
{
    private readonly double _decay = -model.Weights[20];
    private readonly double _factor = Math.Exp(Math.Log(0.9) / -model.Weights[20]) - 1;

    /// <summary>The chance of recall on the exam day when the card is not seen again.</summary>
    public double Recall(in PlannedCard card) => card.RecallOn(model, settings.ExamDay);

    /// <summary>What a review on a day adds to the chance of recall on the exam day.</summary>
    public double Gain(in PlannedCard card, int day) => card.IsNew
        ? model.Retrievability(settings.ExamDay - day, model.First(settings.FirstRecall).StabilityDays)
        : card.LastDay >= day ? 0 : Outcomes(card, day).Joined - Recall(card);

    /// <summary>The card as it is expected to be after a review on a day.</summary>
    public PlannedCard After(in PlannedCard card, int day)
    {
        if (card.IsNew)
        {
            return card with { Memory = model.First(settings.FirstRecall), LastDay = day };
        }

        var (kept, lost, recalled, joined) = Outcomes(card, day);
        double stability = _factor * (settings.ExamDay - day) / (Math.Pow(joined, 1 / _decay) - 1);
        return card with
        {
            Memory = new(
                Math.Clamp(stability, FsrsWeights.LeastStabilityDays, FsrsWeights.GreatestStabilityDays),
                recalled * kept.Difficulty + (1 - recalled) * lost.Difficulty),
            LastDay = day,
        };
    }

    private (MemoryState Kept, MemoryState Lost, double Recalled, double Joined) Outcomes(in PlannedCard card, int day)
    {
        int waited = Math.Max(day - card.LastDay, 0), left = settings.ExamDay - day;
        double recalled = model.Retrievability(waited, card.Memory.StabilityDays);
        var kept = model.Next(card.Memory, Spacing.Recall.Good, waited);
        var lost = model.Next(model.Next(card.Memory, Spacing.Recall.Again, waited), Spacing.Recall.Good, 0);
        double joined = recalled * model.Retrievability(left, kept.StabilityDays) + (1 - recalled) * model.Retrievability(left, lost.StabilityDays);
        return (kept, lost, recalled, joined);
    }
}
