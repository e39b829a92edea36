using System.Globalization;
using Spectre.Console;
using Tripos.Formats;

namespace Tripos.Server.Features.Interchange;

/// <summary>Shows an import in a terminal.</summary>
internal static class ImportPrinter
{
    private const int MostLines = 10;

    /// <summary>A progress bar where somebody watches; nothing in a pipe.</summary>
    public static async Task<ImportReport> WithProgressAsync(IAnsiConsole console, int files, Func<Func<ImportedFile, Task>?, Task<ImportReport>> import)
    {
        if (!console.Profile.Capabilities.Interactive || Console.IsErrorRedirected)
        {
            return await import(null);
        }

        return await console.Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn()).StartAsync(async context =>
        {
            var task = context.AddTask("Importing", maxValue: Math.Max(1, files));
            return await import(file =>
            {
                task.Description = Markup.Escape(Short(file.Name));
                task.Increment(1);
                return Task.CompletedTask;
            });
        });
    }

    public static void Print(IAnsiConsole console, ImportReport report, TimeSpan time, bool dryRun)
    {
        foreach (var file in report.Files)
        {
            PrintFindings(console, file);
        }

        console.Write(Table(report));
        var total = report.Total();
        int seen = total.Questions + total.Unchanged, keys = report.Files.Sum(f => f.KeysSet);
        if (keys > 0)
        {
            console.MarkupLine($"{(dryRun ? "Would set" : "Set")} {keys:N0} {(keys == 1 ? "key" : "keys")}.");
        }

        if (seen == 0 && keys > 0)
        {
            return; // only key files
        }

        console.MarkupLine(string.Create(CultureInfo.InvariantCulture,
            $"{(dryRun ? "Would import" : "Imported")} {total.Questions:N0} questions ({total.Unchanged:N0} unchanged, {total.Skipped.Count:N0} skipped, {total.NeedKey:N0} need a key, {total.Drafts:N0} are drafts) in {time.TotalSeconds:0.0} s, {seen / Math.Max(time.TotalSeconds, 0.001):N0} questions/s."));
    }

    private static void PrintFindings(IAnsiConsole console, ImportedFile file)
    {
        foreach (var finding in file.Findings.Take(MostLines))
        {
            string word = finding.Severity switch
            {
                Severity.Error => file.Failed ? "[red]error[/]" : "[yellow]skipped[/]",
                Severity.Warning => "[yellow]warning[/]",
                _ => "[grey]note[/]",
            };
            console.MarkupLine($"{word} {Markup.Escape(finding.ToString())}");
        }

        if (file.Findings.Count > MostLines)
        {
            console.MarkupLine($"[yellow]…[/] and {file.Findings.Count - MostLines} more in {Markup.Escape(file.Name)}; --json lists everything that was skipped.");
        }
    }

    private static Table Table(ImportReport report)
    {
        var table = new Table().AddColumns("File", "What", "Result").AddColumn(new TableColumn("New or changed").RightAligned())
            .AddColumn(new TableColumn("Unchanged").RightAligned()).AddColumn(new TableColumn("Need a key").RightAligned()).AddColumn(new TableColumn("Skipped").RightAligned());
        foreach (var file in report.Files)
        {
            table.AddRow(Markup.Escape(Short(file.Name)), Markup.Escape(file.Title ?? ImportWords.Of(file.Kind)), Result(file),
                Number(file.Kind == ImportedKind.Keys ? file.KeysSet : file.Questions), Number(file.Unchanged), Number(file.NeedKey), Number(file.Skipped));
        }

        return table;
    }

    private static string Result(ImportedFile file) => file.Failed ? "[red]failed[/]"
        : file.LeftAlone ? "[grey]left alone[/]"
        : file.Questions + file.Tests + file.KeysSet == 0 ? "unchanged" : "[green]imported[/]";

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Short(string name) => name.Length <= 60 ? name : "…" + name[^59..];
}
