using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Tripos.Server.Platform.Data;

/// <summary>One migration: the SQL that goes forward and the SQL that takes it back.</summary>
public sealed record Migration(string Name, string Up, string Down)
{
    /// <summary>Changes when a merged migration is edited, which is refused.</summary>
    public string Checksum => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Up)));
}

/// <summary>A migration and when this database took it; null when it has not.</summary>
public sealed record MigrationState(string Name, DateTimeOffset? AppliedAt);

/// <summary>Brings a database to the schema in db/migrations, one transaction per file, one server at a time.</summary>
public sealed class Migrator(NpgsqlDataSource source)
{
    private const long LockKey = 0x547269706F73; // "Tripos": two servers that start together must not migrate together

    public static IReadOnlyList<Migration> All { get; } = Read();

    /// <summary>Applies what is missing and returns the names of what was applied.</summary>
    public async Task<IReadOnlyList<string>> MigrateAsync(CancellationToken ct)
    {
        await using var turn = await LockedAsync(ct);
        var connection = turn.Connection;
        var applied = await AppliedAsync(connection, ct);
        RefuseEdited(applied);
        List<string> done = [];
        foreach (var migration in All.Where(m => !applied.ContainsKey(m.Name)))
        {
            await RunAsync(connection, migration.Name, migration.Up, "INSERT INTO schema_migrations (name, checksum) VALUES ($1, $2)", [migration.Name, migration.Checksum], ct);
            done.Add(migration.Name);
        }

        return done;
    }

    /// <summary>Takes back the newest migration and returns its name, or null when there is none.</summary>
    public async Task<string?> RollbackAsync(CancellationToken ct)
    {
        await using var turn = await LockedAsync(ct);
        var connection = turn.Connection;
        var applied = await AppliedAsync(connection, ct);
        var newest = All.LastOrDefault(m => applied.ContainsKey(m.Name));
        if (newest is not null)
        {
            await RunAsync(connection, newest.Name, newest.Down, "DELETE FROM schema_migrations WHERE name = $1", [newest.Name], ct);
        }

        return newest?.Name;
    }

    public async Task<IReadOnlyList<MigrationState>> StatusAsync(CancellationToken ct)
    {
        await using var turn = await LockedAsync(ct);
        var connection = turn.Connection;
        var applied = await AppliedAsync(connection, ct);
        return [.. All.Select(m => new MigrationState(m.Name, applied.TryGetValue(m.Name, out var row) ? row.At : null))];
    }

    private async Task<Turn> LockedAsync(CancellationToken ct)
    {
        var connection = await source.OpenConnectionAsync(ct);
        await ExecuteAsync(connection, $"SELECT pg_advisory_lock({LockKey})", [], ct);
        await ExecuteAsync(connection, """
            CREATE TABLE IF NOT EXISTS schema_migrations (
                name text PRIMARY KEY, checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())
            """, [], ct);
        return new(connection);
    }

    private static void RefuseEdited(Dictionary<string, (string Checksum, DateTimeOffset At)> applied)
    {
        var edited = All.FirstOrDefault(m => applied.TryGetValue(m.Name, out var row) && row.Checksum != m.Checksum);
        if (edited is not null)
        {
            throw new SetupException($"Migration {edited.Name} was edited after this database took it. Restore the file and add a new migration instead, or start with an empty data folder (--data).");
        }
    }

    private static async Task RunAsync(NpgsqlConnection connection, string name, string sql, string record, object[] values, CancellationToken ct)
    {
        await using var transaction = await connection.BeginTransactionAsync(ct);
        try
        {
            await ExecuteAsync(connection, sql, [], ct);
        }
        catch (PostgresException failure)
        {
            throw new SetupException($"Migration {name} failed: {failure.MessageText} (position {failure.Position}).", failure);
        }

        await ExecuteAsync(connection, record, values, ct);
        await transaction.CommitAsync(ct);
    }

    private static async Task<Dictionary<string, (string Checksum, DateTimeOffset At)>> AppliedAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("SELECT name, checksum, applied_at FROM schema_migrations", connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        Dictionary<string, (string, DateTimeOffset)> rows = [];
        while (await reader.ReadAsync(ct))
        {
            rows.Add(reader.GetString(0), (reader.GetString(1), reader.GetFieldValue<DateTimeOffset>(2)));
        }

        return rows;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, object[] values, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (object value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        await command.ExecuteNonQueryAsync(ct);
    }

    private static List<Migration> Read()
    {
        string[] names = [.. typeof(Migrator).Assembly.GetManifestResourceNames().Where(n => n.StartsWith("migrations/", StringComparison.Ordinal))];
        return [.. names
            .Where(n => !n.EndsWith(".down.sql", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(n => new Migration(n["migrations/".Length..^".sql".Length], Text(n), Text(n[..^".sql".Length] + ".down.sql")))];
    }

    /// <summary>The connection that holds the lock; the pool does not reset connections, so it is given back explicitly.</summary>
    private sealed record Turn(NpgsqlConnection Connection) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await ExecuteAsync(Connection, $"SELECT pg_advisory_unlock({LockKey})", [], CancellationToken.None);
            await Connection.DisposeAsync();
        }
    }

    private static string Text(string resource)
    {
        using var stream = typeof(Migrator).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"{resource} is missing: every migration needs a .down.sql beside it.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
