using System.Security.Cryptography;
using System.Text;
using Npgsql;
using Tripos.Server.Platform.Data;
using Tripos.Server.Tests.Support;

[assembly: AssemblyFixture(typeof(TestPostgres))]

namespace Tripos.Server.Tests.Support;

/// <summary>One database of its own for one test class.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly string _name;

    private TestDatabase(string name)
    {
        _name = name;
        ConnectionString = TestPostgres.To(name, pool: 20);
        Source = NpgsqlDataSource.Create(ConnectionString);
    }

    public string ConnectionString { get; }

    public NpgsqlDataSource Source { get; }

    /// <summary>A database with every migration, or with none when <paramref name="migrated"/> is false.</summary>
    public static async Task<TestDatabase> CreateAsync(bool migrated = true)
    {
        string template = migrated ? await TestPostgres.Template.Value : "template1";
        string name = $"{TestPostgres.Prefix}{Guid.CreateVersion7():n}";
        await TestPostgres.ExecuteAsync("postgres", $"CREATE DATABASE {name} TEMPLATE {template}");
        return new(name);
    }

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        await TestPostgres.ExecuteAsync("postgres", $"DROP DATABASE {_name} WITH (FORCE)");
    }
}

/// <summary>The PostgreSQL of a test run: TRIPOS_TEST_DB when set, else an embedded one that the last test process stops.</summary>
public sealed class TestPostgres : IAsyncLifetime
{
    internal const string Prefix = "tripos_test_";
    internal static readonly Lazy<Task<string>> Template = new(MakeTemplateAsync);
    private static readonly EmbeddedPostgres Embedded = new(Path.Combine(SourceTree.Root, ".data/test"), durable: false);

    private static string? Named => Environment.GetEnvironmentVariable("TRIPOS_TEST_DB") is { Length: > 0 } named ? named : null;

    public async ValueTask InitializeAsync()
    {
        if (Named is null)
        {
            await Embedded.StartAsync(CancellationToken.None);
            if (Embedded.StartedHere)
            {
                await DropLeftoversAsync();
            }
        }
    }

    public ValueTask DisposeAsync() => Embedded.DisposeAsync();

    internal static string To(string database, int pool) =>
        new NpgsqlConnectionStringBuilder(Named ?? Embedded.ConnectionString) { Database = database, MaxPoolSize = pool, IncludeErrorDetail = true }.ConnectionString;

    internal static async Task ExecuteAsync(string database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(To(database, pool: 1));
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>A migrated database to clone, kept between runs until a migration changes.</summary>
    private static async Task<string> MakeTemplateAsync()
    {
        string name = $"tripos_template_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(Migrator.All.Select(m => m.Checksum)))))[..16]}";
        await using var admin = NpgsqlDataSource.Create(To("postgres", pool: 1));
        await using var connection = await admin.OpenConnectionAsync();
        await RunAsync("SELECT pg_advisory_lock(7)"); // another test process may want the same one
        if (await ListAsync(connection, $"SELECT datname FROM pg_database WHERE datname = '{name}'") is not [])
        {
            return name;
        }

        await RunAsync("DROP DATABASE IF EXISTS tripos_unfinished WITH (FORCE)");
        await RunAsync("CREATE DATABASE tripos_unfinished");
        await using (var source = NpgsqlDataSource.Create(To("tripos_unfinished", pool: 1)))
        {
            await new Migrator(source).MigrateAsync(CancellationToken.None);
        }

        await RunAsync($"ALTER DATABASE tripos_unfinished RENAME TO {name}");
        return name;

        async Task RunAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync();
        }
    }

    /// <summary>Databases of runs that were killed, and templates of migrations that changed.</summary>
    private static async Task DropLeftoversAsync()
    {
        await using var admin = NpgsqlDataSource.Create(To("postgres", pool: 1));
        await using var connection = await admin.OpenConnectionAsync();
        foreach (string name in await ListAsync(connection, "SELECT datname FROM pg_database WHERE datname ~ '^tripos_(test|template|unfinished)'"))
        {
            await using var drop = new NpgsqlCommand($"DROP DATABASE {name} WITH (FORCE)", connection);
            await drop.ExecuteNonQueryAsync();
        }
    }

    private static async Task<List<string>> ListAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        List<string> names = [];
        while (await reader.ReadAsync())
        {
            names.Add(reader.GetString(0));
        }

        return names;
    }

}
