using Npgsql;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Platform.Jobs;

public static class JobsSetup
{
    private static readonly TimeSpan KeepDone = TimeSpan.FromDays(7);

    /// <summary>Jobs and schedules; <c>Tripos:Workers=false</c> leaves them to other nodes (or to a test that runs them itself).</summary>
    public static void AddJobs(this WebApplicationBuilder builder, IReadOnlyDictionary<string, JobHandler> routes)
    {
        builder.Services.AddSingleton(routes);
        builder.Services.AddSingleton<JobRunner>();
        builder.Services.AddSchedule("jobs-tidy", TimeSpan.FromHours(1), TidyAsync);
        if (builder.Configuration.GetValue("Tripos:Workers", true))
        {
            builder.Services.AddHostedService<JobWorker>().AddHostedService<Schedules>();
        }
    }

    public static IServiceCollection AddSchedule(this IServiceCollection services, string name, TimeSpan every, Func<IServiceProvider, CancellationToken, Task> run) =>
        services.AddSingleton(new Schedule(name, every, run));

    private static Task TidyAsync(IServiceProvider services, CancellationToken ct) => services.GetRequiredService<NpgsqlDataSource>().ExecuteAsync(
        "DELETE FROM jobs WHERE done_at < $1", ct, services.GetRequiredService<TimeProvider>().GetUtcNow() - KeepDone);
}
