using System.CommandLine;
using System.Net;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Platform.Cli;

/// <summary>serve: the server itself.</summary>
public static class ServeCommand
{
    private static readonly Option<int> Port = new("--port") { Description = "The port (0 takes any free one).", DefaultValueFactory = _ => 5080 };

    private static readonly Option<string> Listen = new("--listen")
    {
        Description = "The address to listen on (TRIPOS_URLS replaces both); anything but this machine itself is refused while the demo school exists.",
        DefaultValueFactory = _ => "127.0.0.1",
    };

    private static readonly Option<bool> NoDemo = new("--no-demo") { Description = "Do not fill an empty database with the demo school." };

    public static Command Create()
    {
        var command = new Command("serve", "Start the server.") { Port, Listen, NoDemo };
        command.SetAction((arguments, _) => RunAsync([.. TriposCli.Settings(arguments), $"--urls={Urls(arguments)}", $"--Tripos:Demo={!arguments.GetValue(NoDemo)}"]));
        return command;
    }

    /// <summary>Serves until it is told to stop; a failure a person can cure is one line and exit code 1.</summary>
    public static async Task<int> RunAsync(string[] settings)
    {
        try
        {
            await using var app = Program.Build(settings);
            await app.Services.GetRequiredService<Database>().StartAsync(CancellationToken.None);
            await app.RunAsync();
            return 0;
        }
        catch (SetupException failure)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return 1;
        }
        catch (IOException failure) when (failure.Message.Contains("bind", StringComparison.Ordinal))
        {
            await Console.Error.WriteLineAsync($"{failure.Message} End the other program, or choose another port with --port.");
            return 1;
        }
    }

    private static string Urls(ParseResult arguments)
    {
        if (Environment.GetEnvironmentVariable("TRIPOS_URLS") is { Length: > 0 } named)
        {
            return named;
        }

        string address = arguments.GetValue(Listen)!;
        return $"http://{(IPAddress.TryParse(address, out var ip) && ip.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? $"[{ip}]" : address)}:{arguments.GetValue(Port)}";
    }
}
