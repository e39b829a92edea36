using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Jobs;
using Tripos.Server.Tests.Support;

namespace Tripos.Server.Tests.Platform.Jobs;

public sealed class JobRunnerTests : IAsyncLifetime
{
    private readonly SettableClock _clock = new(DateTimeOffset.UtcNow.AddMinutes(1));
    private readonly List<string> _done = [];
    private TestDatabase _database = null!;

    private sealed record Fact(string Text);

    public async ValueTask InitializeAsync() => _database = await TestDatabase.CreateAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task A_job_is_done_once()
    {
        var runner = Runner(fact => _done.Add(fact.Text));
        await EnqueueAsync("graded");

        Assert.True(await runner.RunOneAsync(Ct));

        Assert.False(await runner.RunOneAsync(Ct));
        Assert.Equal(["graded"], _done);
        Assert.Equal(1, await CountAsync("done_at IS NOT NULL AND locked_until IS NULL AND payload = '{}'"));
    }

    [Fact]
    public async Task A_job_of_a_transaction_that_is_rolled_back_never_was()
    {
        await using (var connection = await _database.Source.OpenConnectionAsync(Ct))
        await using (await connection.BeginTransactionAsync(Ct))
        {
            await connection.EnqueueAsync("note", new Fact("lost"), Ct);
        }

        Assert.False(await Runner(_ => { }).RunOneAsync(Ct));
    }

    [Fact]
    public async Task A_job_that_fails_is_tried_again_later_and_keeps_its_error()
    {
        int tries = 0;
        var runner = Runner(fact => _done.Add(++tries == 1 ? throw new InvalidOperationException("no network") : fact.Text));
        await EnqueueAsync("mail");

        await runner.RunOneAsync(Ct);

        Assert.Equal(1, await CountAsync("done_at IS NULL AND last_error = 'InvalidOperationException: no network' AND tries = 1"));
        Assert.False(await runner.RunOneAsync(Ct)); // not yet
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(await runner.RunOneAsync(Ct));
        Assert.Equal(["mail"], _done);
    }

    [Fact]
    public async Task A_job_that_fails_for_ever_is_given_up_and_stays_with_its_error()
    {
        var runner = Runner(_ => throw new InvalidOperationException("broken"));
        await EnqueueAsync("mail");

        for (int i = 0; i < 20; i++)
        {
            await runner.RunOneAsync(Ct);
            _clock.Advance(TimeSpan.FromHours(2));
        }

        Assert.Equal(1, await CountAsync("done_at IS NULL AND run_at = 'infinity' AND tries = 12 AND last_error LIKE '%broken'"));
    }

    [Fact]
    public async Task Two_workers_never_do_one_job_at_the_same_time()
    {
        var entered = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        var first = Runner(async fact =>
        {
            entered.SetResult();
            await release.Task;
            _done.Add(fact.Text);
        });
        await EnqueueAsync("one");
        var running = first.RunOneAsync(Ct);
        await entered.Task;

        bool second = await Runner(fact => _done.Add("again " + fact.Text)).RunOneAsync(Ct);

        Assert.False(second);
        release.SetResult();
        Assert.True(await running);
        Assert.Equal(["one"], _done);
    }

    [Fact]
    public async Task The_job_of_a_worker_that_died_is_taken_again_after_its_lease()
    {
        await EnqueueAsync("one");
        await using var take = _database.Source.CreateCommand("UPDATE jobs SET tries = 1, locked_until = $1");
        take.Parameters.Add(new() { Value = _clock.GetUtcNow().AddMinutes(5) });
        await take.ExecuteNonQueryAsync(Ct);
        var runner = Runner(fact => _done.Add(fact.Text));

        Assert.False(await runner.RunOneAsync(Ct));
        _clock.Advance(TimeSpan.FromMinutes(6));
        Assert.True(await runner.RunOneAsync(Ct));

        Assert.Equal(["one"], _done);
    }

    [Fact]
    public async Task A_job_at_hand_is_put_back_when_the_server_stops()
    {
        using var stopping = new CancellationTokenSource();
        var runner = Runner(async _ =>
        {
            await stopping.CancelAsync();
            stopping.Token.ThrowIfCancellationRequested();
        });
        await EnqueueAsync("one");

        await runner.RunOneAsync(stopping.Token);

        Assert.Equal(1, await CountAsync("done_at IS NULL AND locked_until IS NULL AND tries = 0 AND last_error IS NULL"));
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private JobRunner Runner(Action<Fact> handle) => Runner(fact =>
    {
        handle(fact);
        return Task.CompletedTask;
    });

    private JobRunner Runner(Func<Fact, Task> handle) => new(
        _database.Source,
        new Dictionary<string, JobHandler> { ["note"] = JobHandler.For<Fact>((_, fact, _) => handle(fact), hasSecrets: true) },
        new ServiceCollection().BuildServiceProvider().GetRequiredService<IServiceScopeFactory>(),
        _clock,
        NullLogger<JobRunner>.Instance);

    private async Task EnqueueAsync(string text)
    {
        await using var connection = await _database.Source.OpenConnectionAsync(Ct);
        await connection.EnqueueAsync("note", new Fact(text), Ct);
    }

    private async Task<long> CountAsync(string condition)
    {
        await using var count = _database.Source.CreateCommand($"SELECT count(*) FROM jobs WHERE {condition}");
        return (long)(await count.ExecuteScalarAsync(Ct))!;
    }
}
