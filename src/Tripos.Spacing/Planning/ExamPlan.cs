using System.Collections.Immutable;

namespace Tripos.Spacing;

/// <summary>One day of a plan.</summary>
/// <param name="Day">The study day.</param>
/// <param name="Cards">Cards to study, as places in the list the plan was made for, those worth most per minute first.</param>
/// <param name="NewCards">How many of them are new.</param>
/// <param name="Minutes">Minutes they take.</param>
public sealed record ExamPlanDay(int Day, ImmutableArray<int> Cards, int NewCards, double Minutes);

/// <summary>What to study each day so that as much as possible is remembered on the day of an exam.</summary>
/// <param name="Days">The days from today to the eve of the exam.</param>
/// <param name="ExpectedRecall">Expected share (by weight) remembered on the exam day when the plan is kept, in [0, 1].</param>
/// <param name="RecallWithout">The same when nothing is studied any more.</param>
/// <remarks>
/// Day by day, cards are taken in the order of what a review adds to expected recall on the exam day, per minute, until the minutes are used up or nothing adds enough to be worth the time.
/// From what it adds today, 0.3 of the most it would add on another day of the coming week is taken off: what can as well wait, waits. (Found by
/// simulation: without it tight budgets lose up to 0.003 of recall; a larger share or a longer view loses more.) The plan is made from
/// expectations: make it again each day from what has happened, and use its first day.
/// </remarks>
public sealed record ExamPlan(ImmutableArray<ExamPlanDay> Days, double ExpectedRecall, double RecallWithout)
{
    private const double Patience = 0.3;

    // Days ahead on which a later review is tried.
    private static readonly int[] Later = [1, 3, 5, 7];

    /// <summary>Makes a plan.</summary>
    /// <param name="model">The memory model.</param>
    /// <param name="cards">The cards the exam is about, new ones included.</param>
    /// <param name="settings">The time left and what reviews cost.</param>
    /// <returns>The plan; no days and equal recalls when the exam is today or over.</returns>
    /// <exception cref="ArgumentException">A cost is not positive.</exception>
    public static ExamPlan Make(Fsrs model, IReadOnlyList<PlannedCard> cards, ExamSettings settings)
    {
        settings.Check();
        var memory = new ExamMemory(model, settings);
        PlannedCard[] now = [.. cards];
        double without = Expected(memory, now);
        var days = ImmutableArray.CreateBuilder<ExamPlanDay>();
        for (int day = settings.Today; day < settings.ExamDay; day++)
        {
            days.Add(Study(memory, now, settings, day));
        }

        return new(days.ToImmutable(), Expected(memory, now), without);
    }

    private static ExamPlanDay Study(ExamMemory memory, PlannedCard[] cards, ExamSettings settings, int day)
    {
        double minutes = settings.Minutes(day - settings.Today), left = minutes;
        int fresh = 0;
        var taken = ImmutableArray.CreateBuilder<int>();
        foreach (int card in ByWorth(memory, cards, settings, day))
        {
            double cost = settings.Cost(cards[card].IsNew);
            if (cost > left + 1e-9 || (cards[card].IsNew && fresh == settings.NewCardsPerDay))
            {
                continue;
            }

            left -= cost;
            fresh += cards[card].IsNew ? 1 : 0;
            cards[card] = memory.After(cards[card], day);
            taken.Add(card);
        }

        return new(day, taken.ToImmutable(), fresh, minutes - left);
    }

    private static int[] ByWorth(ExamMemory memory, PlannedCard[] cards, ExamSettings settings, int day)
    {
        double[] worth = new double[cards.Length];
        int[] order = new int[cards.Length];
        int count = 0;
        for (int card = 0; card < cards.Length; card++)
        {
            double gain = memory.Gain(cards[card], day);
            if (gain >= settings.LeastGain && cards[card].Weight > 0)
            {
                worth[count] = -cards[card].Weight * (gain - Patience * BestLater(memory, cards[card], settings, day)) / settings.Cost(cards[card].IsNew);
                order[count++] = card;
            }
        }

        Array.Sort(worth, order, 0, count);
        return order[..count];
    }

    private static double BestLater(ExamMemory memory, in PlannedCard card, ExamSettings settings, int day)
    {
        double best = 0;
        foreach (int days in Later)
        {
            best = day + days < settings.ExamDay ? Math.Max(best, memory.Gain(card, day + days)) : best;
        }

        return best;
    }

    private static double Expected(ExamMemory memory, PlannedCard[] cards)
    {
        double sum = 0, total = 0;
        foreach (var card in cards)
        {
            sum += card.Weight * memory.Recall(card);
            total += card.Weight;
        }

        return total > 0 ? sum / total : 0;
    }
}
