using Tripos.Server.Features.Attempts;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Server.Tests.Features.Attempts;

public sealed class RebuildTotalsTests(TriposApp app) : IClassFixture<TriposApp>
{
    [Fact]
    public async Task Totals_that_do_not_follow_from_the_answers_are_mended_and_the_others_left_alone()
    {
        var test = await app.HasTest(questions: 3, passMark: 50);
        var right = await app.Sits(Ada, test, "a", "a", "b");
        var wrong = await app.Sits(Otto, test, "a", "b", "b");
        await app.Run("UPDATE attempts SET points = 3, percent = 100, passed = true WHERE id = $1", wrong);

        var rebuilt = await RebuildTotals.RunAsync(app.Sql, TestContext.Current.CancellationToken);
        var again = await RebuildTotals.RunAsync(app.Sql, TestContext.Current.CancellationToken);

        Assert.Equal(new RebuildTotals.Rebuilt(2, 1), rebuilt);
        Assert.Equal(new RebuildTotals.Rebuilt(2, 0), again);
        Assert.Equal("1 33 false", await app.Value<string>("SELECT concat_ws(' ', points, round(percent::numeric), passed::text) FROM attempts WHERE id = $1", wrong));
        Assert.Equal("2 67 true", await app.Value<string>("SELECT concat_ws(' ', points, round(percent::numeric), passed::text) FROM attempts WHERE id = $1", right));
    }
}
