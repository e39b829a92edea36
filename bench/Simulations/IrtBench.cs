using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Tripos.Measurement.Irt;

namespace Tripos.Bench.Simulations;

/// <summary>Calibrates tables of 0 and 1 (one row per person, a header line), and compares with a file of item, easiness and standard error when one is named.</summary>
public static class IrtBench
{
    public static int Run(string[] args)
    {
        bool json = args.Contains("--json");
        var report = new Report(json);
        var calibrations = new List<Row>();
        string[] files = [.. args.Where(arg => !arg.StartsWith("--", StringComparison.Ordinal))];
        foreach (string file in files.Where(file => !IsReference(file)))
        {
            report.Title(Path.GetFileName(file));
            var table = Read(file);
            calibrations.Add(Measure(file, "1PL marginal", report, () => MarginalMaximumLikelihood.Fit(table, ItemModel.OneParameter)));
            calibrations.Add(Measure(file, "2PL marginal", report, () => MarginalMaximumLikelihood.Fit(table, ItemModel.TwoParameter)));
            calibrations.Add(Measure(file, "Rasch conditional", report, () => ConditionalRasch.Fit(table)));
        }

        var comparisons = files.Where(IsReference).Select(file => Compare(file, calibrations, report)).ToList();
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(new { bench = "irt", calibrations, comparisons }, JsonSerializerOptions.Web));
        }

        return files.Length == 0 ? Usage() : 0;
    }

    private static int Usage()
    {
        Console.Error.WriteLine("Name at least one CSV file of 0 and 1, one row per person.");
        return 2;
    }

    private static Row Measure(string file, string method, Report report, Func<Calibration> fit)
    {
        var clock = Stopwatch.StartNew();
        var found = fit();
        double ms = clock.Elapsed.TotalMilliseconds;
        report.Line($"  {method,-18} log-likelihood {found.LogLikelihood:F3}   {found.Iterations} rounds{(found.Converged ? "" : ", NOT CONVERGED")}   {ms:N0} ms");
        report.Line($"    a {Joined(found.Items.Select(item => item.A))}");
        report.Line($"    b {Joined(found.Items.Select(item => item.B))}");
        report.Line($"   se {Joined(found.Items.Select(item => item.BStandardError))}");
        return new(Path.GetFileName(file), method, Math.Round(found.LogLikelihood, 4), found.Converged, [.. found.Items.Select(item => Math.Round(item.A, 5))], [.. found.Items.Select(item => Math.Round(item.B, 6))], [.. found.Items.Select(item => Rounded(item.BStandardError))], Math.Round(ms, 1));
    }

    private static double Rounded(double value) => double.IsFinite(value) ? Math.Round(value, 6) : -1;

    private static string Joined(IEnumerable<double> values) => string.Join(' ', values.Select(value => value.ToString("F4", CultureInfo.InvariantCulture)));

    // The reference belongs to the conditional calibration with as many items.
    private static object Compare(string file, List<Row> calibrations, Report report)
    {
        double[][] rows = [.. File.ReadLines(file).Skip(1).Select(line => (double[])[.. line.Split(',')[1..3].Select(cell => double.Parse(cell, CultureInfo.InvariantCulture))])];
        var mine = calibrations.LastOrDefault(row => row.Method.StartsWith("Rasch", StringComparison.Ordinal) && row.B.Length == rows.Length) ?? throw new InvalidOperationException($"No table has the {rows.Length} items of {file}.");
        double easiness = rows.Zip(mine.B, (row, b) => Math.Abs(row[0] + b)).Max();
        double error = rows.Zip(mine.BStandardErrors, (row, se) => Math.Abs(row[1] - se)).Max();
        report.Line($"\n  {mine.File} against {Path.GetFileName(file)}: easiness differs by at most {easiness:G3}, standard errors by {error:G3}");
        return new { file = mine.File, reference = Path.GetFileName(file), maxEasinessDifference = easiness, maxStandardErrorDifference = error };
    }

    private static bool IsReference(string file) => File.ReadLines(file).First().Contains("easiness", StringComparison.Ordinal);

    private static AnswerTable Read(string file)
    {
        string[] lines = [.. File.ReadLines(file).Where(line => line.Length > 0)];
        var table = new AnswerTable(lines[0].Split(',').Length);
        foreach (string line in lines.Skip(1))
        {
            table.Add([.. line.Split(',').Select(cell => sbyte.TryParse(cell, CultureInfo.InvariantCulture, out sbyte score) ? score : AnswerTable.Missing)]);
        }

        return table;
    }

    private sealed record Row(string File, string Method, double LogLikelihood, bool Converged, double[] A, double[] B, double[] BStandardErrors, double Milliseconds);
}
