using Npgsql;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Features.Evaluation.Credits;
using Tripos.Server.Features.Evaluation.Model;
using Tripos.Server.Features.Evaluation.Speech;
using Tripos.Server.Platform.Jobs;

namespace Tripos.Server.Features.Evaluation;

/// <summary>Judging free answers: a queue, three evaluators, credits, and what learners and teachers see of it.</summary>
public static class EvaluationFeature
{
    public static IServiceCollection AddEvaluation(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<SpeechEvaluator>().AddSingleton<IEvaluator, LocalEvaluator>();
        if (ModelSettings.Read(configuration) is { } model)
        {
            services.AddSingleton(model).AddSingleton<IEvaluator, ModelEvaluator>();
        }

        services.AddCredits().AddSingleton<EvaluationQueue>().AddSingleton<EvaluateNext>().AddSingleton<AskModel>().AddSingleton<AskBatch>();
        services.AddSchedule("evaluations-held", TimeSpan.FromMinutes(1), (provider, ct) => ReleaseHeld.RunAsync(
            provider.GetRequiredService<NpgsqlDataSource>(), provider.GetRequiredService<CreditPrices>(), provider.GetRequiredService<TimeProvider>(), ct));
        if (configuration.GetValue("Tripos:Workers", true))
        {
            services.AddHostedService<EvaluationWorker>();
        }

        return services;
    }

    public static void MapEvaluation(this IEndpointRouteBuilder app)
    {
        app.MapRequests();
        app.MapCredits();
        app.MapMarking();
    }

    /// <summary>Answers were graded and wait for an evaluator.</summary>
    public static Task OnFreeAnswersAsync(IServiceProvider services, FreeAnswers fact, CancellationToken ct) => EnqueueLocal.RunAsync(
        fact, services.GetRequiredService<NpgsqlDataSource>(), services.GetRequiredService<QuestionVersions>(), services.GetRequiredService<TimeProvider>(), ct);
}
