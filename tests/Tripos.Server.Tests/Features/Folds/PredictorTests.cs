using Tripos.Server.Features.Folds;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Server.Tests.Features.Folds;

/// <summary>The predictor follows the log and survives a restart.</summary>
public sealed class PredictorTests(TriposApp app) : IClassFixture<TriposApp>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_expects_more_of_those_who_do_well()
    {
        var test = await app.HasTest(questions: 20);
        await app.Sits(Ada, test, [.. Enumerable.Repeat("a", 20)]);
        await app.Sits(Otto, test, [.. Enumerable.Repeat("b", 20)]);
        await app.RunFoldsAsync();
        using var predictor = New();
        await predictor.FollowAsync(Stop);
        var item = new PredictedItem(test.QuestionIds[0], LoggedResponse.NoTopic, 0.25);

        double ada = Assert.Single(await predictor.PredictAsync(Ada.Id, [item], Stop)), otto = Assert.Single(await predictor.PredictAsync(Otto.Id, [item], Stop));

        Assert.InRange(otto, 0.25, ada - 0.1);
        Assert.InRange(ada, otto, 1);
    }

    [Fact]
    public async Task After_a_restart_it_says_the_same_to_the_last_bit()
    {
        var tests = new[] { await app.HasTest(questions: 6), await app.HasTest(questions: 6) };
        await app.Sits(Ada, tests[0], "a", "b", "a", "a", "b", "a");
        await app.RunFoldsAsync();
        using var first = New();
        await first.FollowAsync(Stop);
        await first.SaveAsync(Stop);

        using var second = New();
        await app.Sits(Ada, tests[1], "b", "b", "a", "a", "a", "b");
        await app.Sits(Otto, tests[1], "a", "a", "a", "b", "a", "b");
        await app.RunFoldsAsync();
        await first.FollowAsync(Stop);
        await second.FollowAsync(Stop);

        var items = tests.SelectMany(test => test.QuestionIds).Select(id => new PredictedItem(id, LoggedResponse.NoTopic, 0.25)).ToList();
        Assert.Equal(first.Position, second.Position);
        Assert.Equal(await At(first, items), await At(second, items));
    }

    // Chances depend on the time since the last answer: both are asked at the same moment.
    private static async Task<double[]> At(Predictor predictor, List<PredictedItem> items) => [.. await predictor.PredictAsync(Ada.Id, items, Stop), .. await predictor.PredictAsync(Otto.Id, items, Stop)];

    private static readonly SettableClock Clock = new(DateTimeOffset.UtcNow.AddHours(1));

    private Predictor New() => new(app.Sql, Clock);
}
