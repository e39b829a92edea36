using System.Diagnostics;
using Npgsql;
using Tripos.Server.Features.Evaluation.Credits;
using static Tripos.Server.Tests.Features.Evaluation.Credits.Books;

namespace Tripos.Server.Tests.Features.Evaluation.Credits;

/// <summary>Wherever somebody dies who spends: nothing is charged twice, nothing is lost.</summary>
public sealed class CrashTests(Books books) : IClassFixture<Books>
{
    private const string Told = "TRIPOS_TEST_SPENDER";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Killed_at_each_step_a_process_leaves_books_that_balance_and_requests_that_can_be_ended()
    {
        var people = await PeopleAsync();
        await using var listener = await ListenAsync();
        using var process = StartSpender(people);

        await HearAsync(listener, people);
        process.Kill();
        await process.WaitForExitAsync(Ct);

        await EndsWellAsync(people);
    }

    [Fact]
    public async Task Connections_that_break_at_each_step_leave_the_same()
    {
        var people = await PeopleAsync();
        await using var listener = await ListenAsync();
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(books.ConnectionString) { ApplicationName = "spender" });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var spending = SpendAsync(source, people, stop.Token);

        await HearAsync(listener, people);
        await books.RunAsync("SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE application_name = 'spender'");
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => spending);

        await EndsWellAsync(people);
    }

    /// <summary>The process that is killed: this program again, told whom to spend for.</summary>
    [Fact(Explicit = true)]
    public async Task Spends_until_it_is_killed()
    {
        if (Environment.GetEnvironmentVariable(Told) is not { } names)
        {
            return; // nobody waits for it
        }

        var people = names.Split(' ').Select(told => told.Split('/')).Select(told => (Enum.Parse<SpenderStep>(told[0]), Guid.Parse(told[1]), Guid.Parse(told[2])));
        await using var source = NpgsqlDataSource.Create(Environment.GetEnvironmentVariable("TRIPOS_TEST_DB")!);

        await SpendAsync(source, [.. people], Ct);
    }

    private async Task<(SpenderStep Step, Guid User, Guid Request)[]> PeopleAsync() =>
        await Task.WhenAll(Enum.GetValues<SpenderStep>().Select(async step => (step, await books.LearnerAsync(), Guid.CreateVersion7())));

    private static Task SpendAsync(NpgsqlDataSource source, (SpenderStep Step, Guid User, Guid Request)[] people, CancellationToken ct) =>
        Task.WhenAll(people.Select(person => Spender.RunAsync(source, person.Step, person.User, person.Request, ct)));

    private Process StartSpender(IEnumerable<(SpenderStep Step, Guid User, Guid Request)> people)
    {
        string[] arguments = [typeof(CrashTests).Assembly.Location, "-explicit", "only", "-method", $"{typeof(CrashTests).FullName}.{nameof(Spends_until_it_is_killed)}"];
        ProcessStartInfo start = new("dotnet", arguments) { RedirectStandardOutput = true };
        start.Environment["TRIPOS_TEST_DB"] = books.ConnectionString;
        start.Environment[Told] = string.Join(' ', people.Select(person => $"{person.Step}/{person.User}/{person.Request}"));
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        return process;
    }

    private async Task<NpgsqlConnection> ListenAsync()
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(books.ConnectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(Ct);
        await using var listen = new NpgsqlCommand($"LISTEN {Spender.Channel}", connection);
        await listen.ExecuteNonQueryAsync(Ct);
        return connection;
    }

    private static async Task HearAsync(NpgsqlConnection listener, (SpenderStep Step, Guid User, Guid Request)[] people)
    {
        var missing = people.Select(person => $"{person.Step} {person.User}").ToHashSet();
        listener.Notification += (_, news) => missing.Remove(news.Payload);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        patience.CancelAfter(TimeSpan.FromSeconds(90));
        while (missing.Count > 0)
        {
            await listener.WaitAsync(patience.Token);
        }
    }

    /// <summary>What was committed holds, what was not never was; afterwards everything that is still open is given back.</summary>
    private async Task EndsWellAsync((SpenderStep Step, Guid User, Guid Request)[] people)
    {
        foreach (var (step, user, request) in people)
        {
            // Another server goes on with the request. Its lock waits for what is left of the dead one.
            var reserved = await books.ReserveAsync(user, 3, request: request);
            var balance = await books.BalanceAsync(user);
            Assert.Equal(step == SpenderStep.Refunded, reserved.Problem is not null);
            Assert.Equal(step switch { SpenderStep.Refunded => (4, 0), SpenderStep.Settled => (1, 0), _ => (1, 3) }, (balance.Daily, balance.Held));
            Assert.Equal(step == SpenderStep.Settled ? 3 : 0, await books.AccountAsync(user, "spent"));
        }

        await books.BalanceOutAsync();
        var ids = people.ToDictionary(person => person.Step);
        Assert.True(await books.SettleAsync(ids[SpenderStep.SettleWritten].Request));
        Assert.False(await books.SettleAsync(ids[SpenderStep.Settled].Request));
        Assert.False(await books.RefundAsync(ids[SpenderStep.Settled].Request));

        int ended = await OrphanedReservations.RefundOrphansAsync(books.Sql, Noon + OrphanedReservations.Lease + TimeSpan.FromSeconds(1), Ct);

        Assert.True(ended >= 3); // reserved, written, and written to be given back
        foreach (var (step, user, _) in people)
        {
            bool isSpent = step is SpenderStep.Settled or SpenderStep.SettleWritten;
            Assert.Equal((isSpent ? 1 : 4, 0), await books.BalanceAsync(user) is var balance ? (balance.Daily, balance.Held) : default);
        }

        await books.BalanceOutAsync();
    }
}
