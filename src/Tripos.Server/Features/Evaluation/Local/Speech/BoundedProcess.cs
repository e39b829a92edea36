using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Tripos.Server.Features.Evaluation.Speech;

/// <summary>
/// Runs a program on a learner's sound: without a shell, in a folder of its own, with an end in time and memory, and behind everything else the machine has to
/// do. Sounds come from strangers, so whatever a broken one makes a decoder do stays in that process.
/// </summary>
internal static class BoundedProcess
{
    private const long MostMemory = 1L << 30; // address space; the en-us model needs about 300 MB

    /// <returns>The exit code; null when it was stopped because it took too long.</returns>
    /// <exception cref="EvaluationException">It cannot be started.</exception>
    public static async Task<int?> RunAsync(string program, IReadOnlyList<string> arguments, string folder, TimeSpan limit, CancellationToken ct)
    {
        using var process = Start(program, arguments, folder, limit);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(ct);
        end.CancelAfter(limit);
        try
        {
            process.StandardInput.Close();
            await Task.WhenAll(DrainAsync(process.StandardOutput.BaseStream, end.Token), DrainAsync(process.StandardError.BaseStream, end.Token), process.WaitForExitAsync(end.Token));
            return process.ExitCode;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return null;
        }
        finally
        {
            await EndAsync(process);
        }
    }

    private static Process Start(string program, IReadOnlyList<string> arguments, string folder, TimeSpan limit)
    {
        List<string> command = [.. Limits(limit), program, .. arguments];
        ProcessStartInfo start = new(command[0]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        foreach (string argument in command.Skip(1))
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment.Clear(); // secrets of the server are none of its business
        start.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH");
        start.Environment["LC_ALL"] = "C";
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception failure)
        {
            throw new EvaluationException($"{Path.GetFileName(program)} cannot be started.", isFinal: false, failure);
        }
    }

    // Both are part of every Linux; elsewhere only time is bounded.
    private static IEnumerable<string> Limits(TimeSpan limit)
    {
        string[] nice = SpeechTools.OnPath("nice") is { } found ? [found, "-n", "2"] : [];
        string[] bounds = SpeechTools.OnPath("prlimit") is { } prlimit
            ? [prlimit, string.Create(CultureInfo.InvariantCulture, $"--as={MostMemory}"), string.Create(CultureInfo.InvariantCulture, $"--cpu={(int)limit.TotalSeconds + 1}"), "--core=0"]
            : [];
        return nice.Concat(bounds);
    }

    // What they print is about their settings, sometimes about what was said: it is kept nowhere.
    private static async Task DrainAsync(Stream stream, CancellationToken ct) => await stream.CopyToAsync(Stream.Null, ct);

    private static async Task EndAsync(Process process)
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }
}
