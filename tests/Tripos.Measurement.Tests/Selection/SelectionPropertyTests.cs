using FsCheck;
using FsCheck.Fluent;
using Tripos.Measurement.Selection;

namespace Tripos.Measurement.Tests.Selection;

public sealed class SelectionPropertyTests
{
    private static readonly Arbitrary<Case> Cases = (
        from seed in Gen.Choose(0, int.MaxValue - 1)
        from size in Gen.Choose(0, 120)
        from count in Gen.Choose(0, 25)
        from mode in Gen.Elements(PracticeMode.Practice, PracticeMode.Cram, PracticeMode.Mock)
        from topics in Gen.Elements(0, 1, 2, 5, int.MaxValue)
        from minutes in Gen.Choose(0, 30)
        from due in Gen.Choose(0, 4)
        select new Case(seed, size, count, mode, topics, minutes * 60_000, due)).ToArbitrary();

    [Fact]
    public void Nothing_that_is_ruled_out_is_ever_picked() => Check(static (candidates, request) =>
    {
        var picks = ItemSelector.Select(candidates, request);

        var items = picks.Select(pick => candidates[pick.Index]).ToList();
        return items.DistinctBy(item => item.Item).Count() == items.Count
            && items.Where(item => item.Group != 0).GroupBy(item => item.Group).All(group => group.Count() == 1)
            && items.GroupBy(item => item.Topic).All(group => group.Count() <= request.MostPerTopic)
            && items.Sum(item => (long)item.ExpectedMs) <= request.MostMs
            && items.All(item => item.ExposureShare < 1)
            && picks.Length <= request.Count;
    });

    [Fact]
    public void The_same_request_gives_the_same_picks() => Check(static (candidates, request) =>
        ItemSelector.Select(candidates, request).SequenceEqual(ItemSelector.Select(candidates, request)));

    [Fact]
    public void Places_stay_empty_only_when_no_candidate_fits_any_more() => Check(static (candidates, request) =>
    {
        var picks = ItemSelector.Select(candidates, request);

        var items = picks.Select(pick => candidates[pick.Index]).ToList();
        long left = request.MostMs - items.Sum(item => (long)item.ExpectedMs);
        bool Fits(Candidate item) => item.ExposureShare < 1 && item.ExpectedMs <= left && !items.Exists(other => other.Item == item.Item || (item.Group != 0 && other.Group == item.Group))
            && items.Count(other => other.Topic == item.Topic) < request.MostPerTopic && (request.Mode != PracticeMode.Mock || item.HoursSinceSeen >= 24);
        return picks.Length == request.Count || !candidates.Any(Fits);
    });

    [Fact]
    public void Reviews_are_due_and_chances_are_chances() => Check(static (candidates, request) =>
        ItemSelector.Select(candidates, request).All(pick => pick.Probability is > 0 and <= 1.0000001
            && (pick.Kind != PickKind.Due || candidates[pick.Index].IsDue)));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(5, 0.2)]
    [InlineData(20, 0.5)]
    [InlineData(400, 0.6)]
    public void The_quotas_are_exact_over_a_session_asked_one_at_a_time_and_right_in_expectation_at_every_place(int due, double share)
    {
        const int Sessions = 400, Length = 20;
        var bank = Candidates.Bank(500, seed: 5).WithDue(due);
        var dueAt = new double[Length];
        var probesAt = new double[Length];

        for (int session = 0; session < Sessions; session++)
        {
            var (dues, probes) = Walk(bank, Length, session);
            Assert.InRange(dues[^1], Math.Min(due, share * Length) - 1e-9, (share * Length) + 1e-9);
            Assert.Equal(2, probes[^1]);
            for (int place = 0; place < Length; place++)
            {
                dueAt[place] += dues[place] / (double)Sessions;
                probesAt[place] += probes[place] / (double)Sessions;
            }
        }

        Assert.All(Enumerable.Range(0, Length), place => Assert.InRange(dueAt[place], (share * (place + 1)) - 0.06, (share * (place + 1)) + 0.06));
        Assert.All(Enumerable.Range(0, Length), place => Assert.InRange(probesAt[place], (0.1 * (place + 1)) - 0.06, (0.1 * (place + 1)) + 0.1));
    }

    // How many reviews and probes a session has had after each place, every place being asked for with a seed of its own.
    private static (int[] Dues, int[] Probes) Walk(Candidate[] bank, int length, int session)
    {
        var left = bank.ToList();
        var request = new SelectionRequest();
        var (dues, probes) = (new int[length], new int[length]);
        for (int place = 0; place < length; place++)
        {
            var pick = ItemSelector.Select([.. left], request with { Seed = (ulong)((session * 1000) + place) })[0];
            left.RemoveAt(pick.Index);
            request = request with
            {
                Served = place + 1, DueServed = request.DueServed + (pick.Kind == PickKind.Due ? 1 : 0), ProbesServed = request.ProbesServed + (pick.Kind == PickKind.Probe ? 1 : 0),
            };
            (dues[place], probes[place]) = (request.DueServed, request.ProbesServed);
        }

        return (dues, probes);
    }

    private static void Check(Func<Candidate[], SelectionRequest, bool> property) =>
        Prop.ForAll(Cases, drawn => property(drawn.Bank(), drawn.Request())).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    private sealed record Case(int Seed, int Size, int Count, PracticeMode Mode, int MostPerTopic, long MostMs, int Due)
    {
        public Candidate[] Bank()
        {
            var bank = Candidates.Bank(Size, Seed);
            for (int i = 0; i < bank.Length; i++)
            {
                bank[i] = bank[i] with { IsDue = i % 5 < Due };
            }

            return bank;
        }

        public SelectionRequest Request() => new() { Seed = (ulong)Seed, Count = Count, Mode = Mode, MostPerTopic = MostPerTopic, MostMs = MostMs };
    }
}
