using Npgsql;

namespace Tripos.Server.Features.Accounts;

/// <summary>Hears from PostgreSQL whose credentials changed, whichever server or command changed them.</summary>
internal sealed class CredentialListener(NpgsqlDataSource source, Credentials credentials, ILogger<CredentialListener> logger) : BackgroundService
{
    private static readonly TimeSpan CheckEvery = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception lost) when (lost is NpgsqlException or InvalidOperationException or IOException or TimeoutException or OperationCanceledException)
            {
                credentials.Hears = false;
                logger.LogWarning(lost, "Changes to sessions made elsewhere are noticed a few seconds late until the database answers again.");
                await Task.Delay(RetryAfter, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ListenAsync(CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        connection.Notification += (_, message) =>
        {
            if (Guid.TryParse(message.Payload, out var userId))
            {
                credentials.Forget(userId);
            }
        };
        await ExecuteAsync(connection, "LISTEN credentials", ct);
        credentials.Hears = true;
        while (true)
        {
            if (!await connection.WaitAsync(CheckEvery, ct))
            {
                await ExecuteAsync(connection, "SELECT 1", ct); // a connection that died silently shows itself here
            }
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(ct);
    }
}
