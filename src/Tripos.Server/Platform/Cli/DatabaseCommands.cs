using System.CommandLine;
using Npgsql;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Platform.Cli;

/// <summary>db migrate, rollback, status, schema.</summary>
internal static class DatabaseCommands
{
    public static Command Create() => new("db", "Look after the database's schema.")
    {
        Verb("migrate", "Apply the migrations this database lacks.", MigrateAsync),
        Verb("rollback", "Take back the newest migration.", RollbackAsync),
        Verb("status", "List the migrations and when each was applied.", StatusAsync),
        Verb("schema", "Print the schema that the migrations make, as SQL: what db/schema.sql holds.", SchemaAsync),
    };

    private static Command Verb(string name, string description, Func<NpgsqlDataSource, CancellationToken, Task> run)
    {
        var command = new Command(name, description);
        command.SetAction((arguments, stop) => TriposCli.WithServicesAsync(arguments, async (services, ct) =>
        {
            await run(services.GetRequiredService<NpgsqlDataSource>(), ct);
            return 0;
        }, stop));
        return command;
    }

    private static async Task MigrateAsync(NpgsqlDataSource source, CancellationToken ct)
    {
        var applied = await new Migrator(source).MigrateAsync(ct);
        Console.WriteLine(applied is [] ? "The database is up to date." : $"Applied {string.Join(", ", applied)}.");
    }

    private static async Task RollbackAsync(NpgsqlDataSource source, CancellationToken ct)
    {
        string? name = await new Migrator(source).RollbackAsync(ct);
        Console.WriteLine(name is null ? "There is no migration to take back." : $"Took back {name}.");
    }

    private static async Task StatusAsync(NpgsqlDataSource source, CancellationToken ct)
    {
        foreach (var migration in await new Migrator(source).StatusAsync(ct))
        {
            Console.WriteLine($"{migration.AppliedAt?.ToString("u") ?? "missing             "}  {migration.Name}");
        }
    }

    /// <summary>From a database made for this, so that whatever else is in the real one does not show.</summary>
    private static async Task SchemaAsync(NpgsqlDataSource source, CancellationToken ct)
    {
        string name = $"tripos_schema_{Guid.CreateVersion7():n}";
        await ExecuteAsync(source, $"CREATE DATABASE {name} TEMPLATE template0", ct);
        try
        {
            await using var fresh = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(source.ConnectionString) { Database = name });
            await new Migrator(fresh).MigrateAsync(ct);
            Console.Write(await SchemaDump.OfAsync(fresh, ct));
        }
        finally
        {
            await ExecuteAsync(source, $"DROP DATABASE {name} WITH (FORCE)", CancellationToken.None);
        }
    }

    private static async Task ExecuteAsync(NpgsqlDataSource source, string sql, CancellationToken ct)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(ct);
    }
}
