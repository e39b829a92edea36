using System.CommandLine;
using Npgsql;
using Tripos.Server.Platform.Cli;

namespace Tripos.Server.Features.Evaluation.Credits;

/// <summary>credits verify: do the books add up?</summary>
internal static class CreditCommands
{
    public static Command Create()
    {
        var verify = new Command("verify", "Add up everybody's credits again from the entries. Exits with 1 and says what is wrong where the books differ.");
        verify.SetAction((arguments, stop) => TriposCli.WithServicesAsync(arguments, VerifyAsync, stop));
        return new Command("credits", "Look after credits.") { verify };
    }

    private static async Task<int> VerifyAsync(IServiceProvider services, CancellationToken ct)
    {
        var result = await VerifyBooks.RunAsync(services.GetRequiredService<NpgsqlDataSource>(), ct);
        foreach (string fault in result.Faults)
        {
            await Console.Error.WriteLineAsync(fault);
        }

        Console.WriteLine($"Checked {result.Transfers:N0} transfers of {result.People:N0} people: {(result.Faults.Count == 0 ? "the books balance" : $"{result.Faults.Count} faults")}.");
        return result.Faults.Count == 0 ? 0 : 1;
    }
}
