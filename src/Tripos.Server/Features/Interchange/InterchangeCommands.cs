using System.CommandLine;
using System.Text.Json;
using Npgsql;
using Spectre.Console;
using Tripos.Formats;
using Tripos.Server.Platform.Cli;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Interchange;

/// <summary>import, keys, export.</summary>
public static class InterchangeCommands
{
    private static readonly Option<bool> AsJson = new("--json") { Description = "Print one JSON object and nothing else on standard output." };
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Say what would happen, change nothing." };

    public static Command Import()
    {
        var paths = new Argument<string[]>("path") { Description = "Files, zip files or folders.", Arity = ArgumentArity.OneOrMore };
        var command = new Command("import", "Import exams (.json, .html), trivia (.txt), answer keys (.csv, .json) and zip files of them.") { paths, AsJson, DryRun };
        command.SetAction((arguments, stop) => TriposCli.WithServicesAsync(arguments, (services, ct) =>
        {
            var (sources, missing) = ImportPaths.Find(arguments.GetValue(paths)!);
            return RunAsync(sources, missing, arguments, services, ct);
        }, stop));
        return command;
    }

    public static Command Keys()
    {
        var paths = new Argument<string[]>("file") { Description = "CSV (question_id,correct_option) or JSON files.", Arity = ArgumentArity.OneOrMore };
        var command = new Command("keys", "Set the right answers of questions imported without them.") { paths, AsJson, DryRun };
        command.SetAction((arguments, stop) => TriposCli.WithServicesAsync(arguments, (services, ct) =>
        {
            var (sources, missing) = ImportPaths.Find(arguments.GetValue(paths)!);
            return RunAsync([.. sources.Select(s => s with { AppliesKeys = true })], missing, arguments, services, ct);
        }, stop));
        return command;
    }

    public static Command Export()
    {
        var tests = new Argument<string[]>("test") { Description = "Ids, titles or source ids of tests.", Arity = ArgumentArity.OneOrMore };
        var folder = new Option<string>("--out") { Description = "The folder to write to (default: here).", DefaultValueFactory = _ => "." };
        var command = new Command("export", "Write tests as exam JSON files, with their pictures and sounds, that can be imported again.") { tests, folder };
        command.SetAction((arguments, stop) => TriposCli.WithServicesAsync(arguments, (services, ct) =>
            ExportAsync(arguments.GetValue(tests)!, arguments.GetValue(folder)!, services.GetRequiredService<NpgsqlDataSource>(), ct), stop));
        return command;
    }

    private static async Task<int> RunAsync(List<ImportSource> sources, List<ImportedFile> missing, ParseResult arguments, IServiceProvider services, CancellationToken ct)
    {
        var database = services.GetRequiredService<NpgsqlDataSource>();
        await new Migrator(database).MigrateAsync(ct);
        var request = new ImportFiles.Request(Author: null, arguments.GetValue(DryRun), new ImportLimits());
        var output = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        output.Profile.Width = Math.Max(output.Profile.Width, Console.IsErrorRedirected ? 140 : 0);
        bool json = arguments.GetValue(AsJson);
        long started = System.Diagnostics.Stopwatch.GetTimestamp();
        var imported = await ImportPrinter.WithProgressAsync(output, sources.Count, progress => ImportFiles.RunAsync(sources, request, database, progress, ct));
        var report = new ImportReport([.. missing, .. imported.Files]);
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(report.Total(), Json.Options));
        }
        else
        {
            ImportPrinter.Print(output, report, System.Diagnostics.Stopwatch.GetElapsedTime(started), request.DryRun);
        }

        return report.HasFailures ? 1 : 0;
    }

    private static async Task<int> ExportAsync(string[] names, string folder, NpgsqlDataSource database, CancellationToken ct)
    {
        int failures = 0;
        Directory.CreateDirectory(folder);
        foreach (string name in names)
        {
            var ids = await ExportTest.FindAsync(name, database, ct);
            if (ids is not [var id])
            {
                failures++;
                await Console.Error.WriteLineAsync(ids.Count == 0 ? $"There is no test \"{name}\"." : $"{ids.Count} tests are called \"{name}\": name one by its id: {string.Join(", ", ids)}");
                continue;
            }

            var test = (await ExportTest.RunAsync(id, database, ct)).Value!;
            Console.WriteLine(await ExportFiles.ToFolderAsync(test, folder, database, ct));
        }

        return failures == 0 ? 0 : 1;
    }
}
