namespace Tripos.Spacing;

/// <summary>One run of the simulation behind <see cref="Forecast"/>.</summary>
internal sealed class ForecastRun(Fsrs model, IReadOnlyList<PlannedCard> cards, ForecastSettings settings)
{
    private readonly MemoryState[] _memories = [.. cards.Select(card => card.Memory)];
    private readonly int[] _lastDays = [.. cards.Select(card => card.LastDay)];
    private readonly List<int>[] _due = new List<int>[settings.Days];
    private readonly Queue<int> _new = new(Enumerable.Range(0, cards.Count).Where(i => cards[i].IsNew));
    private readonly double _intervalFactor = model.IntervalFactor(settings.DesiredRetention);
    private SplitMix _random = new(settings.Seed);

    public Forecast Run()
    {
        int[] reviews = new int[settings.Days], begun = new int[settings.Days];
        double[] minutes = new double[settings.Days];
        for (int i = 0; i < cards.Count; i++)
        {
            if (!cards[i].IsNew)
            {
                Put(i, Math.Max(cards[i].DueDay - settings.Today, 0));
            }
        }

        for (int day = 0; day < settings.Days; day++)
        {
            var due = _due[day] ?? [];
            reviews[day] = Math.Min(due.Count, settings.ReviewsPerDay);
            double seconds = due.Take(reviews[day]).Sum(card => Review(card, day));
            due.Skip(reviews[day]).ToList().ForEach(card => Put(card, day + 1));
            for (; begun[day] < settings.NewCardsPerDay && _new.TryDequeue(out int card); begun[day]++)
            {
                seconds += Begin(card, day);
            }

            minutes[day] = seconds / 60;
        }

        return new([.. reviews], [.. begun], [.. minutes], Remembered());
    }

    private double Review(int card, int day)
    {
        int waited = settings.Today + day - _lastDays[card];
        bool recalled = _random.Unit() < model.Retrievability(Math.Max(waited, 0), _memories[card].StabilityDays);
        double how = _random.Unit();
        var recall = !recalled ? Recall.Again : how < settings.Shares.Hard ? Recall.Hard : how > 1 - settings.Shares.Easy ? Recall.Easy : Recall.Good;
        var memory = model.Next(_memories[card], recall, Math.Max(waited, 0));
        ComeBack(card, recalled ? memory : model.Next(memory, Recall.Good, 0), day);
        return recalled ? settings.SecondsPerReview : settings.SecondsPerLapse;
    }

    private double Begin(int card, int day)
    {
        double at = _random.Unit() * settings.FirstAnswers.Sum();
        int answer = 1;
        for (; answer < 4 && at >= settings.FirstAnswers[answer - 1]; answer++)
        {
            at -= settings.FirstAnswers[answer - 1];
        }

        var memory = model.First((Recall)answer);
        ComeBack(card, answer == 1 ? model.Next(memory, Recall.Good, 0) : memory, day);
        return settings.SecondsPerNewCard;
    }

    private void ComeBack(int card, MemoryState memory, int day)
    {
        _memories[card] = memory;
        _lastDays[card] = settings.Today + day;
        Put(card, day + Fsrs.WholeDays(memory.StabilityDays * _intervalFactor, settings.MaximumIntervalDays));
    }

    private void Put(int card, int day)
    {
        if (day < settings.Days)
        {
            (_due[day] ??= []).Add(card);
        }
    }

    private double Remembered()
    {
        double sum = 0;
        for (int i = 0; i < _memories.Length; i++)
        {
            sum += _memories[i].StabilityDays == 0 ? 0 : model.Retrievability(Math.Max(settings.Today + settings.Days - _lastDays[i], 0), _memories[i].StabilityDays);
        }

        return sum;
    }
}
