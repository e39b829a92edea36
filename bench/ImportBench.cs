using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Tripos.Bench;

/// <summary>`tripos import` as a person runs it: 50,000 questions of the trivia format made here, then the same again.</summary>
public sealed class ImportBench(Report report)
{
    private const int Files = 20;
    private const int PerFile = 2_500;

    public async Task<object> RunAsync()
    {
        string folder = Directory.CreateTempSubdirectory("tripos-bench-import-").FullName;
        try
        {
            for (int file = 0; file < Files; file++)
            {
                await File.WriteAllTextAsync(Path.Combine(folder, $"category-{file}.txt"), Trivia(file));
            }

            string data = Path.Combine(folder, "data");
            await TriposAsync(["db", "migrate", "--data", data]); // initdb is not part of the import
            var first = await TriposAsync(["import", folder, "--json", "--data", data]);
            var second = await TriposAsync(["import", folder, "--json", "--data", data]);
            int questions = JsonSerializer.Deserialize<JsonElement>(first.Output).GetProperty("questions").GetInt32();
            report.Line($"  first   {questions:N0} questions in {first.Seconds:N1} s = {questions / first.Seconds:N0}/s (process and database start included)");
            report.Line($"  again   {second.Seconds:N1} s, all unchanged");
            return new { bench = "import", questions, seconds = Math.Round(first.Seconds, 2), perSecond = Math.Round(questions / first.Seconds), againSeconds = Math.Round(second.Seconds, 2) };
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Trivia(int file)
    {
        var text = new StringBuilder();
        for (int n = 0; n < PerFile; n++)
        {
            text.Append(CultureInfo.InvariantCulture, $"#Q In file {file}, which of these is the number of question {n}, as it was written down?\n^ The number {n}\nA The number {n + 1}\nB The number {n}\nC The number {n + 7}\nD None that is given here\n\n");
        }

        return text.ToString();
    }

    private static async Task<(string Output, double Seconds)> TriposAsync(string[] arguments)
    {
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(new ProcessStartInfo("dotnet", [BenchSite.ServerDll, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? (output, clock.Elapsed.TotalSeconds) : throw new InvalidOperationException($"tripos {string.Join(' ', arguments)} failed: {await errors}");
    }
}
