using Npgsql;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Review;

/// <summary>Works off a backlog over some days, or gives that plan up.</summary>
public static class PlanCatchUp
{
    public const int MostDays = ReadDeck.DaysAhead;

    public static async Task<Outcome<DeckPlan>> RunAsync(int days, CurrentUser learner, LearnerDay day, Schemes schemes, NpgsqlDataSource source, TimeProvider clock, CancellationToken ct)
    {
        days = Math.Clamp(days, 1, MostDays);
        var deck = await ReadDeck.RunAsync(learner.Id, day, schemes, source, clock, ct);
        var plan = await ReadPlan.CatchUpAsync(learner.Id, deck, days, source, clock, ct);
        await source.ExecuteAsync("""
            INSERT INTO deck_settings (learner_id, scheme_id, catch_up_until, catch_up_per_day) VALUES ($1, $2, $3, $4)
            ON CONFLICT (learner_id) DO UPDATE SET catch_up_until = excluded.catch_up_until, catch_up_per_day = excluded.catch_up_per_day
            """, ct, learner.Id, deck.Settings.Scheme.Id, day.Date.AddDays(days - 1), Math.Clamp(plan.PerDay, 1, 10_000));
        return plan;
    }

    public static Task StopAsync(CurrentUser learner, NpgsqlDataSource source, CancellationToken ct) =>
        source.ExecuteAsync("UPDATE deck_settings SET catch_up_until = NULL, catch_up_per_day = NULL WHERE learner_id = $1", ct, learner.Id);
}
