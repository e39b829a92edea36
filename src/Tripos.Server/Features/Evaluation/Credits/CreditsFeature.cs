using Npgsql;
using Tripos.Server.Platform.Jobs;

namespace Tripos.Server.Features.Evaluation.Credits;

/// <summary>What evaluations by the model cost learners, who is given how much, and where spending stops.</summary>
public static class CreditsFeature
{
    public static IServiceCollection AddCredits(this IServiceCollection services) => services.AddSingleton<CreditPrices>().AddSchedule("credits-orphans", TimeSpan.FromMinutes(5), (provider, ct) =>
        OrphanedReservations.RefundOrphansAsync(provider.GetRequiredService<NpgsqlDataSource>(), provider.GetRequiredService<TimeProvider>().GetUtcNow(), ct));

    public static void MapCredits(this IEndpointRouteBuilder app)
    {
        CreditEndpoints.Map(app);
        CreditAdminEndpoints.Map(app);
    }
}
