using Npgsql;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Folds;

/// <summary>The log of decided answers, and what is computed from it: ratings, statistics, progress.</summary>
public static class FoldsFeature
{
    public static IServiceCollection AddFolds(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<FoldLag>().AddSingleton<TopicSizes>().AddSingleton<FoldRunner>().AddSingleton<Predictor>().AddFold(RatingFold.Fold).AddFold(QuestionFold.Fold);
        return configuration.GetValue("Tripos:Workers", true) ? services.AddHostedService<FoldWorker>() : services;
    }

    /// <summary>Lets a feature compute tables of its own from the log.</summary>
    public static IServiceCollection AddFold(this IServiceCollection services, Fold fold) => services.AddSingleton(fold);

    public static void MapFolds(this IEndpointRouteBuilder app) => app.MapGet("/api/folds", StateAsync).WithTags("Operations").RequireAuthorization(Policies.Admins)
        .WithSummary("Whether ratings, statistics and progress are up to date");

    private static async Task<ReadFolds.State> StateAsync(FoldRunner runner, FoldLag lag, NpgsqlDataSource source, CancellationToken ct) => await ReadFolds.RunAsync(runner, lag, source, ct);
}
