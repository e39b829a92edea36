using System.Globalization;
using System.Text.Json;

namespace Tripos.Bench;

/// <summary>How far the local evaluator for writing agrees with the answers marked by hand, and how long it takes.</summary>
public static class EvaluationBench
{
    public static int Run(string[] args)
    {
        if (args.FirstOrDefault(arg => arg is not ("--json" or "--answers")) is { } unknown)
        {
            Console.Error.WriteLine($"There is no option {unknown}. bin/bench evaluation [--answers] [--json]");
            return 2;
        }

        bool json = args.Contains("--json");
        var report = new Report(json);
        var resources = SampleRun.Dictionaries();
        var run = SampleRun.Of(resources);
        report.Title($"evaluation: {run.Answers.Count} answers marked by hand, {(resources.Dictionaries.Count == 0 ? "no dictionaries" : "with dictionaries")}; {run.MillisecondsPerAnswer:N2} ms per answer");
        var rows = run.Rows().ToList();
        foreach (var part in rows.GroupBy(row => row.Part))
        {
            report.Line($"\n  {part.Key,-24} {"trait",-17} {"max",4} {"n",3} {"exact",6} {"adjacent",9} {"QWK",6} {"±",5} {"error",6} {"bias",6}");
            foreach (var row in part)
            {
                report.Line(Line(row));
            }
        }

        if (args.Contains("--answers"))
        {
            foreach (var judged in run.Answers.Where(judged => !judged.Answer.IsHeldOut))
            {
                report.Line($"  {judged.Answer.Id,-20} {judged.Answer.Level,-12} {string.Join("  ", judged.Verdict.Traits.Select(trait => $"{trait.Name} {trait.Score:0.##}/{judged.Answer.Marks[trait.Name]:0.##}"))} {judged.Verdict.Traits[0].Flag}");
            }
        }

        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(new { bench = "evaluation", answers = run.Answers.Count, millisecondsPerAnswer = Math.Round(run.MillisecondsPerAnswer, 3), rows = rows.Select(Rounded) }, JsonSerializerOptions.Web));
        }

        return 0;
    }

    private static string Line(SampleRun.Row row)
    {
        var found = row.Agreement;
        string kappa = found.Kappa?.ToString("0.00", CultureInfo.InvariantCulture) ?? "–", margin = found.KappaMargin?.ToString("0.00", CultureInfo.InvariantCulture) ?? "–";
        return string.Create(CultureInfo.InvariantCulture, $"  {row.Rubric,-24} {row.Trait,-17} {row.Max,4:0.##} {found.Count,3} {found.Exact,6:0.00} {found.Adjacent,9:0.00} {kappa,6} {margin,5} {found.MeanError,6:0.00} {found.Bias,6:0.00}");
    }

    private static object Rounded(SampleRun.Row row) => new
    {
        part = row.Part,
        rubric = row.Rubric,
        trait = row.Trait,
        max = row.Max,
        n = row.Agreement.Count,
        exact = Math.Round(row.Agreement.Exact, 4),
        adjacent = Math.Round(row.Agreement.Adjacent, 4),
        qwk = row.Agreement.Kappa is { } kappa ? Math.Round(kappa, 4) : (double?)null,
        qwkMargin = row.Agreement.KappaMargin is { } margin ? Math.Round(margin, 4) : (double?)null,
        meanAbsoluteError = Math.Round(row.Agreement.MeanError, 4),
        bias = Math.Round(row.Agreement.Bias, 4),
    };
}
