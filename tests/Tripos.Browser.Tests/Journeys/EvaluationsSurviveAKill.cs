using Tripos.Browser.Tests.Support;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Browser.Tests.Journeys;

/// <summary>A real server process is killed while it waits for the model; another one takes over what it had taken.</summary>
public sealed class EvaluationsSurviveAKill
{
    [Fact]
    public async Task A_verdict_that_was_under_way_comes_after_all_and_is_paid_once()
    {
        await using TriposWithModel app = new();
        await app.InitializeAsync();
        TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        app.Model.Says = (_, gone) =>
        {
            asked.TrySetResult();
            return ChatServer.Silence(gone);
        };
        await using ServerProcess first = new(app.ConnectionString), second = new(app.ConnectionString);
        foreach (var server in new[] { first, second })
        {
            server.Settings["Tripos__Model__Endpoint"] = $"{app.Model.Address}";
            server.Settings["Tripos__Model__Name"] = "recorded-1";
            server.Settings["Tripos__Model__TimeoutSeconds"] = "60";
        }

        // The first server takes the answer, and dies
        await first.StartAsync();
        var answer = await app.HasEssay(text: "Trains are better than planes because they are quiet.");
        await app.IsAsked(Ada, answer);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        await first.KillServerAsync();
        string afterDeath = await app.StateOf(answer);

        // The second one finds it when the lease is over
        app.Model.Says = (question, _) => Task.FromResult(ChatServer.Honest(question));
        await app.Run("UPDATE evaluations SET locked_until = now() - interval '1 second' WHERE status = 'running'");
        await second.StartAsync();
        await app.Eventually("SELECT status FROM evaluations WHERE attempt_id = $1 AND evaluator = 'model'", "done", answer.AttemptId);

        Assert.Equal("running 1", afterDeath);
        Assert.Equal("done 2", await app.StateOf(answer));
        Assert.Equal("0.5 0 model", await app.PointsOf(answer));
        Assert.Equal(1, await app.SpentBy(Ada));
        Assert.Equal(0, await app.Value<long>("SELECT COALESCE(sum(balance), 0)::bigint FROM credit_accounts WHERE account = 'held'"));
    }
}
