using System.CommandLine;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Platform.Cli;

/// <summary>serve: the server itself.</summary>
public static class ServeCommand
{
    private static readonly Option<int> Port = new("--port") { Description = "The port on this machine (default 5080; 0 takes any free one).", DefaultValueFactory = _ => 5080 };

    public static Command Create()
    {
        var command = new Command("serve", "Start the server.") { Port };
        command.SetAction((arguments, _) => RunAsync([.. TriposCli.Settings(arguments), $"--urls=http://127.0.0.1:{arguments.GetValue(Port)}"]));
        return command;
    }

    /// <summary>Serves until it is told to stop; a failure a person can cure is one line and exit code 1.</summary>
    public static async Task<int> RunAsync(string[] settings)
    {
        try
        {
            await using var app = Program.Build(settings);
            await app.RunAsync();
            return 0;
        }
        catch (SetupException failure)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return 1;
        }
    }
}
