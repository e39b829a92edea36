using Tripos.Measurement.Irt;
using Tripos.Measurement.Selection;

namespace Tripos.Bench.Simulations;

/// <summary>Ways to choose what is studied next.</summary>
internal enum StudyPolicy
{
    /// <summary>The selector of this library.</summary>
    Selector,

    /// <summary>Anything.</summary>
    Random,

    /// <summary>Due reviews, lowest recall first; then anything new.</summary>
    PureDue,

    /// <summary>What tells most about the ability.</summary>
    PureInformation,
}

/// <summary>One session of a day: batches of five until the time is used up.</summary>
internal sealed class StudySession(StudyPolicy policy, long budgetMs, int seed)
{
    private const int Batch = 5;
    private const int MostPerTopic = 3;
    private readonly Random _random = new(seed);
    private int _served;
    private int _due;
    private int _probes;

    public long LeftMs { get; private set; } = budgetMs;

    /// <summary>Broken promises of the selector.</summary>
    public int Violations { get; private set; }

    /// <summary>The next items; none when the session is over.</summary>
    public IReadOnlyList<int> Next(List<Candidate> candidates, int daysToExam)
    {
        if (policy == StudyPolicy.Selector)
        {
            return Select(candidates, daysToExam);
        }

        var fitting = candidates.Where(candidate => candidate.ExpectedMs <= LeftMs && candidate.ExposureShare < 1).ToList();
        if (fitting.Count == 0)
        {
            return [];
        }

        var one = policy switch
        {
            StudyPolicy.PureDue => fitting.Where(candidate => candidate.IsDue).OrderBy(candidate => candidate.Retrievability).Cast<Candidate?>().FirstOrDefault() ?? Any(fitting.Where(candidate => double.IsPositiveInfinity(candidate.HoursSinceSeen)), fitting),
            StudyPolicy.PureInformation => fitting.MaxBy(candidate => ItemResponse.Information(ItemResponse.ToLogits(candidate.AbilityPoints), 1, ItemResponse.ToLogits(candidate.DifficultyPoints), candidate.Guess)),
            _ => fitting[_random.Next(fitting.Count)],
        };
        LeftMs -= one.ExpectedMs;
        return [one.Item];
    }

    private Candidate Any(IEnumerable<Candidate> wished, List<Candidate> otherwise)
    {
        var list = wished.ToList();
        list = list.Count > 0 ? list : otherwise;
        return list[_random.Next(list.Count)];
    }

    private List<int> Select(List<Candidate> candidates, int daysToExam)
    {
        var request = new SelectionRequest
        {
            Mode = SelectionRequest.ModeFor(daysToExam), Count = Batch, Seed = (ulong)_random.NextInt64(), MostPerTopic = MostPerTopic, MostMs = LeftMs, DaysToExam = daysToExam,
            Served = _served, DueServed = _due, ProbesServed = _probes,
        };
        var picks = ItemSelector.Select(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(candidates), request);
        var items = picks.Select(pick => candidates[pick.Index]).ToList();
        Violations += Broken(items, request);
        _served += picks.Length;
        _due += picks.Count(pick => pick.Kind == PickKind.Due);
        _probes += picks.Count(pick => pick.Kind == PickKind.Probe);
        LeftMs -= items.Sum(item => (long)item.ExpectedMs);
        return [.. items.Select(item => item.Item)];
    }

    private static int Broken(List<Candidate> items, SelectionRequest request) =>
        items.Count(item => item.ExposureShare >= 1)
        + items.Count - items.DistinctBy(item => item.Item).Count()
        + items.Where(item => item.Group != 0).GroupBy(item => item.Group).Sum(group => group.Count() - 1)
        + items.GroupBy(item => item.Topic).Sum(topic => Math.Max(0, topic.Count() - request.MostPerTopic))
        + (items.Sum(item => (long)item.ExpectedMs) > request.MostMs ? 1 : 0);
}
