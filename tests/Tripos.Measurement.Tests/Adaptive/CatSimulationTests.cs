using Tripos.Measurement.Adaptive;

namespace Tripos.Measurement.Tests.Adaptive;

/// <summary>What the adaptive tests promise, on simulated learners: length, exposure, and honest standard errors.</summary>
public sealed class CatSimulationTests
{
    private static readonly CatSettings Long = new() { MaxItems = 120 };

    [Theory]
    [InlineData(0, 18.0)]
    [InlineData(0.2, 31.0)]
    public void Tests_are_short_and_spread_over_the_bank(double guess, double most)
    {
        var bank = Banks.Bank(400, seed: 14, guess);

        var result = CatSimulation.Run(bank, bank, Banks.Learners(1000, seed: 12), Long, seed: 13);

        Assert.InRange(result.MeanLength, 10, most);
        Assert.InRange(result.LargestExposure, 0, 0.25);
        Assert.InRange(result.Overlap, 0, 0.20);
        Assert.InRange(result.BankUse, 0.90, 1);
        Assert.InRange(result.RootMeanSquareError, 0.25, 0.33);
        Assert.InRange(result.Coverage, 0.92, 0.98);
    }

    [Fact]
    public void Standard_errors_stay_honest_when_difficulties_are_unsure()
    {
        var truth = Banks.Bank(400, seed: 21);
        var random = new Random(22);
        CatItem[] bank = [.. truth.Select(item => item with { B = item.B + Banks.Normal(random, 0, 0.4), BStandardError = 0.4 })];

        var result = CatSimulation.Run(bank, truth, Banks.Learners(600, seed: 23), Long, seed: 24);

        Assert.InRange(result.Coverage, 0.93, 0.975);
        Assert.InRange(result.RootMeanSquareError, 0.25, 0.32);
    }

    [Fact]
    public void Sympson_and_Hetters_chances_keep_exposure_near_the_limit()
    {
        var bank = Banks.Bank(200, seed: 31);
        var settings = new CatSettings { MinItems = 10, MaxItems = 15, Rule = CatRule.SympsonHetter };
        var learners = Banks.Learners(300, seed: 32);

        var limited = CatSimulation.Run(SympsonHetter.Calibrate(bank, learners, settings, 0.3, 8, 33), bank, learners, settings, seed: 99);
        var free = CatSimulation.Run(bank, bank, learners, settings, seed: 99);

        Assert.Equal(1, free.LargestExposure);
        Assert.InRange(limited.LargestExposure, 0.2, 0.42);
    }
}
