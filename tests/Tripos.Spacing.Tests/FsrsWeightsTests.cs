namespace Tripos.Spacing.Tests;

public sealed class FsrsWeightsTests
{
    [Fact]
    public void Weights_of_version_4_5_become_those_of_version_6() // fsrs-rs, test_convert_parameters
    {
        double[] old = [0.4, 0.6, 2.4, 5.8, 4.93, 0.94, 0.86, 0.01, 1.49, 0.14, 0.94, 2.18, 0.05, 0.34, 1.26, 0.29, 2.61];

        double[] adopted = FsrsWeights.Adopt(old);

        Assert.Equal(6.81, adopted[4], 1e-9);
        Assert.Equal(0.44675013, adopted[5], 1e-7);
        Assert.Equal(1.36, adopted[6], 1e-9);
        Assert.Equal([0, 0, 0.01, 0.5], adopted[17..]); // w19 is then moved to its least value
    }

    [Fact]
    public void Weights_of_version_5_gain_two_of_their_own()
    {
        double[] adopted = FsrsWeights.Adopt(FsrsWeights.Default.AsSpan(0, 19));

        Assert.Equal(FsrsWeights.Default.Take(19), adopted.Take(19));
        Assert.Equal([0.01, 0.5], adopted[19..]);
    }

    [Fact]
    public void Weights_are_moved_into_their_bounds() // fsrs-rs, parameter_clipper
    {
        double[] given = [0, -1000, 1000, 0, 1000, -1000, 1, 0.25, -0.1, .. FsrsWeights.Default.Skip(9)];

        var model = new Fsrs(given);

        Assert.Equal([0.001, 0.001, 100, 0.001, 10, 0.001, 1, 0.25, 0], model.Weights.Take(9));
    }

    [Fact]
    public void Several_relearning_steps_hold_the_same_day_weights_down() // npm ts-fsrs 5.4.2 with two steps
    {
        double[] given = [.. FsrsWeights.Default];
        given[17] = given[18] = 2;

        Assert.Equal([2, 2], FsrsWeights.Adopt(given)[17..19]);
        Assert.Equal([0.60045935, 0.60045935], FsrsWeights.Adopt(given, relearningSteps: 2)[17..19]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(18)]
    [InlineData(22)]
    public void Any_other_number_of_weights_is_refused_with_the_right_ones(int count)
    {
        var fault = Assert.Throws<ArgumentException>(() => new Fsrs(new double[count]));

        Assert.Contains($"21 numbers (19 for FSRS-5, 17 for FSRS-4.5), not {count}", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_weight_that_is_no_number_is_refused_by_name()
    {
        double[] given = [.. FsrsWeights.Default];
        given[13] = double.NaN;

        var fault = Assert.Throws<ArgumentException>(() => new Fsrs(given));

        Assert.Contains("w13", fault.Message, StringComparison.Ordinal);
    }
}
