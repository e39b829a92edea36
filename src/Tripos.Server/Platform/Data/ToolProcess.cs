using System.ComponentModel;
using System.Diagnostics;

namespace Tripos.Server.Platform.Data;

/// <summary>What a finished command said.</summary>
internal sealed record ToolResult(int ExitCode, string Output)
{
    public bool Succeeded => ExitCode == 0;

    /// <summary>The last lines of the output: enough to see the reason in an error message.</summary>
    public string Tail => string.Join('\n', Output.Trim().Split('\n').TakeLast(12));
}

/// <summary>Runs a command to its end and keeps what it printed.</summary>
internal static class ToolProcess
{
    public static async Task<ToolResult> RunAsync(IReadOnlyList<string> command, CancellationToken ct)
    {
        var start = new ProcessStartInfo(command[0])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/", // the account that runs PostgreSQL may not be allowed into ours
        };
        start.Environment["LC_ALL"] = "C"; // messages are matched and shown in one language
        foreach (string argument in command.Skip(1))
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(ct);
            string errors = await process.StandardError.ReadToEndAsync(ct);
            await process.WaitForExitAsync(ct);
            return new(process.ExitCode, await output + errors);
        }
        catch (Win32Exception failure)
        {
            return new(127, $"{command[0]}: {failure.Message}");
        }
    }
}
