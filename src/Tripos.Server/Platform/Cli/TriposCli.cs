using System.CommandLine;
using Tripos.Server.Features.Accounts;
using Tripos.Server.Features.Evaluation.Credits;
using Tripos.Server.Features.Folds;
using Tripos.Server.Features.Interchange;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Platform.Cli;

/// <summary>The command line: the server is one of its verbs.</summary>
public static class TriposCli
{
    public static readonly Option<string?> Data = new("--data")
    {
        Description = "The folder with the database, files and mail (TRIPOS_DATA; default: .data in the checkout).",
        Recursive = true,
    };

    /// <returns>0 when it worked, 1 when it did not, 2 when the arguments make no sense.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        // Settings without a verb are how the test host starts the server.
        if (args is [] || (args[0].StartsWith("--", StringComparison.Ordinal) && args[0] is not ("--help" or "--version" or "--data")))
        {
            return await ServeCommand.RunAsync(args);
        }

        var arguments = Root().Parse(args);
        int code = await arguments.InvokeAsync();
        return arguments.Errors.Count > 0 ? 2 : code;
    }

    /// <summary>Runs a verb with the server's services and a database that answers; a failure a person can cure is one line on stderr and exit code 1.</summary>
    public static async Task<int> WithServicesAsync(ParseResult arguments, Func<IServiceProvider, CancellationToken, Task<int>> verb, CancellationToken ct)
    {
        try
        {
            await using var app = Program.Build(Settings(arguments));
            await app.Services.GetRequiredService<Database>().ConnectAsync(ct);
            await using var scope = app.Services.CreateAsyncScope();
            return await verb(scope.ServiceProvider, ct);
        }
        catch (SetupException failure)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return 1;
        }
    }

    /// <summary>The settings that options shared by all verbs stand for.</summary>
    internal static string[] Settings(ParseResult arguments) =>
    [
        $"--contentRoot={Checkout.ContentRoot}",
        .. arguments.GetValue(Data) is { } folder ? [$"--TRIPOS_DATA={Path.GetFullPath(folder)}"] : Array.Empty<string>(),
    ];

    private static RootCommand Root() => new("Tripos: prepare for exams, sit them, learn from them.")
    {
        Data,
        ServeCommand.Create(),
        DatabaseCommands.Create(),
        UserCommands.Create(),
        InterchangeCommands.Import(),
        InterchangeCommands.Keys(),
        InterchangeCommands.Export(),
        FoldCommands.Rebuild(),
        CreditCommands.Create(),
    };
}
