using Tripos.Bench.Simulations;

namespace Tripos.Measurement.Tests.Selection;

/// <summary>A small cohort that studies for an exam; <c>bin/bench selection</c> runs large ones.</summary>
public sealed class StudySimulationTests
{
    [Fact]
    public void The_selector_prepares_best_for_an_exam_and_breaks_no_promise()
    {
        var results = Enum.GetValues<StudyPolicy>().ToDictionary(policy => policy, policy => StudyRun.Run(policy, learners: 8, items: 240, days: 25, minutesPerDay: 12, seed: 5));

        var selector = results[StudyPolicy.Selector];
        Assert.Equal(0, selector.Violations);
        Assert.InRange(selector.Success, 0.65, 0.85);
        Assert.All(results.Values.Where(other => other.Policy != StudyPolicy.Selector), other =>
        {
            Assert.True(selector.GainPerHour > other.GainPerHour, $"{other.Policy} gains {other.GainPerHour:F2} an hour, the selector {selector.GainPerHour:F2}.");
            Assert.True(selector.RetainedPerHour > other.RetainedPerHour, $"{other.Policy} retains {other.RetainedPerHour:F2} an hour, the selector {selector.RetainedPerHour:F2}.");
        });
    }
}
