using Npgsql;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Accounts;

/// <summary>Keeps a partition of the activity log ready for each month to come, and clears away what has expired.</summary>
public static class AccountHousekeeping
{
    private const int MonthsAhead = 2;

    public static async Task RunAsync(IServiceProvider services, CancellationToken ct)
    {
        var source = services.GetRequiredService<NpgsqlDataSource>();
        var today = DateOnly.FromDateTime(services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime);
        for (int ahead = 0; ahead <= MonthsAhead; ahead++)
        {
            await source.ExecuteAsync("SELECT activity_log_partition($1)", ct, today.AddMonths(ahead));
        }

        await source.ExecuteAsync("DELETE FROM sessions WHERE expires_at < now()", ct);
        await source.ExecuteAsync("DELETE FROM team_invitations WHERE expires_at < now()", ct);
        await source.ExecuteAsync("DELETE FROM api_tokens WHERE expires_at < now() - interval '30 days'", ct);
    }

    /// <summary>Before the server listens: the same once, and the refusal to show accounts with a published password to the world.</summary>
    public static async Task<string?> StartAsync(IServiceProvider services, ListenAddresses addresses, CancellationToken ct)
    {
        await RunAsync(services, ct);
        if (!addresses.AreLoopback && await DemoPeople.ExistAsync(services.GetRequiredService<AppDb>(), ct))
        {
            throw new SetupException("This database holds the demo school, whose passwords anybody can read, so Tripos listens on this machine only. "
                + "Start on an empty data folder with --no-demo, or disable the demo accounts on the page People.");
        }

        return null;
    }
}
