using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Playwright;
using Npgsql;
using Tripos.Server.Tests.Support;

namespace Tripos.Browser.Tests.Support;

/// <summary>The server as an operator runs it: a process of its own with its embedded database and the demo school, or one of several on a database that is there; it can be killed and started again.</summary>
/// <param name="database">Connection string; null for an embedded one with the demo school.</param>
public sealed class ServerProcess(string? database = null) : IAsyncDisposable
{
    public const string DemoPassword = "tripos demo school";

    private static readonly string Dll = Path.Combine(SourceTree.Root, "src/Tripos.Server/bin",
        AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug", "net10.0/Tripos.Server.dll");

    private readonly string _data = Directory.CreateTempSubdirectory("tripos-process-").FullName;
    private readonly int _port = FreePort();
    private Process? _process;

    public Uri Address => new($"http://127.0.0.1:{_port}");

    /// <summary>Its database, as an operator looks into it.</summary>
    public NpgsqlDataSource Database() => NpgsqlDataSource.Create($"Host={Path.Combine(_data, "pg/run")};Username=tripos;Database=tripos");

    /// <summary>Starts it and waits until it says that it is ready.</summary>
    public async Task StartAsync()
    {
        var start = new ProcessStartInfo("dotnet", [Dll, "serve", "--port", $"{_port}", "--data", _data]) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (database is not null)
        {
            start.ArgumentList.Add("--no-demo");
            start.Environment["TRIPOS_DATABASE"] = database;
        }

        foreach (var (name, value) in Settings)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        var errors = _process.StandardError.ReadToEndAsync();
        while (await _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line == $"Tripos is ready at http://127.0.0.1:{_port}")
            {
                _ = _process.StandardOutput.ReadToEndAsync();
                return;
            }
        }

        Assert.Fail($"The server ended before it was ready: {await errors}");
    }

    /// <summary>SIGKILL for the server and for its database: nobody gets to say goodbye or to write anything down.</summary>
    public async Task KillAsync()
    {
        string postmaster = File.ReadLines(Path.Combine(_data, "pg/cluster/postmaster.pid")).First();
        _process!.Kill();
        using var postgres = Process.GetProcessById(int.Parse(postmaster, System.Globalization.CultureInfo.InvariantCulture));
        postgres.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>Settings it starts with, as environment variables.</summary>
    public Dictionary<string, string> Settings { get; } = [];

    public bool IsRunning => _process is not null;

    /// <summary>SIGKILL for the server alone; its database goes on.</summary>
    public async Task KillServerAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    /// <summary>A browser profile of its own, signed in through the sign-in page.</summary>
    public async Task<IPage> SignsInAsync(Chromium chromium, string email)
    {
        var context = await chromium.Browser.NewContextAsync(new() { BaseURL = Address.ToString(), Locale = "en-GB", ReducedMotion = ReducedMotion.Reduce });
        context.SetDefaultTimeout(30_000);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/sign-in");
        await page.GetByLabel("E-mail").FillAsync(email);
        await page.GetByLabel("Password").FillAsync(DemoPassword);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "History", Exact = true })).ToBeVisibleAsync();
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            using var polite = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
            await _process.WaitForExitAsync();
        }

        _process?.Dispose();
        Directory.Delete(_data, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
