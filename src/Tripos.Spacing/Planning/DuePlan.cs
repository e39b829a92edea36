using System.Collections.Immutable;

namespace Tripos.Spacing;

/// <summary>Which of the waiting cards come first.</summary>
public enum DueOrder
{
    /// <summary>Those still best remembered: each review then saves most, which gets a backlog down fastest.</summary>
    BestRememberedFirst,

    /// <summary>Those most likely forgotten.</summary>
    LeastRememberedFirst,

    /// <summary>Those that have waited longest.</summary>
    LongestDueFirst,
}

/// <summary>How due cards are spread over the days.</summary>
public sealed record DuePlanSettings
{
    /// <summary>The study day of today.</summary>
    public required int Today { get; init; }

    /// <summary>Cards per day at most; &gt;= 1.</summary>
    public int CardsPerDay { get; init; } = 200;

    /// <summary>Which of the waiting cards come first.</summary>
    public DueOrder Order { get; init; } = DueOrder.BestRememberedFirst;

    /// <summary>Days without reviews: study days from the first up to and including the second; null for none.</summary>
    public (int First, int Last)? Vacation { get; init; }

    /// <summary>Whether cards due in the vacation are taken before it, as far as its eve allows, instead of after.</summary>
    public bool WorkAhead { get; init; }

    /// <summary>How much of a normal load each weekday may carry, Sunday first: 7 factors in [0, 1].</summary>
    public ImmutableArray<double> EasyDays { get; init; } = [1, 1, 1, 1, 1, 1, 1];

    internal int Room(int day) => Vacation is { } off && day >= off.First && day <= off.Last
        ? 0
        : (int)Math.Floor(CardsPerDay * EasyDays[(int)StudyDay.WeekdayOf(day)] + 0.5);
}

/// <summary>On which day each due card is to be reviewed: the answer to a backlog, a vacation and easy days alike.</summary>
/// <param name="DayOf">The study day of each card, in the order given.</param>
/// <param name="PerDay">Cards per day, today at index 0.</param>
/// <param name="CaughtUpOn">The first study day at whose end nothing is waiting any more.</param>
public sealed record DuePlan(ImmutableArray<int> DayOf, ImmutableArray<int> PerDay, int CaughtUpOn)
{
    private const int MostDays = 3650;

    /// <summary>Spreads cards over the days from today: each day takes the cards due by then, first those that come first, up to its room.</summary>
    /// <param name="model">The memory model, for the order.</param>
    /// <param name="cards">The cards; new ones wait behind the others.</param>
    /// <param name="settings">Cap, vacation, easy days, order.</param>
    /// <returns>The plan. Cards due after ten years keep their day; those waiting then are put on the last day.</returns>
    /// <exception cref="ArgumentException">A day never has room: the cap is below 1, or every weekday is off.</exception>
    public static DuePlan Make(Fsrs model, IReadOnlyList<PlannedCard> cards, DuePlanSettings settings) => Make(model, cards, settings, MostDays);

    /// <summary>The smallest cap with which a backlog is gone after so many days, and the plan with it.</summary>
    /// <param name="model">The memory model.</param>
    /// <param name="cards">The cards, those due later included.</param>
    /// <param name="days">Days to catch up in, today included; &gt;= 1.</param>
    /// <param name="settings">Vacation, easy days and order; its cap is not used.</param>
    /// <returns>Cards per day and the plan. Where even taking all at once would not do, as in a vacation, everything is taken on the first free day.</returns>
    public static (int CardsPerDay, DuePlan Plan) CatchUp(Fsrs model, IReadOnlyList<PlannedCard> cards, int days, DuePlanSettings settings)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(days, 1);
        int end = settings.Today + days - 1;
        PlannedCard[] inTime = [.. cards.Where(card => DueDay(card, settings) <= end)];
        int low = Math.Max((int)Math.Ceiling(0.5 / settings.EasyDays.Max()), 1), high = Math.Max(inTime.Length, 1) * low;
        while (low < high)
        {
            int middle = low + (high - low) / 2;
            (low, high) = Make(model, inTime, settings with { CardsPerDay = middle }, days).CaughtUpOn <= end ? (low, middle) : (middle + 1, high);
        }

        return (low, Make(model, cards, settings with { CardsPerDay = low }));
    }

    private static DuePlan Make(Fsrs model, IReadOnlyList<PlannedCard> cards, DuePlanSettings settings, int mostDays)
    {
        if (settings.CardsPerDay < 1 || settings.EasyDays.Length != 7 || !settings.EasyDays.Any(load => load * settings.CardsPerDay >= 0.5))
        {
            throw new ArgumentException("Some weekday must have room for a card.", nameof(settings));
        }

        int[] dayOf = new int[cards.Count], arrivals = [.. Enumerable.Range(0, cards.Count).OrderBy(i => DueDay(cards[i], settings))];
        var waiting = new List<int>();
        var perDay = new List<int>();
        int day = settings.Today, next = 0, caughtUpOn = settings.Today;
        for (; day - settings.Today <= mostDays && (next < arrivals.Length || waiting.Count > 0); day++)
        {
            while (next < arrivals.Length && DueDay(cards[arrivals[next]], settings) <= day)
            {
                waiting.Add(arrivals[next++]);
            }

            bool last = day - settings.Today == mostDays;
            int taken = last ? waiting.Count : Math.Min(settings.Room(day), waiting.Count);
            Take(model, cards, settings, day, waiting, taken, dayOf);
            perDay.Add(taken);
            caughtUpOn = taken > 0 || waiting.Count > 0 ? day : caughtUpOn;
        }

        foreach (int card in arrivals.AsSpan(next))
        {
            dayOf[card] = DueDay(cards[card], settings);
        }

        return new([.. dayOf], [.. perDay], caughtUpOn);
    }

    private static void Take(Fsrs model, IReadOnlyList<PlannedCard> cards, DuePlanSettings settings, int day, List<int> waiting, int taken, int[] dayOf)
    {
        if (taken < waiting.Count && taken > 0)
        {
            var ordered = waiting.OrderBy(i => cards[i].IsNew).ThenBy(i => Rank(model, cards[i], settings.Order, day)).ThenBy(i => i).ToList();
            waiting.Clear();
            waiting.AddRange(ordered);
        }

        foreach (int card in waiting.Take(taken))
        {
            dayOf[card] = day;
        }

        waiting.RemoveRange(0, taken);
    }

    private static double Rank(Fsrs model, in PlannedCard card, DueOrder order, int day) => order switch
    {
        DueOrder.BestRememberedFirst => -card.RecallOn(model, day),
        DueOrder.LeastRememberedFirst => card.RecallOn(model, day),
        _ => card.DueDay,
    };

    private static int DueDay(in PlannedCard card, DuePlanSettings settings)
    {
        int due = Math.Max(card.DueDay, settings.Today);
        return settings is { WorkAhead: true, Vacation: { } off } && due >= off.First && due <= off.Last
            ? Math.Max(settings.Today, off.First - 1 - Math.Min(7, due - off.First))
            : due;
    }
}
