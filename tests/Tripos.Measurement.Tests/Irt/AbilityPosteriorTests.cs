using FsCheck;
using FsCheck.Fluent;
using Tripos.Measurement.Irt;

namespace Tripos.Measurement.Tests.Irt;

public sealed class AbilityPosteriorTests
{
    [Theory]
    [InlineData(0, 1, 0, 0, 0.5, 0.25)]
    [InlineData(1, 2, 1, 0.2, 0.6, 0.666667)] // a² 0.5² × 0.8 × 0.5 / 0.6
    [InlineData(2, 1, 0, 0, 0.880797, 0.104994)]
    public void Chance_and_information_of_worked_examples(double theta, double a, double b, double c, double chance, double information)
    {
        Assert.Equal(chance, ItemResponse.Probability(theta, a, b, c), 6);
        Assert.Equal(information, ItemResponse.Information(theta, a, b, c), 6);
    }

    [Fact]
    public void Without_answers_the_estimate_is_the_prior()
    {
        var estimate = new AbilityPosterior(stackalloc double[121], 0.5, 0.8).Estimate();

        Assert.Equal(0.5, estimate.Theta, 9);
        Assert.Equal(0.8, estimate.StandardError, 6);
        Assert.Equal(1500 + (0.5 * 173.71779), estimate.Points, 4);
    }

    [Fact]
    public void Two_opposite_answers_leave_the_mean_and_narrow_the_deviation()
    {
        var posterior = new AbilityPosterior(stackalloc double[121]);
        posterior.Add(1, 1.5, 0);
        posterior.Add(0, 1.5, 0);

        Assert.Equal(0, posterior.Estimate().Theta, 9);
        Assert.InRange(posterior.Estimate().StandardError, 0.70, 0.73);
    }

    [Fact]
    public void The_grid_is_as_fine_as_it_needs_to_be()
    {
        var coarse = new AbilityPosterior(stackalloc double[AbilityPosterior.DefaultPoints]);
        var fine = new AbilityPosterior(stackalloc double[4801]);
        for (int i = 0; i < 60; i++)
        {
            coarse.Add(i % 3 == 0 ? 0 : 1, 1.7, (i % 7) - 3, 0.2);
            fine.Add(i % 3 == 0 ? 0 : 1, 1.7, (i % 7) - 3, 0.2);
        }

        Assert.Equal(fine.Estimate().Theta, coarse.Estimate().Theta, 8);
        Assert.Equal(fine.Estimate().StandardError, coarse.Estimate().StandardError, 8);
    }

    [Fact]
    public void A_right_answer_never_lowers_the_estimate_and_an_unsure_item_moves_it_less() => Prop.ForAll(
        Gen.Choose(-30, 30).Select(tenths => tenths / 10.0).Two().ToArbitrary(),
        pair =>
        {
            var (b, earlier) = pair;
            double Mean(double score, double error)
            {
                var posterior = new AbilityPosterior(stackalloc double[121]);
                posterior.Add(1, 1, earlier);
                posterior.Add(score, 1.2, b, 0, error);
                return posterior.Estimate().Theta;
            }

            return Mean(1, 0) > Mean(0.5, 0) && Mean(0.5, 0) > Mean(0, 0) && Mean(1, 1) - Mean(0, 1) < Mean(1, 0) - Mean(0, 0);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_score_outside_its_range_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new AbilityPosterior(stackalloc double[21]).Add(1.1, 1, 0));
}
