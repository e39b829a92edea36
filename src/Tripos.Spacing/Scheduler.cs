namespace Tripos.Spacing;

/// <summary>Decides when a card comes back: FSRS-6 with learning steps, as ts-fsrs does it, and fuzz by a seed.</summary>
/// <remarks>
/// Immutable, safe to share, allocates nothing per review. Time is given, never read. While learning: Again returns to the first step,
/// Hard waits the mean of the first two steps (1.5 times an only one) and stays, Good moves on, Easy and the end of the steps graduate. In review the
/// intervals of Hard, Good and Easy are kept apart: hard at most good, good after hard, easy after good.
/// </remarks>
public sealed class Scheduler
{
    private readonly Fsrs _fsrs;
    private readonly SchedulerSettings _settings;
    private readonly double _intervalFactor;
    private readonly bool _hasEasyDays;

    /// <summary>Makes a scheduler.</summary>
    /// <param name="fsrs">The memory model; with several relearning steps its same-day weights are held down (<see cref="FsrsWeights.Adopt"/>).</param>
    /// <param name="settings">How to schedule.</param>
    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    public Scheduler(Fsrs fsrs, SchedulerSettings settings)
    {
        settings.Check();
        _fsrs = settings is { ShortTerm: true, RelearningSteps.Length: > 1 } ? new Fsrs(fsrs.Weights.AsSpan(), settings.RelearningSteps.Length) : fsrs;
        _settings = settings;
        _intervalFactor = fsrs.IntervalFactor(settings.DesiredRetention);
        _hasEasyDays = settings.HasEasyDays;
    }

    /// <summary>The memory model in use.</summary>
    public Fsrs Model => _fsrs;

    /// <summary>How cards are scheduled.</summary>
    public SchedulerSettings Settings => _settings;

    /// <summary>The card after a review.</summary>
    /// <param name="card">The card before it.</param>
    /// <param name="recall">How it went.</param>
    /// <param name="atUtc">When (UTC); a time before the last review counts as the same day.</param>
    /// <param name="seed">Where fuzz comes from, best a number of the card; it is mixed with <see cref="Card.Reps"/>, so each review differs.</param>
    /// <param name="dueCounts">Cards due on the days ahead, today at index 0: when given, fuzz prefers the emptier days.</param>
    /// <returns>The card with its new state and due time.</returns>
    /// <exception cref="ArgumentException"><paramref name="atUtc"/> is a local time.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="recall"/> is none of the four.</exception>
    public Card Review(in Card card, Recall recall, DateTime atUtc, ulong seed = 0, ReadOnlySpan<int> dueCounts = default) =>
        Preview(card, atUtc, seed, dueCounts)[recall];

    /// <summary>What the card becomes with each of the four answers: exactly what <see cref="Review"/> then returns.</summary>
    /// <param name="card">The card.</param>
    /// <param name="atUtc">When it is answered (UTC).</param>
    /// <param name="seed">As in <see cref="Review"/>.</param>
    /// <param name="dueCounts">As in <see cref="Review"/>.</param>
    /// <returns>The four cards.</returns>
    /// <exception cref="ArgumentException"><paramref name="atUtc"/> is a local time.</exception>
    public SchedulingPreview Preview(in Card card, DateTime atUtc, ulong seed = 0, ReadOnlySpan<int> dueCounts = default)
    {
        if (atUtc.Kind == DateTimeKind.Local)
        {
            throw new ArgumentException("The time of a review is UTC.", nameof(atUtc));
        }

        var at = DateTime.SpecifyKind(atUtc, DateTimeKind.Utc);
        var load = new DayLoad(StudyDay.Of(at, _settings.DayStartsAt), dueCounts, _settings.EasyDays);
        var draw = new Draw(seed ^ ((ulong)card.Reps << 32), load, _hasEasyDays || dueCounts.Length > 0);
        var (again, hard, good, easy) = (After(card, Recall.Again, at), After(card, Recall.Hard, at), After(card, Recall.Good, at), After(card, Recall.Easy, at));
        var (againDays, hardDays, goodDays, easyDays) = KeptApart(card.State, Days(again, draw), Days(hard, draw), Days(good, draw), Days(easy, draw));
        return new(Place(card, Recall.Again, again, againDays), Place(card, Recall.Hard, hard, hardDays),
            Place(card, Recall.Good, good, goodDays), Place(card, Recall.Easy, easy, easyDays));
    }

    /// <summary>A card in review with its memory computed anew, as after a fit of the weights; its due time follows from its last review.</summary>
    /// <param name="card">The card.</param>
    /// <param name="memory">Its new memory (<see cref="Fsrs.Replay"/>).</param>
    /// <param name="seed">As in <see cref="Review"/>.</param>
    /// <returns>The card; one that is new or on its steps keeps its due time.</returns>
    public Card Reschedule(in Card card, MemoryState memory, ulong seed = 0)
    {
        var renewed = card with { StabilityDays = memory.StabilityDays, Difficulty = memory.Difficulty };
        if (card is not { State: CardState.Review, LastReviewAt: { } last })
        {
            return card.State == CardState.New ? card : renewed;
        }

        var load = new DayLoad(StudyDay.Of(last, _settings.DayStartsAt), [], _settings.EasyDays);
        int days = Days(renewed, new Draw(seed ^ ((ulong)card.Reps << 32), load, _hasEasyDays));
        return renewed with { ScheduledDays = days, DueAt = last.AddDays(days) };
    }

    /// <summary>The chance of recalling a card.</summary>
    /// <param name="card">The card.</param>
    /// <param name="atUtc">When (UTC).</param>
    /// <returns>In (0, 1] by whole study days since the last review; 0 for a new card.</returns>
    public double Retrievability(in Card card, DateTime atUtc) =>
        card.State == CardState.New ? 0 : _fsrs.Retrievability(DaysSince(card, atUtc), card.StabilityDays);

    private int DaysSince(in Card card, DateTime at) => card.LastReviewAt is not { } last
        ? 0
        : Math.Max(StudyDay.Of(at, _settings.DayStartsAt) - StudyDay.Of(last, _settings.DayStartsAt), 0);

    // The card with its new memory, not yet placed in time.
    private Card After(in Card card, Recall recall, DateTime at)
    {
        var memory = card.State == CardState.New ? _fsrs.First(recall) : _fsrs.Next(card.Memory, recall, DaysSince(card, at), _settings.ShortTerm);
        return card with
        {
            StabilityDays = memory.StabilityDays,
            Difficulty = memory.Difficulty,
            LastReviewAt = at,
            Reps = card.Reps + 1,
            Lapses = card.Lapses + (recall == Recall.Again && card.State == CardState.Review ? 1 : 0),
        };
    }

    private (int Again, int Hard, int Good, int Easy) KeptApart(CardState state, int again, int hard, int good, int easy)
    {
        if (!_settings.ShortTerm)
        {
            again = Math.Min(again, hard);
            hard = Math.Max(hard, again + 1);
        }
        else if (state == CardState.Review)
        {
            hard = Math.Min(hard, good);
        }
        else
        {
            return (again, hard, good, easy);
        }

        good = Math.Max(good, hard + 1);
        return (again, hard, good, Math.Max(easy, good + 1));
    }

    private int Days(in Card after, in Draw draw)
    {
        int interval = Fsrs.WholeDays(after.StabilityDays * _intervalFactor, _settings.MaximumIntervalDays);
        if (!_settings.Fuzz && !draw.ByLoad)
        {
            return interval;
        }

        var range = FuzzRange.Of(interval, _settings.MaximumIntervalDays);
        return draw.ByLoad ? range.Draw(draw.Load, interval, _settings.Fuzz ? draw.Seed : null) : range.Draw(draw.Seed);
    }

    private Card Place(in Card before, Recall recall, in Card after, int days)
    {
        var (wait, step) = _settings.ShortTerm ? LearningSteps.Next(_settings, before, recall) : default;
        if (wait == TimeSpan.Zero)
        {
            return after with { State = CardState.Review, Step = 0, ScheduledDays = days, DueAt = after.LastReviewAt!.Value.AddDays(days) };
        }

        // A step of a day or more waits among the reviews, but remembers where it was.
        var state = wait >= TimeSpan.FromDays(1) ? CardState.Review
            : before.State is CardState.New or CardState.Learning ? CardState.Learning : CardState.Relearning;
        return after with { State = state, Step = step, ScheduledDays = wait.Days, DueAt = after.LastReviewAt!.Value + wait };
    }

    private readonly ref struct Draw(ulong seed, DayLoad load, bool byLoad)
    {
        public ulong Seed => seed;

        public DayLoad Load { get; } = load;

        public bool ByLoad => byLoad;
    }
}
