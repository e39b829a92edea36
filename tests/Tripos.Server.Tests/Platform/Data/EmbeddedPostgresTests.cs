using System.Diagnostics;
using Npgsql;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Tests.Platform.Data;

/// <summary>The database that needs no installation, on a folder of its own.</summary>
public sealed class EmbeddedPostgresTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"tripos-pg-{Guid.CreateVersion7():n}", new string('d', 60));

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);

    [Fact]
    public async Task It_outlives_its_first_user_and_stops_with_its_last()
    {
        var server = new EmbeddedPostgres(_folder, durable: false);
        var tool = new EmbeddedPostgres(_folder, durable: false);

        await server.StartAsync(Ct);
        await tool.StartAsync(Ct);
        await server.DisposeAsync();
        Assert.Equal(1, await AskAsync(tool));
        await tool.DisposeAsync();

        Assert.True(server.StartedHere);
        Assert.False(tool.StartedHere);
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => AskAsync(tool));
    }

    [Fact]
    public async Task A_database_that_was_killed_starts_again_with_what_was_committed()
    {
        await using (var first = new EmbeddedPostgres(_folder))
        {
            await first.StartAsync(Ct);
            await AskAsync(first, "CREATE TABLE kept AS SELECT 7 AS n");
            Kill();
        }

        await using var second = new EmbeddedPostgres(_folder);
        await second.StartAsync(Ct);

        Assert.True(second.StartedHere);
        Assert.Equal(7, await AskAsync(second, "SELECT n FROM kept"));
    }

    [Fact]
    public async Task A_process_file_that_names_another_program_does_not_keep_it_from_starting()
    {
        await using (var first = new EmbeddedPostgres(_folder, durable: false))
        {
            await first.StartAsync(Ct);
        }

        await File.WriteAllTextAsync(Path.Combine(_folder, "pg/cluster/postmaster.pid"), $"{Environment.ProcessId}\n", Ct);
        await using var second = new EmbeddedPostgres(_folder, durable: false);
        await second.StartAsync(Ct);

        Assert.Equal(1, await AskAsync(second));
    }

    [Fact]
    public async Task A_database_of_another_version_is_refused_with_a_remedy()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "pg/cluster"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "pg/cluster/PG_VERSION"), "9\n", Ct);
        await using var old = new EmbeddedPostgres(_folder, durable: false);

        var refusal = await Assert.ThrowsAsync<SetupException>(() => old.StartAsync(Ct));

        Assert.Contains("was made by PostgreSQL 9", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("--data", refusal.Message, StringComparison.Ordinal);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static async Task<int> AskAsync(EmbeddedPostgres postgres, string question = "SELECT 1")
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { Pooling = false });
        await using var command = source.CreateCommand(question);
        return await command.ExecuteScalarAsync(Ct) as int? ?? 0;
    }

    private void Kill()
    {
        int id = int.Parse(File.ReadLines(Path.Combine(_folder, "pg/cluster/postmaster.pid")).First());
        using var process = Process.GetProcessById(id);
        process.Kill();
        process.WaitForExit();
    }
}
