using Npgsql;

namespace Tripos.Server.Platform.Data;

/// <summary>Has the database running and migrated before anything else starts; as the first hosted service it stops it after everything else.</summary>
/// <param name="embedded">Null when a server was named.</param>
public sealed class Database(NpgsqlDataSource source, ILogger<Database> log, EmbeddedPostgres? embedded = null) : IHostedService
{
    public async Task StartAsync(CancellationToken ct)
    {
        await ConnectAsync(ct);
        foreach (string migration in await new Migrator(source).MigrateAsync(ct))
        {
            log.LogInformation("Migrated the database: {Migration}", migration);
        }
    }

    /// <summary>Starts the embedded server where it is used, and makes sure that a connection can be opened.</summary>
    /// <exception cref="SetupException">There is no database to work with.</exception>
    public async Task ConnectAsync(CancellationToken ct)
    {
        if (embedded is not null)
        {
            await embedded.StartAsync(ct);
        }

        try
        {
            await using var connection = await source.OpenConnectionAsync(ct);
            RefuseOldServer(connection);
        }
        catch (NpgsqlException failure)
        {
            throw new SetupException($"The database cannot be reached: {failure.Message} Check TRIPOS_DATABASE (or ConnectionStrings:Tripos), or leave it out to use the embedded database.", failure);
        }
    }

    public async Task StopAsync(CancellationToken ct)
    {
        if (embedded is not null)
        {
            await embedded.DisposeAsync();
        }
    }

    private static void RefuseOldServer(NpgsqlConnection connection)
    {
        if (connection.PostgreSqlVersion.Major < 15)
        {
            throw new SetupException($"The database server is PostgreSQL {connection.PostgreSqlVersion}; Tripos needs 15 or newer.");
        }
    }
}
