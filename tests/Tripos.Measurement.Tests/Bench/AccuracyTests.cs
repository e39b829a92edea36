using Tripos.Bench;

namespace Tripos.Measurement.Tests.Bench;

public sealed class AccuracyTests
{
    [Fact]
    public void Every_number_is_as_worked_by_hand()
    {
        var accuracy = new Accuracy();
        accuracy.Add(0.9, true);
        accuracy.Add(0.6, false);
        accuracy.Add(0.6, true);
        accuracy.Add(0.2, false);

        var result = accuracy.Result();

        Assert.Equal(3.5 / 4, result.Auc, 1e-12); // of the four pairs one is tied
        Assert.Equal(-(Math.Log(0.9) + Math.Log(0.4) + Math.Log(0.6) + Math.Log(0.8)) / 4, result.LogLoss, 1e-12);
        Assert.Equal(0.75, result.Accuracy);
        Assert.Equal((0.1 + 0.2 + 0.2) / 4, result.Ece, 1e-12); // the two of 0.6 share a bin: |1 - 1.2|
    }

    [Theory]
    [InlineData("a.tsv b.tsv --seed 3 --json", null)]
    [InlineData("--train a --train b --test c", null)]
    [InlineData("c --train a", null)]
    [InlineData("", "Name the files")]
    [InlineData("--train a", "--train needs --test")]
    [InlineData("a --test b", "--test needs --train")]
    [InlineData("a --seed x", "--seed needs a whole number")]
    [InlineData("a --seed", "--seed needs a value")]
    [InlineData("a --fast", "There is no option --fast")]
    public void Arguments_are_understood_or_explained(string arguments, string? fault)
    {
        var (options, said) = MeasurementOptions.Of(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal(fault is null, options is not null);
        Assert.StartsWith(fault ?? "", said ?? "", StringComparison.Ordinal);
    }
}
