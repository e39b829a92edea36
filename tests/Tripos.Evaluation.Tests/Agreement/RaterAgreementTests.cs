using FsCheck;
using FsCheck.Fluent;
using Tripos.Evaluation.Agreement;

namespace Tripos.Evaluation.Tests.Agreement;

/// <summary>Agreement of two raters, against tables worked by hand.</summary>
public sealed class RaterAgreementTests
{
    private const double Tolerance = 1e-9;

    /// <remarks>By hand, as 1 − Σ observed (a − b)² / Σ expected (a − b)²: the expected mean is over all pairs of a first with a second rating.</remarks>
    [Theory]
    // observed (0+0+1+0)/4 = 0.25; expected: 0 with {0,1,1,2} 6/4, 1 with them 2/4, 2 with them 6/4 twice: (6+2+6+6)/16 = 1.25; 1 − 0.25/1.25
    [InlineData("0 1 2 2", "0 1 1 2", 1, 0.75, 1.0, 0.8, 0.25, -0.25)]
    // the other way round: observed (4+0+4)/3, expected (0+1+4+1+0+1+4+1+0)/9 = 12/9, so 1 − 2
    [InlineData("0 1 2", "2 1 0", 1, 1.0 / 3, 1.0 / 3, -1.0, 4.0 / 3, 0.0)]
    // always one more: observed 1, expected (1+4+9+0+1+4+1+0+1)/9 = 21/9
    [InlineData("0 1 2", "1 2 3", 1, 0.0, 1.0, 4.0 / 7, 1.0, 1.0)]
    // one rater gives everybody the same: chance does as well
    [InlineData("0 1 2", "1 1 1", 1, 1.0 / 3, 1.0, 0.0, 2.0 / 3, 0.0)]
    // both are constant and differ: observed and expected are both 4
    [InlineData("1 1", "3 3", 1, 0.0, 0.0, 0.0, 2.0, 2.0)]
    // a scale in quarters: observed 0.0625/2, expected (0.0625 + 1 + 0.5625 + 0)/4
    [InlineData("0 1", "0.25 1", 0.25, 0.5, 1.0, 1 - (0.03125 / 0.40625), 0.125, 0.125)]
    public void Agreement_is_as_worked_by_hand(string one, string other, double step, double exact, double adjacent, double kappa, double error, double bias)
    {
        var ratings = Numbers(one).Zip(Numbers(other)).ToList();

        var found = RaterAgreement.Of(ratings, step);

        Assert.Equal(ratings.Count, found.Count);
        Assert.Equal(exact, found.Exact, Tolerance);
        Assert.Equal(adjacent, found.Adjacent, Tolerance);
        Assert.Equal(kappa, found.Kappa!.Value, Tolerance);
        Assert.Equal(error, found.MeanError, Tolerance);
        Assert.Equal(bias, found.Bias, Tolerance);
    }

    [Fact]
    public void Kappa_does_not_exist_where_both_always_give_the_same_points()
    {
        var found = RaterAgreement.Of([(2, 2), (2, 2), (2, 2)]);

        Assert.Equal(1, found.Exact);
        Assert.Null(found.Kappa);
        Assert.Null(found.KappaMargin);
    }

    [Fact]
    public void Nothing_to_compare_and_a_scale_without_steps_are_refused()
    {
        Assert.Throws<ArgumentException>(() => RaterAgreement.Of([]));
        Assert.Throws<ArgumentException>(() => RaterAgreement.Of([(1, 1)], step: 0));
    }

    /// <remarks>Leaving out one at a time gives the kappas 1 − (1/3)/(5/9) = 0.4, 1 − (1/3)/(15/9) = 0.8, 1 − (1/3)/1 = 2/3 and 1. Their mean is 0.716667, the squares of the
    /// deviations add up to 0.19; 1.959964 · √(3/4 · 0.19) = 0.739870.</remarks>
    [Fact]
    public void The_margin_of_kappa_is_that_of_the_jackknife() =>
        Assert.Equal(0.739870, RaterAgreement.Of([(0, 0), (1, 1), (2, 2), (2, 1)]).KappaMargin!.Value, 1e-6);

    [Fact]
    public void It_does_not_matter_who_is_first_and_a_rater_agrees_with_themselves() => Ratings().QuickCheckThrowOnFailure();

    private static Property Ratings() => Prop.ForAll(
        ArbMap.Default.ArbFor<int>().Generator.Select(number => Math.Abs(number % 7)).Two().NonEmptyListOf().ToArbitrary(),
        drawn =>
        {
            List<(double One, double Other)> ratings = [.. drawn.Select(pair => ((double)pair.Item1, (double)pair.Item2))];
            var found = RaterAgreement.Of(ratings);
            var turned = RaterAgreement.Of([.. ratings.Select(pair => (pair.Other, pair.One))]);
            var same = RaterAgreement.Of([.. ratings.Select(pair => (pair.One, pair.One))]);
            return Math.Abs((found.Kappa ?? 2) - (turned.Kappa ?? 2)) < 1e-9 && found.Exact == turned.Exact && found.Adjacent >= found.Exact
                && found.Kappa is null or (>= -1 and <= 1) && same.Exact == 1 && same.Kappa is null or 1;
        });

    private static IEnumerable<double> Numbers(string text) => text.Split(' ').Select(number => double.Parse(number, System.Globalization.CultureInfo.InvariantCulture));
}
