using System.CommandLine;
using System.Text.Json;
using Npgsql;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Platform.Cli;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Folds;

/// <summary>rebuild: what is derived, from what is true.</summary>
internal static class FoldCommands
{
    private static readonly Option<bool> AsJson = new("--json") { Description = "Print one object {checked, mended, folds: [{name, responses}]}." };

    private sealed record Rebuilt(string Name, long Responses);

    public static Command Rebuild()
    {
        var command = new Command("rebuild", "Compute derived data again: totals of attempts from their answers; ratings, statistics, progress and review cards from the responses.") { AsJson };
        command.SetAction((arguments, stop) => TriposCli.WithServicesAsync(arguments, (services, ct) => RunAsync(services, arguments.GetValue(AsJson), ct), stop));
        return command;
    }

    private static async Task<int> RunAsync(IServiceProvider services, bool json, CancellationToken ct)
    {
        var totals = await RebuildTotals.RunAsync(services.GetRequiredService<NpgsqlDataSource>(), ct);
        Say(json, $"Checked the totals of {totals.Checked:N0} graded attempts; {totals.Mended:N0} had to be mended.");
        var runner = services.GetRequiredService<FoldRunner>();
        await runner.RunDueAsync(ct); // what was graded just now is logged first
        List<Rebuilt> rebuilt = [];
        foreach (var fold in runner.Folds)
        {
            rebuilt.Add(new Rebuilt(fold.Name, await runner.RebuildAsync(fold, ct)));
            Say(json, $"Computed {fold.Name} from {rebuilt[^1].Responses:N0} responses.");
        }

        var predictor = services.GetRequiredService<Predictor>();
        await predictor.ResetAsync(ct);
        await predictor.FollowAsync(ct);
        await predictor.SaveAsync(ct);
        rebuilt.Add(new Rebuilt("predictor", predictor.Position));
        Say(json, $"Taught the predictor {predictor.Position:N0} responses.");
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(new { totals.Checked, totals.Mended, folds = rebuilt }, Json.Options));
        }

        return 0;
    }

    private static void Say(bool json, string line)
    {
        if (!json)
        {
            Console.WriteLine(line);
        }
    }
}
