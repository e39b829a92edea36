using Tripos.Server.Platform.Data;
using Tripos.Server.Tests.Support;

namespace Tripos.Server.Tests.Platform.Data;

public sealed class SqlTests(TriposApp app) : IClassFixture<TriposApp>
{
    [Fact]
    public async Task A_list_of_times_may_begin_with_no_time()
    {
        DateTime?[] times = [null, new DateTime(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc)];

        var read = await app.Sql.QueryAsync("SELECT t FROM unnest($1::timestamptz[]) AS t", row => row.Maybe<DateTime?>(0), TestContext.Current.CancellationToken, [times]);

        Assert.Equal(times, read);
    }
}
