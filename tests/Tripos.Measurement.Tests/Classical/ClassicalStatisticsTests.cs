using FsCheck;
using FsCheck.Fluent;
using Tripos.Measurement.Classical;

namespace Tripos.Measurement.Tests.Classical;

public sealed class ClassicalStatisticsTests
{
    // Totals 3, 2, 2, 1, 0: mean 1.6, sum of squares 5.2; items 4/5, 3/5, 1/5 with squares 0.8, 1.2, 0.8.
    private static readonly double[][] Five = [[1, 1, 1], [1, 1, 0], [1, 1, 0], [1, 0, 0], [0, 0, 0]];

    [Fact]
    public void A_test_worked_by_hand()
    {
        var test = Of(Five);

        Assert.Equal(1.6, test.Mean, 12);
        Assert.Equal(Math.Sqrt(1.3), test.Deviation, 12);
        Assert.Equal(1.5 * (1 - (2.8 / 5.2)), test.Alpha, 12);
        Assert.Equal(Math.Sqrt(1.3 * (1 - (9.0 / 13))), test.StandardErrorOfMeasurement, 12);
    }

    [Fact]
    public void An_item_worked_by_hand()
    {
        // The second item: with the total 2.2 = 7 - 3 × 1.6, with the others 1.0 = 4 - 3 × 1; the others' totals 2, 1, 1, 1, 0 have squares 2 and alpha 2 (1 - 1.6 / 2).
        var item = Of(Five).Item(1);

        Assert.Equal(0.6, item.Facility, 12);
        Assert.Equal(2.2 / Math.Sqrt(1.2 * 5.2), item.PointBiserial, 12);
        Assert.Equal(1.0 / Math.Sqrt(1.2 * 2), item.CorrectedPointBiserial, 12);
        Assert.Equal(2 * (1 - (1.6 / 2)), item.AlphaIfDeleted, 12);
    }

    [Fact]
    public void Parts_merged_are_the_whole() => Prop.ForAll(Gen.Choose(0, 40).Two().ToArbitrary(), sizes =>
    {
        var random = new Random(sizes.Item1 + (100 * sizes.Item2));
        double[][] people = [.. Enumerable.Range(0, sizes.Item1 + sizes.Item2).Select(_ => (double[])[random.NextDouble(), random.Next(2), random.Next(2)])];
        var whole = Of(people);

        var merged = Of(people[..sizes.Item1]);
        merged.Merge(Of(people[sizes.Item1..]));

        return Same(whole.Alpha, merged.Alpha) && Same(whole.Deviation, merged.Deviation) && Same(whole.Item(1).CorrectedPointBiserial, merged.Item(1).CorrectedPointBiserial) && Same(whole.Mean, merged.Mean);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Options_worked_by_hand()
    {
        // Criteria 4, 3, 2, 1: mean 2.5, deviation √1.25.
        var table = Chosen((0, 4), (0, 3), (1, 2), (-1, 1));

        var (key, wrong, never) = (table.Option(0), table.Option(1), table.Option(2));

        Assert.Equal((2, 0.5, 3.5), (key.Chosen, key.Share, key.MeanCriterion));
        Assert.Equal(1 / Math.Sqrt(1.25), key.PointBiserial, 12);
        Assert.Equal(-0.5 / Math.Sqrt(1.25) * Math.Sqrt(1.0 / 3), wrong.PointBiserial, 12);
        Assert.True(wrong.Distracts);
        Assert.False(never.Distracts);
        Assert.Equal(0, never.Chosen);
    }

    [Fact]
    public void Merged_tables_of_options_are_the_whole()
    {
        var merged = Chosen((0, 4), (0, 3));
        merged.Merge(Chosen((1, 2), (-1, 1)));
        merged.Merge(new(3));

        Assert.Equal(Chosen((0, 4), (0, 3), (1, 2), (-1, 1)).Option(1).PointBiserial, merged.Option(1).PointBiserial, 12);
        Assert.Equal(4, merged.People);
    }

    [Fact]
    public void The_discrimination_index_compares_the_ends_and_shares_ties_out()
    {
        double[] totals = [10, 9, 8, 7, 6, 5, 4, 3, 2, 1];

        Assert.Equal(1, DiscriminationIndex.Of([1, 1, 1, 0, 1, 0, 1, 0, 0, 0], totals, 0.3), 12);
        Assert.Equal(1 / 3.0, DiscriminationIndex.Of([1, 1, 0, 0, 1, 0, 1, 0, 1, 0], totals, 0.3), 12);
        Assert.Equal(0.5, DiscriminationIndex.Of([1, 1, 0, 0], [2, 1, 1, 0], 0.5), 12); // upper: 1 and half of each tied; lower: 0 and half of each
        Assert.Equal(0, DiscriminationIndex.Of([1, 0, 1, 0], [5, 5, 5, 5], 0.27), 12);
    }

    private static TestStatistics Of(double[][] people)
    {
        var test = new TestStatistics(3);
        Array.ForEach(people, scores => test.Add(scores));
        return test;
    }

    private static DistractorTable Chosen(params (int Option, double Criterion)[] people)
    {
        var table = new DistractorTable(3);
        Array.ForEach(people, person => table.Add(person.Option, person.Criterion));
        return table;
    }

    private static bool Same(double one, double other) => one.Equals(other) || Math.Abs(one - other) < 1e-9;
}
