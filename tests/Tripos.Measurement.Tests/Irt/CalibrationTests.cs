using Tripos.Measurement.Irt;

namespace Tripos.Measurement.Tests.Irt;

public sealed class CalibrationTests
{
    private const double Close = 1e-3;

    [Fact]
    public void One_parameter_items_of_the_law_test_are_those_of_the_literature()
    {
        var found = MarginalMaximumLikelihood.Fit(Lsat6.Table(), ItemModel.OneParameter);

        Assert.True(found.Converged);
        Near([-3.6153, -1.3224, -0.3176, -1.7301, -2.7802], found.Items.Select(item => item.B));
        Assert.All(found.Items, item => Assert.Equal(0.7551, item.A, Close));
        Assert.Equal(-2466.938, found.LogLikelihood, Close);
        Near([0.3266, 0.1422, 0.0977, 0.1691, 0.2510], found.Items.Select(item => item.BStandardError), 0.005); // as the R package ltm prints them
        Assert.Equal(0.0694, found.Items[0].AStandardError, 0.002);
    }

    [Fact]
    public void Two_parameter_items_of_the_law_test_are_those_of_the_literature()
    {
        var found = MarginalMaximumLikelihood.Fit(Lsat6.Table(), ItemModel.TwoParameter);

        Assert.True(found.Converged);
        Near([0.8257, 0.7227, 0.8909, 0.6884, 0.6569], found.Items.Select(item => item.A));
        Near([-3.3588, -1.3701, -0.2797, -1.8664, -3.1259], found.Items.Select(item => item.B));
        Assert.Equal(-2466.653, found.LogLikelihood, Close);
        Near([0.8669, 0.3073, 0.0997, 0.4341, 0.8700], found.Items.Select(item => item.BStandardError), 0.02);
        Near([0.2581, 0.1867, 0.2326, 0.1852, 0.2100], found.Items.Select(item => item.AStandardError), 0.01);
    }

    [Fact]
    public void Conditional_estimates_of_the_law_test_are_those_of_the_literature()
    {
        var found = ConditionalRasch.Fit(Lsat6.Table());

        Assert.True(found.Converged);
        Near([1.256128, -0.474907, -1.235981, -0.168410, 0.623170], found.Items.Select(item => -item.B), 1e-5);
        Near([0.1044, 0.0699, 0.0688, 0.0726, 0.0859], found.Items.Select(item => item.BStandardError), 1e-4);
    }

    [Theory]
    [InlineData(ItemModel.TwoParameter, 0)]
    [InlineData(ItemModel.ThreeParameter, 0.2)]
    public void Items_are_found_again_from_the_answers_of_people_who_saw_different_ones(ItemModel model, double c)
    {
        var random = new Random(5);
        (double A, double B)[] truth = [.. Enumerable.Range(0, 24).Select(item => (0.7 + (0.05 * item), -1.5 + (0.125 * ((item * 7) % 24))))];

        var found = MarginalMaximumLikelihood.Fit(Answers(truth, c, 4000, random), model, new() { Tolerance = 1e-4, Points = 41 });

        Assert.All(found.Items.Zip(truth), pair =>
        {
            Assert.InRange(pair.First.B - pair.Second.B, -4.5 * pair.First.BStandardError, 4.5 * pair.First.BStandardError);
            Assert.InRange(pair.First.BStandardError, 0.02, 0.6);
        });
        Assert.InRange(found.Items.Zip(truth).Average(pair => Math.Abs(pair.First.B - pair.Second.B)), 0, c == 0 ? 0.1 : 0.2);
        Assert.InRange(found.Items.Zip(truth).Average(pair => Math.Abs(pair.First.A - pair.Second.A)), 0, c == 0 ? 0.12 : 0.25);
    }

    [Fact]
    public void Gaps_are_refused_where_the_method_cannot_have_them()
    {
        var table = new AnswerTable(3);
        table.Add([1, 0, AnswerTable.Missing]);

        Assert.Throws<ArgumentException>(() => ConditionalRasch.Fit(table));
        Assert.Throws<ArgumentException>(() => table.Add([1, 0]));
        Assert.Throws<ArgumentException>(() => table.Add([1, 0, 2]));
    }

    // Everyone answers half the items.
    private static AnswerTable Answers((double A, double B)[] truth, double c, int people, Random random)
    {
        var table = new AnswerTable(truth.Length);
        for (int person = 0; person < people; person++)
        {
            double theta = Adaptive.Banks.Normal(random, 0, 1);
            table.Add([.. truth.Select((item, i) => (i + person) % 2 == 0 ? (sbyte)(random.NextDouble() < ItemResponse.Probability(theta, item.A, item.B, c) ? 1 : 0) : AnswerTable.Missing)]);
        }

        return table;
    }

    private static void Near(double[] expected, IEnumerable<double> actual, double within = Close) =>
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, within));
}

/// <summary>With the raschdat1 table of the R package eRm and its estimates: runs with TRIPOS_CORPUS naming the folder above theirs.</summary>
public sealed class RaschCorpusTests
{
    [Fact(Explicit = true)]
    public void Conditional_estimates_are_those_of_the_package()
    {
        string folder = Path.Combine(Environment.GetEnvironmentVariable("TRIPOS_CORPUS") ?? throw new InvalidOperationException("TRIPOS_CORPUS names a folder with irt/raschdat1.csv and irt/raschdat1_erm_cml.csv."), "irt");
        string[] rows = File.ReadAllLines(Path.Combine(folder, "raschdat1.csv"));
        double[][] expected = [.. File.ReadLines(Path.Combine(folder, "raschdat1_erm_cml.csv")).Skip(1).Select(line => (double[])[.. line.Split(',')[1..].Select(cell => double.Parse(cell, System.Globalization.CultureInfo.InvariantCulture))])];
        var table = new AnswerTable(expected.Length);
        Array.ForEach(rows[1..], row => table.Add([.. row.Split(',').Select(cell => (sbyte)(cell[0] - '0'))]));

        var found = ConditionalRasch.Fit(table);

        Assert.Equal(-1434.482, found.LogLikelihood, 1e-3);
        Assert.All(expected.Zip(found.Items), pair => Assert.Equal(pair.First[0], -pair.Second.B, 1e-3));
        Assert.All(expected.Zip(found.Items), pair => Assert.Equal(pair.First[1], pair.Second.BStandardError, 1e-3));
    }
}
