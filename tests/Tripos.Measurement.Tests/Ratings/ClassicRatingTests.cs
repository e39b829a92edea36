using Tripos.Measurement.Ratings;

namespace Tripos.Measurement.Tests.Ratings;

/// <summary>The published systems, by their published examples.</summary>
public sealed class ClassicRatingTests
{
    [Fact]
    public void Glicko_gives_what_Glickman_worked_out()
    {
        var (points, deviation) = Glicko.Period(1500, 200, [new(1400, 30, 1), new(1550, 100, 0), new(1700, 300, 0)]);

        Assert.Equal(1464.11, points, 0.005);
        Assert.Equal(151.40, deviation, 0.005);
    }

    [Theory]
    [InlineData(30, 1400, 0.9955, 0.639)]
    [InlineData(100, 1550, 0.9531, 0.432)]
    [InlineData(300, 1700, 0.7242, 0.303)]
    public void Glicko_trusts_an_uncertain_opponent_less(double deviation, double opponent, double trust, double expected)
    {
        Assert.Equal(trust, RatingScale.Trust(deviation * deviation), 0.00005);
        Assert.Equal(expected, Glicko.Expected(1500, opponent, deviation), 0.0005);
    }

    [Theory]
    [InlineData(50, 40, 0, 50)]
    [InlineData(50, 40, 180, 98.489)] // sqrt(2500 + 7200)
    [InlineData(50, 40, 1e6, 350)]
    [InlineData(50, 40, -3, 50)]
    public void Idle_time_widens_up_to_350(double deviation, double perDay, double days, double expected) =>
        Assert.Equal(expected, Glicko.AfterIdle(deviation, perDay, days), 0.001);

    [Fact]
    public void Four_hundred_points_are_odds_of_ten_to_one()
    {
        Assert.Equal(10.0 / 11, Elo.Predict(1900, 1500), 1e-12);
        Assert.Equal(0.25 + 0.75 / 11, Elo.Predict(1500, 1900, 0.25), 1e-12);
    }

    [Fact]
    public void Elo_gives_one_what_it_takes_from_the_other()
    {
        double learner = 1500, item = 1500;

        double chance = Elo.Update(ref learner, ref item, 1);

        Assert.Equal((0.5, 1516.0, 1484.0), (chance, learner, item));
    }

    [Theory]
    [InlineData(0, 173.7178)]
    [InlineData(100, 28.953)] // 173.7 / 6
    [InlineData(10_000, 9)]
    public void The_step_falls_with_experience_to_its_floor(int answers, double step) => Assert.Equal(step, Elo.Step(answers, floor: 9), 0.001);

    [Theory]
    [InlineData(true, 0, 1)]
    [InlineData(false, 0, -1)]
    [InlineData(true, 15_000, 0.25)]
    [InlineData(false, 15_000, -0.25)]
    [InlineData(false, 20_000, 0)]
    [InlineData(true, 90_000, 0)]
    public void Speed_is_the_stake(bool correct, double elapsedMs, double score) => Assert.Equal(score, HighSpeedHighStakes.Score(correct, elapsedMs, 20_000), 1e-12);

    [Fact]
    public void The_expected_score_follows_the_published_formula_and_is_smooth_at_zero()
    {
        foreach (double z in new[] { -3, -0.5, 0.7, 2.5 })
        {
            Assert.Equal((Math.Exp(2 * z) + 1) / (Math.Exp(2 * z) - 1) - 1 / z, HighSpeedHighStakes.Expected(z), 1e-12);
        }

        Assert.Equal(0, HighSpeedHighStakes.Expected(0));
        Assert.Equal(HighSpeedHighStakes.Expected(0.0009), HighSpeedHighStakes.Expected(0.0011), 1e-4);
    }
}
