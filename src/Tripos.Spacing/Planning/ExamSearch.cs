using System.Collections.Immutable;

namespace Tripos.Spacing;

/// <summary>The greedy search behind <see cref="ExamPlan"/>.</summary>
internal sealed class ExamSearch
{
    private const double LeastGain = 1e-6; // per minute; below this a review is not worth its time
    private const int MostDaysTried = 40;

    private readonly Fsrs _model;
    private readonly IReadOnlyList<PlannedCard> _cards;
    private readonly ExamSettings _settings;
    private readonly ExamMemory _memory;
    private readonly List<int>[] _reviews; // study days planned per card, ascending
    private readonly double[] _recall; // on the exam day, with the reviews planned
    private readonly double[] _minutesLeft;
    private readonly int[] _newLeft;
    private readonly PriorityQueue<(int Card, int Day), double> _queue = new();

    public ExamSearch(Fsrs model, IReadOnlyList<PlannedCard> cards, ExamSettings settings)
    {
        (_model, _cards, _settings, _memory) = (model, cards, settings, new(model, settings));
        int days = Math.Max(settings.ExamDay - settings.Today, 0);
        _minutesLeft = [.. Enumerable.Range(0, days).Select(settings.Minutes)];
        _newLeft = [.. Enumerable.Repeat(settings.NewCardsPerDay, days)];
        _reviews = [.. cards.Select(_ => new List<int>())];
        _recall = [.. cards.Select(card => _memory.Recall(card, []))];
    }

    public double ExpectedRecall
    {
        get
        {
            double sum = 0, total = 0;
            for (int i = 0; i < _cards.Count; i++)
            {
                sum += _cards[i].Weight * _recall[i];
                total += _cards[i].Weight;
            }

            return total > 0 ? sum / total : 0;
        }
    }

    public void Run()
    {
        for (int card = 0; card < _cards.Count; card++)
        {
            Enqueue(card);
        }

        while (_queue.TryDequeue(out var best, out _))
        {
            if (Fits(best.Card, best.Day))
            {
                Take(best.Card, best.Day);
            }

            // The card's next review, or its best day among those that still have room.
            Enqueue(best.Card);
        }
    }

    public ImmutableArray<ExamPlanDay> Days()
    {
        var byDay = new List<int>[_minutesLeft.Length];
        for (int day = 0; day < byDay.Length; day++)
        {
            byDay[day] = [];
        }

        for (int card = 0; card < _cards.Count; card++)
        {
            _reviews[card].ForEach(day => byDay[day - _settings.Today].Add(card));
        }

        return [.. byDay.Select((cards, index) => DayOf(_settings.Today + index, cards))];
    }

    private ExamPlanDay DayOf(int day, List<int> cards)
    {
        var order = cards.OrderBy(IsFirst).ThenBy(card => _cards[card].RecallOn(_model, day)).ThenBy(card => card);
        int fresh = cards.Count(IsFirst);
        return new(day, [.. order], fresh, fresh * _settings.Cost(true) + (cards.Count - fresh) * _settings.Cost(false));

        bool IsFirst(int card) => _cards[card].IsNew && _reviews[card][0] == day;
    }

    private void Enqueue(int card)
    {
        bool first = IsFirst(card);
        double cost = _settings.Cost(first), best = LeastGain;
        int bestDay = -1;
        int from = !_cards[card].IsNew || first ? _settings.Today : _reviews[card][0] + 1;
        int stride = Math.Max((_settings.ExamDay - from + MostDaysTried - 1) / MostDaysTried, 1);
        for (int day = from + card % stride; day < _settings.ExamDay; day += stride)
        {
            if (!Fits(card, day))
            {
                continue;
            }

            double gain = _cards[card].Weight * (RecallWith(card, day) - _recall[card]) / cost;
            if (gain > best)
            {
                (best, bestDay) = (gain, day);
            }
        }

        if (bestDay >= 0)
        {
            _queue.Enqueue((card, bestDay), -best);
        }
    }

    private bool IsFirst(int card) => _cards[card].IsNew && _reviews[card].Count == 0;

    private bool Fits(int card, int day)
    {
        bool first = IsFirst(card);
        return _minutesLeft[day - _settings.Today] + 1e-9 >= _settings.Cost(first)
            && (!first || _newLeft[day - _settings.Today] > 0)
            && !_reviews[card].Contains(day);
    }

    private double RecallWith(int card, int day)
    {
        var planned = _reviews[card];
        Span<int> days = planned.Count < 64 ? stackalloc int[planned.Count + 1] : new int[planned.Count + 1];
        int at = 0;
        while (at < planned.Count && planned[at] < day)
        {
            days[at] = planned[at++];
        }

        days[at] = day;
        for (int i = at; i < planned.Count; i++)
        {
            days[i + 1] = planned[i];
        }

        return _memory.Recall(_cards[card], days);
    }

    private void Take(int card, int day)
    {
        bool first = IsFirst(card);
        _recall[card] = RecallWith(card, day);
        int at = _reviews[card].BinarySearch(day);
        _reviews[card].Insert(~at, day);
        _minutesLeft[day - _settings.Today] -= _settings.Cost(first);
        _newLeft[day - _settings.Today] -= first ? 1 : 0;
    }
}
