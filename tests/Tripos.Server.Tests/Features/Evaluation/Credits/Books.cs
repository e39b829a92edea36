using Npgsql;
using Tripos.Server.Features.Evaluation;
using Tripos.Server.Features.Evaluation.Credits;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Tests.Support;

namespace Tripos.Server.Tests.Features.Evaluation.Credits;

/// <summary>A database with the cast in it, and the ledger as the server would call it: each call in a transaction of its own.</summary>
public sealed class Books : IAsyncLifetime
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);
    private TestDatabase _database = null!;

    public NpgsqlDataSource Sql => _database.Source;

    public string ConnectionString => _database.ConnectionString;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync();
        await Cast.ArriveAsync(Sql);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    /// <summary>Somebody new, so that tests do not share credits.</summary>
    public async Task<Guid> LearnerAsync(string? zone = null, MembershipLevel level = MembershipLevel.Free)
    {
        var id = Guid.CreateVersion7();
        await RunAsync("INSERT INTO users (id, display_name, email, normalized_email, security_stamp, concurrency_stamp) VALUES ($1, 'Learner', $2, upper($2), 'x', 'x')", id, $"{id:n}@example.org");
        if (zone is not null)
        {
            await LivesInAsync(id, zone);
        }

        if (level != MembershipLevel.Free)
        {
            await BecomesAsync(id, level);
        }

        return id;
    }

    public Task LivesInAsync(Guid id, string zone) =>
        RunAsync("INSERT INTO profiles (user_id, time_zone) VALUES ($1, $2) ON CONFLICT (user_id) DO UPDATE SET time_zone = excluded.time_zone", id, zone);

    public Task BecomesAsync(Guid id, MembershipLevel level, DateTimeOffset? until = null) => RunAsync(
        "INSERT INTO memberships (user_id, level, until, set_at) VALUES ($1, $2, $3, now()) ON CONFLICT (user_id) DO UPDATE SET level = excluded.level, until = excluded.until",
        id, AppDb.SnakeCase(level.ToString()), until);

    public Task<Outcome<CreditReservation>> ReserveAsync(Guid user, int credits, DateTimeOffset? at = null, Guid? request = null, UsageType usage = UsageType.Writing) =>
        InTransactionAsync(connection => CreditLedger.ReserveAsync(connection, request ?? Guid.CreateVersion7(), user, usage, credits, at ?? Noon, Ct));

    /// <summary>Reserves, which has to work, and says under which id.</summary>
    public async Task<Guid> ReservedAsync(Guid user, int credits, DateTimeOffset? at = null, UsageType usage = UsageType.Writing)
    {
        var outcome = await ReserveAsync(user, credits, at, usage: usage);
        Assert.Null(outcome.Problem);
        Assert.Null(outcome.Value!.HeldBecause);
        return outcome.Value.RequestId;
    }

    /// <summary>Extra credits from Root.</summary>
    public async Task GiveAsync(Guid user, int credits, DateTimeOffset? at = null)
    {
        await ReserveAsync(user, 0, at); // the wallet and its day
        await RunAsync("""
            WITH t AS (INSERT INTO credit_transfers (id, user_id, kind, credits, day, reason, by_id, created_at)
                SELECT $1, $2, 'gift', $3, day, 'A present', $4, $5 FROM credit_wallets WHERE user_id = $2 RETURNING id)
            INSERT INTO credit_entries SELECT id, account, amount FROM t, (VALUES ('issued', -$3), ('extra', $3)) e (account, amount)
            """, Guid.CreateVersion7(), user, credits, Cast.Root.Id, at ?? Noon);
    }

    public Task<bool> SettleAsync(Guid request, long costMicros = 0, DateTimeOffset? at = null) =>
        InTransactionAsync(connection => CreditLedger.SettleAsync(connection, request, costMicros, at ?? Noon, Ct));

    public Task<bool> RefundAsync(Guid request, DateTimeOffset? at = null) =>
        InTransactionAsync(connection => CreditLedger.RefundAsync(connection, request, "The provider did not answer", at ?? Noon, Ct));

    public async Task<CreditBalance> BalanceAsync(Guid user, DateTimeOffset? at = null)
    {
        await using var connection = await Sql.OpenConnectionAsync(Ct);
        return await CreditLedger.BalanceAsync(connection, user, at ?? Noon, Ct);
    }

    /// <summary>What an account of a person holds, as the database says.</summary>
    public async Task<long> AccountAsync(Guid user, string account) =>
        (await Sql.QueryAsync("SELECT balance FROM credit_accounts WHERE user_id = $1 AND account = $2", row => row.GetInt64(0), Ct, user, account)).SingleOrDefault();

    public Task<int> RunAsync(string sql, params object?[] values) => Sql.ExecuteAsync(sql, Ct, values);

    public async Task BalanceOutAsync() => Assert.Empty((await VerifyBooks.RunAsync(Sql, Ct)).Faults);

    public async Task<T> InTransactionAsync<T>(Func<NpgsqlConnection, Task<T>> work)
    {
        await using var connection = await Sql.OpenConnectionAsync(Ct);
        await using var transaction = await connection.BeginTransactionAsync(Ct);
        var result = await work(connection);
        await transaction.CommitAsync(Ct);
        return result;
    }
}
