using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Platform.Cli;

/// <summary>serve: the server itself.</summary>
public static class ServeCommand
{
    private static readonly Option<int> Port = new("--port") { Description = "The port (0 takes any free one).", DefaultValueFactory = _ => 5080 };
    private static readonly Option<string> Listen = new("--listen") { Description = "The address to listen on; TRIPOS_URLS replaces address and port.", DefaultValueFactory = _ => "127.0.0.1" };
    private static readonly Option<bool> NoDemo = new("--no-demo") { Description = "Leave an empty database empty, without the demo school." };

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
            var notices = await PrepareAsync(app);
            app.Lifetime.ApplicationStarted.Register(() => SayReady(app, notices));
            await app.RunAsync();
            return 0;
        }
        catch (SetupException failure)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return 1;
        }
        catch (IOException failure) when (failure.InnerException is SocketException or Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            await Console.Error.WriteLineAsync($"{failure.Message} End the other program, or choose another port with --port.");
            return 1;
        }
    }

    private static async Task<List<string>> PrepareAsync(WebApplication app)
    {
        List<string> notices = [];
        var addresses = ListenAddresses.Of(app.Configuration);
        foreach (var step in app.Services.GetServices<StartStep>())
        {
            await using var scope = app.Services.CreateAsyncScope();
            if (await step.RunAsync(scope.ServiceProvider, addresses, app.Lifetime.ApplicationStopping) is { } notice)
            {
                notices.Add(notice);
            }
        }

        return notices;
    }

    /// <summary>The first line is a contract: scripts wait for it.</summary>
    private static void SayReady(WebApplication app, List<string> notices)
    {
        foreach (string url in app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? [])
        {
            Console.WriteLine($"Tripos is ready at {url}");
        }

        notices.ForEach(Console.WriteLine);
    }

    private static string Urls(ParseResult arguments)
    {
        if (Environment.GetEnvironmentVariable("TRIPOS_URLS") is { Length: > 0 } named)
        {
            return named;
        }

        string address = arguments.GetValue(Listen)!;
        bool isV6 = IPAddress.TryParse(address, out var ip) && ip.AddressFamily == AddressFamily.InterNetworkV6;
        return $"http://{(isV6 ? $"[{ip}]" : address)}:{arguments.GetValue(Port)}";
    }
}
