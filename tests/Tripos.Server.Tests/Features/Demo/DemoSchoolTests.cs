using Microsoft.Extensions.DependencyInjection;
using Tripos.Server.Features.Demo;
using Tripos.Server.Platform.Data;
using Tripos.Server.Tests.Support;

namespace Tripos.Server.Tests.Features.Demo;

public sealed class DemoSchoolTests
{
    [Fact]
    public async Task The_demo_school_is_the_same_on_every_installation()
    {
        string[] one = await SchoolAsync(), other = await SchoolAsync();

        Assert.NotEmpty(one);
        Assert.Equal(one, other);
    }

    /// <summary>What somebody who looks around sees: results in order, and what the bank holds.</summary>
    private static async Task<string[]> SchoolAsync()
    {
        await using var app = new TriposApp();
        await app.InitializeAsync();
        await using (var scope = app.Services.CreateAsyncScope())
        {
            await DemoSchool.MakeAsync(scope.ServiceProvider, scope.ServiceProvider.GetRequiredService<AppDb>(), TestContext.Current.CancellationToken);
        }

        return
        [
            .. await app.Sql.QueryAsync("SELECT u.email || ' ' || a.title || ' ' || a.percent || ' ' || CASE WHEN a.session_id IS NULL THEN a.seed::text ELSE 'live' END FROM attempts a JOIN users u ON u.id = a.learner_id ORDER BY a.started_at, u.email",
                row => row.GetString(0), TestContext.Current.CancellationToken),
            .. await app.Sql.QueryAsync("SELECT m.name || ' ' || count(q) FROM modules m JOIN topics t ON t.module_id = m.id JOIN questions q ON q.topic_id = t.id WHERE q.status = 'live' GROUP BY m.name ORDER BY 1",
                row => row.GetString(0), TestContext.Current.CancellationToken),
        ];
    }
}
