using System.Diagnostics;
using System.Text.Json;
using Tripos.Measurement.Ratings;
using Tripos.Measurement.Selection;

namespace Tripos.Bench.Simulations;

/// <summary>Cohorts that study for an exam by different policies; and how fast a choice is.</summary>
public static class SelectionBench
{
    public static int Run(string[] args)
    {
        bool json = args.Contains("--json");
        var report = new Report(json);
        object result = args.Contains("--ratings") ? Ratings(report, args) : Study(report, args);
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(result, JsonSerializerOptions.Web));
        }

        return 0;
    }

    private static object Study(Report report, string[] args)
    {
        int seed = Value(args, "--seed", 1), seeds = Value(args, "--seeds", 3), learners = Value(args, "--learners", 40), items = Value(args, "--items", 400), days = Value(args, "--days", 30), minutes = Value(args, "--minutes", 15);
        report.Title($"selection: {learners} learners, {items} items, {minutes} minutes on each of {days} days, mean of {seeds} worlds");
        report.Line($"  {"policy",-16} {"minutes",8} {"exam",6} {"gain",6} {"gain/h",7} {"retained",9} {"ret./h",7} {"success",8} {"gini",5} {"violations",11}");
        var rows = Enum.GetValues<StudyPolicy>().Select(policy => Mean(policy, [.. Enumerable.Range(seed, seeds).Select(world => StudyRun.Run(policy, learners, items, days, minutes, world))])).ToList();
        foreach (var row in rows)
        {
            report.Line($"  {row.Policy,-16} {row.Minutes,8:N0} {row.ExamScore,6:P1} {row.ExamGain,6:P1} {row.GainPerHour,7:N2} {row.Retained,9:N1} {row.RetainedPerHour,7:N2} {row.Success,8:P1} {row.ExposureGini,5:N2} {row.Violations,11}");
        }

        double micros = Micros();
        report.Line($"  5 of 2,000 candidates: {micros:N0} µs");
        return new { bench = "selection", policies = rows.Select(row => new { policy = row.Policy.ToString(), row.ExamScore, row.ExamGain, row.GainPerHour, row.Retained, row.RetainedPerHour, row.Success, row.ExposureGini, row.Violations }), microsecondsFor5Of2000 = Math.Round(micros, 1) };
    }

    private static object Ratings(Report report, string[] args)
    {
        int seed = Value(args, "--seed", 1), learners = Value(args, "--learners", 6000), items = Value(args, "--items", 300), each = Value(args, "--answers", 30);
        report.Title($"selection --ratings: {learners:N0} learners x {each} answers, {items} new items (true deviation 208 points), chosen by the selector");
        var settings = RatingSettings.Default with { ItemDeviation = Value(args, "--item-deviation", (int)RatingSettings.Default.ItemDeviation), ItemDrift = Value(args, "--item-drift", (int)RatingSettings.Default.ItemDrift) };
        report.Line($"  new items deviate by {settings.ItemDeviation:N0} points and drift by {settings.ItemDrift:N0} points² per answer");
        var rows = new List<object>();
        foreach (var (probeShare, guess, learning) in ((double, double, bool)[])[(0.10, 0, true), (0.05, 0, true), (0, 0, true), (0.10, 0.25, true), (0.10, 0, false)])
        {
            var run = new CalibrationRun(settings, items, guess, learning, seed);
            run.Run(learners, each, new() { ProbeShare = probeShare });
            report.Line($"  probes asked {probeShare:P0}, made {run.Probes:P1}; guessing {guess:P0}; learners {(learning ? "learn" : "stay as they are")}; fewest answers {run.FewestAnswers}");
            for (int look = 0; look < CalibrationRun.Looks.Length; look++)
            {
                var (honesty, answers) = (run.At(look), CalibrationRun.Looks[look]);
                report.Line($"    at {answers,4} answers: coverage {honesty.Coverage:F3}   shift {honesty.Shift,6:F1}   correlation {honesty.Correlation:F3}   error {honesty.Error,5:F1}   deviation {honesty.Deviation,5:F1}   slope {honesty.Slope:F2}   items {honesty.Items}");
                rows.Add(new { probeShare, probesMade = Math.Round(run.Probes, 4), guess, learning, answers, honesty.Coverage, honesty.Shift, honesty.Correlation, honesty.Error, honesty.Deviation, honesty.Slope, honesty.Items, fewestAnswers = run.FewestAnswers });
            }
        }

        return new { bench = "selection-ratings", rows };
    }

    private static StudyResult Mean(StudyPolicy policy, StudyResult[] runs) => new(
        policy, runs.Average(run => run.Minutes), runs.Average(run => run.ExamScore), runs.Average(run => run.ExamGain), runs.Average(run => run.Retained),
        runs.Average(run => run.Success), runs.Average(run => run.ExposureGini), runs.Sum(run => run.Violations));

    private static double Micros()
    {
        var random = new Random(1);
        Candidate[] candidates = [.. Enumerable.Range(0, 2000).Select(item => new Candidate
        {
            Item = item, Topic = item % 20, Success = random.NextDouble(), DifficultyPoints = 1300 + random.Next(400), DifficultyDeviation = 60, IsDue = item % 9 == 0, Retrievability = random.NextDouble(),
            Weakness = random.NextDouble(), TopicShare = 0.05, HoursSinceSeen = random.Next(1000), ExpectedMs = 60_000, IsProbe = item % 7 == 0,
        })];
        var request = new SelectionRequest { Count = 5 };
        Span<Pick> picks = stackalloc Pick[5];
        double best = double.MaxValue;
        for (int round = 0; round < 300; round++)
        {
            long start = Stopwatch.GetTimestamp();
            ItemSelector.Select(candidates, request, picks);
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMicroseconds);
        }

        return best;
    }

    private static int Value(string[] args, string name, int otherwise) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length && int.TryParse(args[at + 1], out int value) ? value : otherwise;
}
