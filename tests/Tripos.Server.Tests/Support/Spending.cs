using Npgsql;
using Tripos.Server.Features.Evaluation;
using Tripos.Server.Features.Evaluation.Credits;

namespace Tripos.Server.Tests.Support;

/// <summary>Credits that people spend, as the server would reserve and settle them.</summary>
public static class Spending
{
    extension(TriposApp app)
    {
        /// <summary>Pays for an evaluation; the request, which is open or settled.</summary>
        public async Task<Guid> Spends(Person person, UsageType usage, int credits, DateTimeOffset? at = null, bool settles = true, Guid? request = null)
        {
            var id = request ?? Guid.CreateVersion7();
            var when = at ?? DateTimeOffset.UtcNow;
            await InTransactionAsync(app, async connection =>
            {
                var outcome = await CreditLedger.ReserveAsync(connection, id, person.Id, usage, credits, when, TestContext.Current.CancellationToken);
                Assert.False(outcome.Value!.IsHeld);
                _ = settles && await CreditLedger.SettleAsync(connection, id, credits * 1_500, when, TestContext.Current.CancellationToken);
            });
            return id;
        }

        public Task IsMember(Person person, MembershipLevel level) => app.Run(
            "INSERT INTO memberships (user_id, level, set_at) VALUES ($1, $2, now()) ON CONFLICT (user_id) DO UPDATE SET level = excluded.level", person.Id, level.ToString().ToLowerInvariant());

        /// <summary>A team with its administrator first.</summary>
        public async Task<Guid> HasTeam(string name, Person admin, params Person[] members)
        {
            var team = Guid.CreateVersion7();
            await app.Run("INSERT INTO teams (id, name) VALUES ($1, $2)", team, name);
            await app.Run("INSERT INTO team_members (team_id, user_id, role) VALUES ($1, $2, 'admin')", team, admin.Id);
            await app.Run("INSERT INTO team_members (team_id, user_id, role) SELECT $1, unnest($2::uuid[]), 'member'", team, members.Select(member => member.Id).ToArray());
            return team;
        }
    }

    private static async Task InTransactionAsync(TriposApp app, Func<NpgsqlConnection, Task> work)
    {
        await using var connection = await app.Sql.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await work(connection);
        await transaction.CommitAsync(TestContext.Current.CancellationToken);
    }
}
