using Tripos.Server.Platform.Data;
using Tripos.Server.Tests.Support;

namespace Tripos.Server.Tests.Rules;

/// <summary>Every migration can be taken back, and leaves nothing behind.</summary>
public sealed class MigrationTests
{
    [Fact]
    public async Task Up_down_to_nothing_and_up_again_makes_the_same_schema()
    {
        await using var database = await TestDatabase.CreateAsync(migrated: false);
        var migrator = new Migrator(database.Source);
        string empty = await SchemaAfterAsync(() => migrator.StatusAsync(Ct));

        string first = await SchemaAfterAsync(() => migrator.MigrateAsync(Ct));
        string down = await SchemaAfterAsync(async () =>
        {
            while (await migrator.RollbackAsync(Ct) is not null)
            {
            }
        });
        string second = await SchemaAfterAsync(() => migrator.MigrateAsync(Ct));

        Assert.Equal(empty, down);
        Assert.Equal(first, second);

        async Task<string> SchemaAfterAsync(Func<Task> change)
        {
            await change();
            return await SchemaDump.OfAsync(database.Source, Ct);
        }
    }

    [Fact]
    public async Task Migrating_twice_changes_nothing()
    {
        await using var database = await TestDatabase.CreateAsync();

        var applied = await new Migrator(database.Source).MigrateAsync(Ct);

        Assert.Empty(applied);
    }

    [Fact]
    public async Task A_migration_that_was_edited_after_it_was_applied_is_refused()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var edit = database.Source.CreateCommand("UPDATE schema_migrations SET checksum = 'another' WHERE name = '0001_platform'");
        await edit.ExecuteNonQueryAsync(Ct);

        var failure = await Assert.ThrowsAsync<SetupException>(() => new Migrator(database.Source).MigrateAsync(Ct));

        Assert.Contains("0001_platform was edited", failure.Message, StringComparison.Ordinal);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;
}
