using System.CommandLine;
using System.Text.Json;
using Npgsql;
using Tripos.Server.Platform.Cli;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Attempts;

/// <summary>rebuild: what is derived, from what is true.</summary>
internal static class AttemptCommands
{
    private static readonly Option<bool> AsJson = new("--json") { Description = "Print one object {checked, mended}." };

    public static Command Rebuild()
    {
        var command = new Command("rebuild", "Compute derived data again: the totals of graded attempts from their answers.") { AsJson };
        command.SetAction((arguments, stop) => TriposCli.WithServicesAsync(arguments, async (services, ct) =>
        {
            var rebuilt = await RebuildTotals.RunAsync(services.GetRequiredService<NpgsqlDataSource>(), ct);
            Console.WriteLine(arguments.GetValue(AsJson)
                ? JsonSerializer.Serialize(rebuilt, Json.Options)
                : $"Checked the totals of {rebuilt.Checked:N0} graded attempts; {rebuilt.Mended:N0} had to be mended.");
            return 0;
        }, stop));
        return command;
    }
}
