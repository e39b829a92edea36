using System.Collections.Immutable;

namespace Tripos.Spacing;

/// <summary>One day of a plan.</summary>
/// <param name="Day">The study day.</param>
/// <param name="Cards">Cards to study, as places in the list the plan was made for; those whose memory fades most first, new ones last.</param>
/// <param name="NewCards">How many of them are new.</param>
/// <param name="Minutes">Minutes they take.</param>
public sealed record ExamPlanDay(int Day, ImmutableArray<int> Cards, int NewCards, double Minutes);

/// <summary>What to study each day so that as much as possible is remembered on the day of an exam.</summary>
/// <param name="Days">The days from today to the eve of the exam.</param>
/// <param name="ExpectedRecall">Expected share (by weight) remembered on the exam day when the plan is kept, in [0, 1].</param>
/// <param name="RecallWithout">The same when nothing is studied any more.</param>
/// <remarks>
/// Greedy: of all pairs of a card and a day with time left, the one that adds most expected recall per minute is taken, then the card's worth on
/// all days is computed anew, until time or gain runs out. What a review adds is looked up on the exam day, with the reviews already planned for
/// the card before and after it. The plan is made from expectations: make it again each day from what has happened.
/// </remarks>
public sealed record ExamPlan(ImmutableArray<ExamPlanDay> Days, double ExpectedRecall, double RecallWithout)
{
    /// <summary>Makes a plan.</summary>
    /// <param name="model">The memory model.</param>
    /// <param name="cards">The cards the exam is about, new ones included.</param>
    /// <param name="settings">The time left and what reviews cost.</param>
    /// <returns>The plan; empty days and equal recalls when the exam is today or over.</returns>
    /// <exception cref="ArgumentException">A cost is not positive.</exception>
    public static ExamPlan Make(Fsrs model, IReadOnlyList<PlannedCard> cards, ExamSettings settings)
    {
        settings.Check();
        var search = new ExamSearch(model, cards, settings);
        double without = search.ExpectedRecall;
        search.Run();
        return new(search.Days(), search.ExpectedRecall, without);
    }
}
