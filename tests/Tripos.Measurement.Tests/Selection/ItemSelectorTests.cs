using Tripos.Measurement.Selection;

namespace Tripos.Measurement.Tests.Selection;

public sealed class ItemSelectorTests
{
    [Fact]
    public void The_same_seed_gives_the_same_picks_and_another_seed_others()
    {
        var candidates = Candidates.Bank(200, seed: 1);

        var first = ItemSelector.Select(candidates, new() { Count = 20, Seed = 7 });
        var again = ItemSelector.Select(candidates, new() { Count = 20, Seed = 7 });
        var other = ItemSelector.Select(candidates, new() { Count = 20, Seed = 8 });

        Assert.Equal(first, again);
        Assert.NotEqual(first.Select(pick => pick.Index), other.Select(pick => pick.Index));
    }

    [Fact]
    public void Due_reviews_take_their_share_lowest_recall_first()
    {
        var candidates = Candidates.Bank(200, seed: 2).WithDue(100);
        for (int i = 0; i < 100; i++)
        {
            candidates[i] = candidates[i] with { Retrievability = 0.9 - (0.005 * i) };
        }

        var picks = ItemSelector.Select(candidates, new() { Count = 10, Seed = 3 });

        int[] due = [.. picks.Where(pick => pick.Kind == PickKind.Due).Select(pick => pick.Index)];
        Assert.Equal([99, 98, 97, 96, 95, 94], due);
        Assert.All(picks.Where(pick => pick.Kind == PickKind.Due), pick => Assert.Equal(PickReason.ReviewDue, pick.Reason));
    }

    [Fact]
    public void Before_an_exam_the_reviews_that_gain_most_for_the_day_come_first()
    {
        var candidates = Candidates.Bank(50, seed: 4).WithDue(20);
        for (int i = 0; i < 20; i++)
        {
            candidates[i] = candidates[i] with { Retrievability = 0.5 + (0.01 * i), RecallGainAtExam = 0.02 * i };
        }

        var picks = ItemSelector.Select(candidates, new() { Count = 6, Seed = 3, Mode = PracticeMode.Cram, DaysToExam = 5 });

        Assert.Equal([19, 18, 17], picks.Where(pick => pick.Kind == PickKind.Due).Select(pick => pick.Index));
    }

    [Fact]
    public void Before_an_exam_reviews_that_gain_less_than_other_items_have_no_places_of_their_own()
    {
        var candidates = Candidates.Bank(60, seed: 4).WithDue(20);
        for (int i = 0; i < 60; i++)
        {
            candidates[i] = candidates[i] with { RecallGainAtExam = i < 5 ? 0.6 : i < 20 ? 0.1 : 0.4 };
        }

        var picks = ItemSelector.Select(candidates, new() { Count = 25, Seed = 3, DaysToExam = 20 });

        Assert.All(picks.Where(pick => pick.Kind == PickKind.Due), pick => Assert.InRange(pick.Index, 0, 4));
        Assert.Contains(picks, pick => pick.Kind == PickKind.Due);
    }

    [Fact]
    public void A_mock_test_has_no_reviews_and_nothing_of_the_last_day()
    {
        var candidates = Candidates.Bank(60, seed: 5);
        for (int i = 0; i < 40; i++)
        {
            candidates[i] = candidates[i] with { IsDue = true, Retrievability = 0.5, HoursSinceSeen = 3 };
        }

        var picks = ItemSelector.Select(candidates, new() { Count = 30, Mode = PracticeMode.Mock });

        Assert.DoesNotContain(picks, pick => pick.Kind == PickKind.Due);
        Assert.All(picks, pick => Assert.True(pick.Index >= 40));
    }

    [Fact]
    public void The_item_nearest_the_target_is_the_likeliest()
    {
        var candidates = Candidates.Bank(9, seed: 6);
        for (int i = 0; i < 9; i++)
        {
            candidates[i] = new() { Item = i, Success = 0.1 * (i + 1), DifficultyDeviation = 40 };
        }

        int[] picked = [.. Enumerable.Range(0, 1000).Select(seed => ItemSelector.Select(candidates, new() { Seed = (ulong)seed, TargetSuccess = 0.6 })[0].Index)];

        Assert.Equal(5, picked.GroupBy(index => index).MaxBy(group => group.Count())!.Key);
    }

    [Fact]
    public void The_reason_is_what_lifts_an_item_above_the_others()
    {
        var plain = new Candidate { Item = 1, Topic = 1, Success = 0.75, HoursSinceSeen = 500 };

        PickReason ReasonOf(Candidate special) => ItemSelector.Select([plain, plain with { Item = 2 }, special], new() { Count = 3, ProbeShare = 0 }).Single(pick => pick.Index == 2).Reason;

        Assert.Equal(PickReason.WeakTopic, ReasonOf(plain with { Item = 3, Topic = 2, Weakness = 0.8 }));
        Assert.Equal(PickReason.Preference, ReasonOf(plain with { Item = 3, MatchesPreference = true }));
        Assert.Equal(PickReason.Fresh, ReasonOf(plain with { Item = 3, HoursSinceSeen = double.PositiveInfinity }));
        Assert.Equal(PickReason.Blueprint, ReasonOf(plain with { Item = 3, Topic = 2, TopicShare = 0.4 }));
        Assert.Equal(PickReason.ReviewDue, ReasonOf(plain with { Item = 3, Retrievability = 0.6 }));
    }

    [Fact]
    public void Probes_are_items_not_settled_while_there_are_any_and_any_item_after_that()
    {
        Candidate[] candidates = [.. Candidates.Bank(40, seed: 8).WithDue(0).Select((candidate, i) => candidate with { IsProbe = i < 3 })];

        var probes = ItemSelector.Select(candidates, new() { Count = 40, Seed = 2, ProbeShare = 0.4 }).Where(pick => pick.Kind == PickKind.Probe).ToList();

        Assert.Equal(16, probes.Count);
        Assert.Equal([0, 1, 2], probes.Where(pick => pick.Index < 3).Select(pick => pick.Index).Order());
        Assert.All(probes[..3], pick => Assert.True(pick.Index < 3));
    }

    [Fact]
    public void Probabilities_are_the_frequencies_over_seeds()
    {
        var candidates = Candidates.Bank(12, seed: 9);
        candidates[3] = candidates[3] with { IsDue = true, Retrievability = 0.7 };
        const int Draws = 20_000;

        var first = Enumerable.Range(0, Draws).Select(seed => ItemSelector.Select(candidates, new() { Seed = (ulong)seed })[0]).ToList();

        foreach (var group in first.GroupBy(pick => (pick.Index, pick.Kind)))
        {
            double expected = group.First().Probability;
            Assert.All(group, pick => Assert.Equal(expected, pick.Probability));
            Assert.InRange(group.Count() / (double)Draws, expected - 0.015, expected + 0.015);
        }
    }

    [Fact]
    public void Without_candidates_nothing_is_picked() => Assert.Empty(ItemSelector.Select([], new() { Count = 5 }));

    [Fact]
    public void When_only_reviews_are_left_they_fill_the_places()
    {
        var candidates = Candidates.Bank(5, seed: 10);
        for (int i = 0; i < 5; i++)
        {
            candidates[i] = candidates[i] with { IsDue = true, Group = 0, ExposureShare = 0 };
        }

        Assert.Equal(5, ItemSelector.Select(candidates, new() { Count = 5 }).Length);
    }

    [Fact]
    public void Picking_into_a_span_allocates_nothing()
    {
        var candidates = Candidates.Bank(500, seed: 11);
        var request = new SelectionRequest { Count = 5 };
        var picks = new Pick[5];

        Assert.Equal(0, Enumerable.Range(0, 5).Min(_ => Allocated())); // the first rounds meet the compiler and fill the pool

        long Allocated()
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            ItemSelector.Select(candidates, request, picks);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }
}
