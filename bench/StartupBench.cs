using System.Diagnostics;

namespace Tripos.Bench;

/// <summary>From the start of the process to the first page: on an empty folder (with initdb and migrations), and again.</summary>
public sealed class StartupBench(Report report)
{
    public async Task<object> RunAsync()
    {
        string data = Path.Combine(Directory.CreateTempSubdirectory("tripos-bench-start-").FullName, "data");
        try
        {
            double first = await StartAsync(data, 5187);
            double again = await StartAsync(data, 5188);
            report.Line($"  empty folder to the first page  {first:N2} s");
            report.Line($"  second start to the first page  {again:N2} s");
            return new { bench = "startup", firstSeconds = Math.Round(first, 2), againSeconds = Math.Round(again, 2) };
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(data)!, recursive: true);
        }
    }

    private static async Task<double> StartAsync(string data, int port)
    {
        var clock = Stopwatch.StartNew();
        using var server = Process.Start(new ProcessStartInfo("dotnet", [BenchSite.ServerDll, "serve", "--port", $"{port}", "--data", data, "--no-demo"]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetDirectoryName(BenchSite.ServerDll) })!;
        server.BeginOutputReadLine();
        server.BeginErrorReadLine();
        using var client = new HttpClient();
        double? seconds = null;
        while (seconds is null && clock.Elapsed < TimeSpan.FromSeconds(60) && !server.HasExited)
        {
            try
            {
                seconds = (await client.GetAsync($"http://127.0.0.1:{port}/sign-in")).IsSuccessStatusCode ? clock.Elapsed.TotalSeconds : null;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(20);
            }
        }

        Process.Start("kill", ["-TERM", $"{server.Id}"])?.WaitForExit();
        await server.WaitForExitAsync();
        return seconds ?? throw new InvalidOperationException("The server did not answer within 60 s.");
    }
}
