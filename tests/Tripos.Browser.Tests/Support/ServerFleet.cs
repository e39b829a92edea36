using Microsoft.Playwright;
using Tripos.Server.Features.Accounts;
using Tripos.Server.Tests.Support;

namespace Tripos.Browser.Tests.Support;

/// <summary>Two server processes on one database behind one address.</summary>
public sealed class ServerFleet : IAsyncDisposable
{
    private readonly TriposApp _app = new();

    /// <summary>Arranges and looks; a server of its own on the same database.</summary>
    public TriposApp App => _app;

    public ServerProcess[] Servers { get; private set; } = [];

    public TcpGate Gate { get; private set; } = null!;

    public static async Task<ServerFleet> StartAsync()
    {
        var fleet = new ServerFleet();
        await fleet._app.InitializeAsync();
        fleet.Servers = [new(fleet._app.ConnectionString), new(fleet._app.ConnectionString)];
        foreach (var server in fleet.Servers)
        {
            await server.StartAsync();
        }

        fleet.Gate = new TcpGate([.. fleet.Servers.Select(server => server.Address)]);
        return fleet;
    }

    /// <summary>What a browser of this person sends with every request.</summary>
    public async Task<string> CookieOf(Guid person)
    {
        string key = Secret.New();
        await _app.Run("INSERT INTO sessions (id, user_id, key_hash, expires_at) VALUES ($1, $2, $3, now() + interval '1 day')", Guid.CreateVersion7(), person, Secret.Hash(key));
        return key;
    }

    /// <summary>A browser profile signed in as somebody, at the one address.</summary>
    public async Task<IBrowserContext> OpensBrowser(Chromium chromium, Person person)
    {
        if (person.Roles.Contains("teacher"))
        {
            await _app.Run("INSERT INTO user_roles (user_id, role) VALUES ($1, 'teacher') ON CONFLICT DO NOTHING", person.Id);
        }

        var context = await chromium.Browser.NewContextAsync(new() { BaseURL = Gate.Address.ToString(), Locale = "en-GB", ReducedMotion = ReducedMotion.Reduce });
        context.SetDefaultTimeout(30_000);
        await context.AddCookiesAsync([new() { Name = SessionCookie.Name, Value = await CookieOf(person.Id), Url = Gate.Address.ToString() }]);
        return context;
    }

    public async ValueTask DisposeAsync()
    {
        await Gate.DisposeAsync();
        foreach (var server in Servers)
        {
            await server.DisposeAsync();
        }

        await _app.DisposeAsync();
    }
}
