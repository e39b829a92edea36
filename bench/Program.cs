using System.Text.Json;
using Tripos.Bench;
using Tripos.Bench.Simulations;
using Tripos.Bench.Speech;

// bench [NAME…] [--json] [--seconds N]: measures on a fresh embedded database with durable commits, beside a raw limit in the same run.
if (args is ["measurement", .. var responses])
{
    return MeasurementBench.Run(responses);
}

if (args is ["spacing", .. var vectors])
{
    return SpacingBench.Run(vectors);
}

if (args is ["irt", .. var tables])
{
    return IrtBench.Run(tables);
}

if (args is ["cat", .. var adaptive])
{
    return CatBench.Run(adaptive);
}

if (args is ["selection", .. var studies])
{
    return SelectionBench.Run(studies);
}

if (args is ["evaluation", .. var marked])
{
    return EvaluationBench.Run(marked);
}

if (args is ["speech", .. var voices])
{
    return await SpeechBench.RunAsync(voices);
}

string[] names = [.. args.Where(arg => !arg.StartsWith("--", StringComparison.Ordinal) && !int.TryParse(arg, out _))];
bool json = args.Contains("--json");
int seconds = Array.IndexOf(args, "--seconds") is >= 0 and var at && at + 1 < args.Length && int.TryParse(args[at + 1], out int asked) ? asked : 5;

Dictionary<string, Func<Report, Task<object>>> benches = new()
{
    ["save-answer"] = report => new SaveAnswerBench(report, seconds).RunAsync(),
    ["attempt"] = report => new AttemptBench(report, seconds).RunAsync(),
    ["pages"] = report => new PagesBench(report, seconds).RunAsync(),
    ["import"] = report => new ImportBench(report).RunAsync(),
    ["scoring"] = async report => new { scoring = new ScoringBench(report).Run(), report = await new ReportBench(report, seconds).RunAsync() },
    ["folds"] = report => new FoldsBench(report, seconds * 2).RunAsync(),
    ["practice"] = report => new PracticeBench(report, seconds).RunAsync(),
    ["live"] = report => new LiveBench(report, seconds).RunAsync(),
    ["startup"] = report => new StartupBench(report).RunAsync(),
};

string? unknown = names.FirstOrDefault(name => !benches.ContainsKey(name));
if (unknown is not null)
{
    Console.Error.WriteLine($"There is no benchmark \"{unknown}\". Choose from: {string.Join(", ", benches.Keys)}.");
    return 2;
}

var report = new Report(json);
foreach (string name in names.Length > 0 ? names : [.. benches.Keys])
{
    report.Title(name);
    object result = await benches[name](report);
    if (json)
    {
        Console.WriteLine(JsonSerializer.Serialize(result, JsonSerializerOptions.Web));
    }
}

return 0;
