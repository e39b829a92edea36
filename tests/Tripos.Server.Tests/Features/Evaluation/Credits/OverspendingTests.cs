using Npgsql;
using Tripos.Server.Features.Evaluation.Credits;

namespace Tripos.Server.Tests.Features.Evaluation.Credits;

/// <summary>What a wrong program could try: the database refuses every one of these.</summary>
public sealed class OverspendingTests(Books books) : IClassFixture<Books>
{
    private const string Reserve = "INSERT INTO credit_transfers (id, user_id, kind, request_id, usage_type, credits, day, created_at) VALUES ($1, $2, 'reserve', $1, 'writing', 5, '2026-03-10', now())";
    private const string Settle = "INSERT INTO credit_transfers (id, user_id, kind, request_id, usage_type, credits, cost_micros, day, created_at) VALUES ($1, $2, 'settle', $3, 'writing', $4, 0, '2026-03-10', now())";
    private const string Daily = "INSERT INTO credit_transfers (id, user_id, kind, level, credits, day, created_at) VALUES ($1, $2, 'daily', 'free', $3, '2026-03-10', now())";

    [Fact]
    public async Task Taking_more_than_there_is()
    {
        var (ada, id) = (await books.LearnerAsync(), Guid.CreateVersion7());
        await books.ReserveAsync(ada, 0);

        await RefusedAsync("23514", (Reserve, [id, ada]), ("INSERT INTO credit_entries VALUES ($1, 'daily', -5), ($1, 'held', 5)", [id]));
    }

    [Fact]
    public async Task Entries_that_do_not_add_up()
    {
        var (ada, id) = (await books.LearnerAsync(), Guid.CreateVersion7());
        await books.ReserveAsync(ada, 0);

        await RefusedAsync("23514", (Reserve, [id, ada]), ("INSERT INTO credit_entries VALUES ($1, 'daily', -1), ($1, 'held', 5)", [id]));
        await RefusedAsync("23514", (Reserve, [id, ada]));
    }

    [Fact]
    public async Task Credits_from_nowhere()
    {
        var (ada, id) = (await books.LearnerAsync(), Guid.CreateVersion7());
        await books.ReserveAsync(ada, 0);

        await RefusedAsync("23514", (Reserve, [id, ada]), ("INSERT INTO credit_entries VALUES ($1, 'issued', -5), ($1, 'held', 5)", [id]));
    }

    [Fact]
    public async Task Giving_the_same_day_twice()
    {
        var (ada, id) = (await books.LearnerAsync(), Guid.CreateVersion7());
        await books.ReserveAsync(ada, 0);

        await RefusedAsync("23505", (Daily, [id, ada, 4]), ("INSERT INTO credit_entries VALUES ($1, 'issued', -4), ($1, 'daily', 4)", [id]));
    }

    [Fact]
    public async Task Settling_what_was_not_reserved_or_another_amount()
    {
        var (ada, id) = (await books.LearnerAsync(), Guid.CreateVersion7());
        var request = await books.ReservedAsync(ada, 3);

        await RefusedAsync("23514", (Settle, [id, ada, request, 2]), ("INSERT INTO credit_entries VALUES ($1, 'held', -2), ($1, 'spent', 2)", [id]));
        await RefusedAsync("23502", (Settle, [id, ada, Guid.CreateVersion7(), 3]), ("INSERT INTO credit_entries VALUES ($1, 'held', -3), ($1, 'spent', 3)", [id]));
    }

    [Fact]
    public async Task Ending_a_reservation_twice()
    {
        var (ada, id) = (await books.LearnerAsync(), Guid.CreateVersion7());
        var request = await books.ReservedAsync(ada, 3);
        await books.RefundAsync(request);

        await RefusedAsync("23505", (Settle, [id, ada, request, 3]), ("INSERT INTO credit_entries VALUES ($1, 'held', -3), ($1, 'spent', 3)", [id]));
    }

    [Fact]
    public async Task Adding_to_a_transfer_that_is_done()
    {
        var ada = await books.LearnerAsync(level: MembershipLevel.Pro);
        var request = await books.ReservedAsync(ada, 3);
        var transfer = (await books.Sql.CreateCommand($"SELECT id FROM credit_transfers WHERE request_id = '{request}'").ExecuteScalarAsync(TestContext.Current.CancellationToken))!;

        await RefusedAsync("23514", ("INSERT INTO credit_entries VALUES ($1, 'extra', 1), ($1, 'issued', -1)", [transfer]));
    }

    [Theory]
    [InlineData("UPDATE credit_accounts SET balance = 1000 WHERE user_id = $1 AND account = 'daily'")]
    [InlineData("DELETE FROM credit_accounts WHERE user_id = $1 AND account = 'daily'")]
    [InlineData("UPDATE credit_transfers SET credits = 1 WHERE user_id = $1")]
    [InlineData("DELETE FROM credit_transfers WHERE user_id = $1")]
    [InlineData("UPDATE credit_entries SET amount = 1 WHERE transfer_id IN (SELECT id FROM credit_transfers WHERE user_id = $1)")]
    [InlineData("DELETE FROM credit_entries WHERE transfer_id IN (SELECT id FROM credit_transfers WHERE user_id = $1)")]
    [InlineData("UPDATE credit_months SET spent = 0, reserved = 0 WHERE user_id = $1")]
    public async Task Changing_the_books(string sql)
    {
        var ada = await books.LearnerAsync();
        await books.ReservedAsync(ada, 3);

        await RefusedAsync("23514", (sql, [ada]));

        Assert.Equal(1, (await books.BalanceAsync(ada)).Daily);
    }

    private async Task RefusedAsync(string state, params (string Sql, object[] Values)[] statements)
    {
        var refusal = await Assert.ThrowsAsync<PostgresException>(() => books.InTransactionAsync(async connection =>
        {
            foreach (var (sql, values) in statements)
            {
                await using var command = new NpgsqlCommand(sql, connection);
                command.Parameters.AddRange(values.Select(value => new NpgsqlParameter { Value = value }).ToArray());
                await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            }

            return true;
        }));
        Assert.Equal(state, refusal.SqlState);
        await books.BalanceOutAsync();
    }
}
