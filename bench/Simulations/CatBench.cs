using System.Text.Json;
using Tripos.Measurement.Adaptive;

namespace Tripos.Bench.Simulations;

/// <summary>Adaptive tests of simulated learners: length, exposure, overlap, and whether the standard errors are honest.</summary>
public static class CatBench
{
    private const int Learners = 1000;
    private const int Items = 400;
    private const int MostItems = 120;

    public static int Run(string[] args)
    {
        bool json = args.Contains("--json");
        int banks = Value(args, "--banks", 5);
        int seed = Value(args, "--seed", 1);
        int model = Value(args, "--model", 0); // 0 is all
        bool onlyDefault = args.Contains("--default");
        var report = new Report(json);
        report.Title($"cat: {Learners:N0} learners N(0, 1), bank of {Items}, stop at a standard error of 0.3, mean of {banks} banks");
        report.Line($"  {"model",-5} {"rule",-36} {"items",6} {"worst",6} {"95 %",5} {"exposure",9} {"overlap",8} {"used",6} {"error",6} {"coverage",9} {"µs/item",8}");
        var rows = Cases().Where(scenario => (model == 0 || scenario.Parameters == model) && (!onlyDefault || scenario.Rule == CatRule.ProgressiveRestricted)).Select(scenario => Measure(scenario, banks, seed, report)).ToList();
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(new { bench = "cat", rows }, JsonSerializerOptions.Web));
        }

        return 0;
    }

    private static IEnumerable<Scenario> Cases()
    {
        foreach (int model in (int[])[1, 2, 3])
        {
            foreach (var rule in Enum.GetValues<CatRule>().Where(rule => rule != CatRule.SympsonHetter || model == 2)) // its chances take long to find
            {
                yield return new(model, rule, 0, false);
            }
        }

        yield return new(2, CatRule.MaximumInformation, 0.4, false);
        yield return new(2, CatRule.MaximumInformation, 0.4, true);
        yield return new(2, CatRule.ProgressiveRestricted, 0.4, false);
        yield return new(2, CatRule.ProgressiveRestricted, 0.4, true);
        yield return new(3, CatRule.ProgressiveRestricted, 0.4, true);
    }

    private static Row Measure(Scenario scenario, int banks, int seed, Report report)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var runs = Enumerable.Range(0, banks).Select(bank => Sit(scenario, (seed * 1000) + bank)).ToList();
        double micros = clock.Elapsed.TotalMicroseconds / runs.Sum(run => run.Lengths.Sum());
        double Mean(Func<CatSimulationResult, double> value) => Math.Round(runs.Average(value), 4);
        var row = new Row(
            $"{scenario.Parameters}PL", scenario.Name, Mean(run => run.MeanLength), runs.Max(run => run.MeanLength), Mean(run => run.LengthOf95Percent), runs.Max(run => run.LargestExposure),
            Mean(run => run.Overlap), Mean(run => run.BankUse), Mean(run => run.RootMeanSquareError), Mean(run => run.Coverage), Math.Round(micros, 1));
        report.Line($"  {row.Model,-5} {row.Rule,-36} {row.Items,6:N2} {row.WorstBank,6:N2} {row.Items95,5:N1} {row.LargestExposure,9:N3} {row.Overlap,8:N3} {row.BankUse,6:P0} {row.Rmse,6:N3} {row.Coverage,9:N3} {row.MicrosecondsPerItem,8:N1}");
        return row;
    }

    private static CatSimulationResult Sit(Scenario scenario, int seed)
    {
        var random = new Random(seed);
        CatItem[] truth = [.. Enumerable.Range(0, Items).Select(item => Item(item, scenario.Parameters, random))];
        CatItem[] bank = [.. truth.Select(item => item with { B = item.B + random.Normal(0, scenario.Noise), BStandardError = scenario.KnowsNoise ? scenario.Noise : 0 })];
        double[] abilities = [.. Enumerable.Range(0, Learners).Select(_ => random.Normal())];
        var settings = new CatSettings { Rule = scenario.Rule, MaxItems = MostItems };
        if (scenario.Rule == CatRule.SympsonHetter)
        {
            double[] others = [.. Enumerable.Range(0, Learners / 2).Select(_ => random.Normal())];
            bank = SympsonHetter.Calibrate(bank, others, settings, settings.MaxExposure, rounds: 8, (ulong)seed);
        }

        return CatSimulation.Run(bank, truth, abilities, settings, (ulong)seed);
    }

    private static CatItem Item(int item, int parameters, Random random) =>
        new(item, 0, parameters == 1 ? 1 : Math.Exp(random.Normal(0.15, 0.3)), random.Normal(0, 1.2), parameters == 3 ? 0.2 : 0);

    private static int Value(string[] args, string name, int otherwise) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length && int.TryParse(args[at + 1], out int value) ? value : otherwise;

    private sealed record Row(
        string Model, string Rule, double Items, double WorstBank, double Items95, double LargestExposure, double Overlap, double BankUse, double Rmse, double Coverage, double MicrosecondsPerItem);

    private sealed record Scenario(int Parameters, CatRule Rule, double Noise, bool KnowsNoise)
    {
        public string Name => Noise == 0 ? $"{Rule}" : $"{Rule} noise {Noise}{(KnowsNoise ? " known" : "")}";
    }
}
