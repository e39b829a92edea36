using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Identity;
using Npgsql;
using Tripos.Server.Features.Accounts;
using Tripos.Server.Platform.Data;

namespace Tripos.Bench;

/// <summary>A real server process on a fresh embedded PostgreSQL with durable commits, in a folder that is removed afterwards.</summary>
public sealed class BenchSite : IAsyncDisposable
{
    private const string Password = "bench-only-password-7";
    private readonly string _folder = Directory.CreateTempSubdirectory("tripos-bench-").FullName;
    private EmbeddedPostgres _postgres;
    private Process? _server;

    private BenchSite() => _postgres = new EmbeddedPostgres(_folder);

    public NpgsqlDataSource Sql { get; private set; } = null!;

    public int ServerProcess => _server!.Id;

    public int Postmaster => int.Parse(File.ReadLines(Path.Combine(_folder, "pg/cluster/postmaster.pid")).First(), System.Globalization.CultureInfo.InvariantCulture);

    public int Port { get; } = FreePort();

    public static string ServerDll { get; } = Path.Combine(SourceRoot(), "src/Tripos.Server/bin/Release/net10.0/Tripos.Server.dll");

    public static async Task<BenchSite> StartAsync(bool serve = true)
    {
        var site = new BenchSite();
        await site._postgres.StartAsync(CancellationToken.None);
        await using (var first = NpgsqlDataSource.Create(site._postgres.ConnectionString))
        {
            await first.ExecuteAsync("ALTER SYSTEM SET max_connections = 400", default); // the raw limit at 256 connections needs as many
        }

        await site._postgres.DisposeAsync();
        site._postgres = new EmbeddedPostgres(site._folder);
        await site._postgres.StartAsync(CancellationToken.None);
        site.Sql = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(site._postgres.ConnectionString) { MaxPoolSize = 300, NoResetOnClose = true, CommandTimeout = 600 }.ConnectionString);
        await new Migrator(site.Sql).MigrateAsync(default);
        if (serve)
        {
            await site.ServeAsync();
        }

        return site;
    }

    public async Task ServeAsync()
    {
        var start = new ProcessStartInfo("dotnet", [ServerDll, "serve", "--port", $"{Port}", "--no-demo"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["TRIPOS_DATABASE"] = _postgres.ConnectionString;
        start.Environment["TRIPOS_DATA"] = _folder;
        _server = Process.Start(start)!;
        _server.OutputDataReceived += (_, _) => { };
        _server.ErrorDataReceived += (_, line) =>
        {
            if (line.Data?.Contains("Tripos.Server.Requests", StringComparison.Ordinal) != true) // slow requests are what is measured
            {
                Console.Error.WriteLine(line.Data);
            }
        };
        _server.BeginOutputReadLine();
        _server.BeginErrorReadLine();
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{Port}") };
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < TimeSpan.FromSeconds(60);)
        {
            try
            {
                if ((await client.GetAsync("/health/ready")).IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException) when (!_server.HasExited)
            {
                await Task.Delay(50);
            }
        }

        throw new InvalidOperationException("The server did not become ready within 60 s.");
    }

    /// <summary>SIGKILL: the server does not get to say goodbye. Its database goes on.</summary>
    public async Task KillServerAsync()
    {
        _server!.Kill();
        await _server.WaitForExitAsync();
        _server.Dispose();
    }

    /// <summary>People with one password between them, ready to sign in.</summary>
    public async Task<(Guid Id, string Email)[]> AddLearnersAsync(int count)
    {
        string hash = new PasswordHasher<User>().HashPassword(null!, Password);
        var people = Enumerable.Range(0, count).Select(n => (Id: Guid.CreateVersion7(), Email: $"bench{Guid.NewGuid():n}@example.org")).ToArray();
        await Sql.ExecuteAsync("""
            INSERT INTO users (id, display_name, email, normalized_email, password_hash, security_stamp, concurrency_stamp)
            SELECT id, 'Bench', email, upper(email), $3, id::text, id::text FROM unnest($1::uuid[], $2::text[]) AS p(id, email)
            """, default, people.Select(p => p.Id).ToArray(), people.Select(p => p.Email).ToArray(), hash);
        return people;
    }

    /// <summary>Signs in as the browser does and returns the cookie.</summary>
    public async Task<string> SignInAsync(string email)
    {
        using var handler = new HttpClientHandler { UseCookies = false };
        using var client = new HttpClient(handler) { BaseAddress = new Uri($"http://127.0.0.1:{Port}") };
        client.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        using var reply = await client.PostAsJsonAsync("/api/sessions", new { email, password = Password });
        return reply.IsSuccessStatusCode && reply.Headers.TryGetValues("Set-Cookie", out var cookies)
            ? string.Join("; ", cookies.Select(cookie => cookie.Split(';')[0]))
            : throw new InvalidOperationException($"Sign-in answered {(int)reply.StatusCode}: {await reply.Content.ReadAsStringAsync()}");
    }

    public async Task<HttpConnection[]> ConnectAsync(int count)
    {
        var connections = new HttpConnection[count];
        for (int i = 0; i < count; i++)
        {
            connections[i] = new HttpConnection();
            await connections[i].OpenAsync(Port);
        }

        return connections;
    }

    /// <summary>Resident memory of the server process now and at its highest, in MB.</summary>
    public (double Now, double Peak) MemoryMb()
    {
        var lines = File.ReadLines($"/proc/{_server!.Id}/status").ToList();
        return (Field("VmRSS"), Field("VmHWM"));

        double Field(string name) => double.Parse(lines.First(line => line.StartsWith(name, StringComparison.Ordinal)).Split(':')[1].Replace("kB", "", StringComparison.Ordinal), System.Globalization.CultureInfo.InvariantCulture) / 1024;
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is { HasExited: false })
        {
            Process.Start("kill", ["-TERM", $"{_server.Id}"])?.WaitForExit();
            await _server.WaitForExitAsync();
        }

        _server?.Dispose();
        await Sql.DisposeAsync();
        await _postgres.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string SourceRoot([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, ".."));
}
