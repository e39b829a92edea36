using Tripos.Server.Features.Evaluation;
using Tripos.Server.Features.Evaluation.Credits;
using Tripos.Server.Tests.Support;
using static Tripos.Server.Tests.Support.Cast;

namespace Tripos.Server.Tests.Features.Evaluation.Credits;

/// <summary>A reservation that nobody ends any more is ended by a schedule, once it is clear that nobody will.</summary>
public sealed class OrphanedReservationTests(TriposApp app) : IClassFixture<TriposApp>
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;

    [Fact]
    public async Task Credits_of_evaluations_that_are_gone_or_failed_come_back_and_done_ones_are_settled()
    {
        await app.IsMember(Ada, MembershipLevel.Premium);
        var attempt = await app.Starts(Ada, await app.HasTest(2));
        var gone = await app.Spends(Ada, UsageType.Writing, 1, Now, settles: false);
        var failed = await RequestAsync(attempt, "failed", Now);
        var done = await RequestAsync(attempt, "done", Now);
        var waiting = await RequestAsync(attempt, "waiting", Now);
        var young = await app.Spends(Ada, UsageType.Writing, 1, Now.AddMinutes(1), settles: false);

        int ended = await OrphanedReservations.RefundOrphansAsync(app.Sql, Now + OrphanedReservations.Lease + TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        int again = await OrphanedReservations.RefundOrphansAsync(app.Sql, Now + OrphanedReservations.Lease + TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);

        Assert.Equal((3, 0), (ended, again));
        Assert.Equal(["refund", "refund", "settle", "", ""], [await EndOf(gone), await EndOf(failed), await EndOf(done), await EndOf(waiting), await EndOf(young)]);
        Assert.Equal(777, await app.Value<long>("SELECT cost_micros FROM credit_transfers WHERE request_id = $1 AND kind = 'settle'", done));
        Assert.Empty((await VerifyBooks.RunAsync(app.Sql, TestContext.Current.CancellationToken)).Faults);
    }

    [Fact]
    public async Task Books_that_somebody_tampered_with_are_found_out()
    {
        await app.Spends(Otto, UsageType.Writing, 2);
        await app.Run("ALTER TABLE credit_accounts DISABLE TRIGGER USER");
        await app.Run("UPDATE credit_accounts SET balance = 99 WHERE user_id = $1 AND account = 'daily'", Otto.Id);

        var result = await VerifyBooks.RunAsync(app.Sql, TestContext.Current.CancellationToken);
        await app.Run("UPDATE credit_accounts SET balance = 2 WHERE user_id = $1 AND account = 'daily'", Otto.Id);
        await app.Run("ALTER TABLE credit_accounts ENABLE TRIGGER USER");

        Assert.Equal(2, result.Faults.Count);
        Assert.Contains($"The account daily of {Otto.Id} says 99, its entries say 2.", result.Faults);
        Assert.Empty((await VerifyBooks.RunAsync(app.Sql, TestContext.Current.CancellationToken)).Faults);
    }

    private async Task<Guid> RequestAsync(Guid attempt, string status, DateTimeOffset at)
    {
        var id = Guid.CreateVersion7();
        await app.Run("""
            INSERT INTO evaluations (id, attempt_id, position, learner_id, question_version_id, evaluator, usage_type, profile, status, verdict, cost_micros, done_at)
            VALUES ($1, $2, 1, $3, 1, 'model', 'writing', $4, $4, CASE $4 WHEN 'done' THEN '{}'::jsonb END, 777, CASE WHEN $4 <> 'waiting' THEN now() END)
            """, id, attempt, Ada.Id, status);
        return await app.Spends(Ada, UsageType.Writing, 1, at, settles: false, request: id);
    }

    private Task<string> EndOf(Guid request) =>
        app.Value<string>("SELECT COALESCE((SELECT kind FROM credit_transfers WHERE request_id = $1 AND kind IN ('settle', 'refund')), '')", request);
}
