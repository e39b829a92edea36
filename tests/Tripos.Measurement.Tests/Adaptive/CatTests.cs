using Tripos.Measurement.Adaptive;

namespace Tripos.Measurement.Tests.Adaptive;

public sealed class CatTests
{
    private static readonly CatItem[] Bank = Banks.Bank(200, seed: 3);

    [Fact]
    public void The_same_answers_and_seed_give_the_same_step()
    {
        var (items, scores) = (Bank[..5], new double[] { 1, 0, 1, 1, 0 });

        Assert.Equal(Cat.Next(Bank, items, scores, new(), 5), Cat.Next(Bank, items, scores, new(), 5));
    }

    [Fact]
    public void The_most_informative_item_lies_at_the_estimate()
    {
        CatItem[] bank = [new(1, 0, 1, -2, 0), new(2, 0, 1, 0.1, 0), new(3, 0, 1, 2, 0)];

        var step = Cat.Next(bank, [], [], new() { Rule = CatRule.MaximumInformation }, 1);

        Assert.Equal(1, step.Choice!.Value.Index);
        Assert.InRange(step.Choice.Value.Success, 0.47, 0.48);
    }

    [Fact]
    public void It_stops_when_the_ability_is_sure_enough_but_not_before_the_fewest_items()
    {
        var (items, scores) = Answered(30);
        var settings = new CatSettings { MinItems = 31, MaxItems = 50 };

        Assert.Equal(CatStop.None, Cat.Next(Bank, items, scores, settings, 1).Stop);
        Assert.Equal(CatStop.SureEnough, Cat.Next(Bank, items, scores, settings with { MinItems = 30 }, 1).Stop);
    }

    [Fact]
    public void It_stops_at_the_most_items_and_when_nothing_is_left_or_tells_enough()
    {
        var (items, scores) = Answered(12);
        var unsure = new CatSettings { StopStandardError = 0.05, Rule = CatRule.MaximumInformation };

        Assert.Equal(CatStop.MaximumItems, Cat.Next(Bank, items, scores, unsure with { MaxItems = 12 }, 1).Stop);
        Assert.Equal(CatStop.NoItemLeft, Cat.Next(items, items, scores, unsure, 1).Stop);
        Assert.Equal(CatStop.NothingInformative, Cat.Next(Bank, items, scores, unsure with { LeastInformation = 50 }, 1).Stop);
    }

    [Theory]
    [InlineData(CatRule.MaximumInformation)]
    [InlineData(CatRule.Randomesque)]
    [InlineData(CatRule.ProgressiveRestricted)]
    [InlineData(CatRule.SympsonHetter)]
    public void Content_follows_the_blueprint_and_no_item_comes_twice(CatRule rule)
    {
        var settings = new CatSettings { Rule = rule, MinItems = 20, MaxItems = 20, Blueprint = new Dictionary<int, double> { [0] = 0.5, [1] = 0.3, [2] = 0.2 } };
        var asked = new List<CatItem>();

        while (Cat.Next(Bank, [.. asked], [.. asked.Select((_, i) => (double)(i % 2))], settings, 9).Choice is { } choice)
        {
            asked.Add(Bank[choice.Index]);
        }

        Assert.Equal(20, asked.DistinctBy(item => item.Item).Count());
        Assert.Equal([10, 6, 4], asked.CountBy(item => item.Content).OrderBy(group => group.Key).Select(group => group.Value));
    }

    [Fact]
    public void Items_at_the_exposure_limit_are_barred_until_nothing_else_is_left()
    {
        CatItem[] bank = [.. Bank.Select((item, i) => item with { ExposureRate = i < 190 ? 0.25 + (0.001 * i) : 0.2 })];

        var step = Cat.Next(bank, [], [], new(), 4);
        var barred = Cat.Next(bank.AsSpan(0, 190), [], [], new(), 4);

        Assert.True(step.Choice!.Value.Index >= 190);
        Assert.Equal(0, barred.Choice!.Value.Index);
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        var (items, scores) = Answered(10);
        var settings = new CatSettings { Blueprint = new Dictionary<int, double> { [0] = 0.5, [1] = 0.5 } };

        Assert.Equal(0, Enumerable.Range(0, 5).Min(_ => Allocated())); // the first rounds meet the compiler

        long Allocated()
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Cat.Next(Bank, items, scores, settings, 1);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Fact]
    public void Unequal_numbers_of_items_and_scores_are_refused() => Assert.Throws<ArgumentException>(() => Cat.Estimate(Bank.AsSpan(0, 3), [1, 0]));

    // A learner of ability about 0, who gets the easy half right.
    private static (CatItem[] Items, double[] Scores) Answered(int count)
    {
        CatItem[] items = [.. Bank.OrderByDescending(item => item.A).Take(count)];
        return (items, [.. items.Select(item => item.B < 0 ? 1.0 : 0.0)]);
    }
}
