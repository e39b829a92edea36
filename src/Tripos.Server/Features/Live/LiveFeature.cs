using System.Text.Json;
using System.Text.Json.Serialization;
using Npgsql;
using Tripos.Server.Features.Catalog;
using Tripos.Server.Platform.Jobs;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Live;

/// <summary>Classes, and sessions that a class sits together while its teacher watches and helps.</summary>
public static class LiveFeature
{
    public const string HubPath = "/api/live/hub";
    private const long LargestMessage = 4096; // what a page sends: ids and heartbeats

    public static IServiceCollection AddLive(this IServiceCollection services)
    {
        services.AddSignalR(options =>
        {
            options.MaximumReceiveMessageSize = LargestMessage;
            options.KeepAliveInterval = TimeSpan.FromSeconds(10);
            options.ClientTimeoutInterval = TimeSpan.FromSeconds(20);
            options.MaximumParallelInvocationsPerClient = 1;
        }).AddJsonProtocol(json => json.PayloadSerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower)));
        services.AddSingleton<LiveBoards>().AddSingleton<LiveNews>().AddSingleton<LiveNodes>().AddSingleton<SaveBoards>().AddSingleton<LiveLoop>().AddSingleton<LiveListener>().AddSingleton<JoinCodeTries>();
        services.AddHostedService(provider => provider.GetRequiredService<LiveListener>()).AddHostedService(provider => provider.GetRequiredService<LiveLoop>());
        return services.AddSchedule("live-sessions", TimeSpan.FromSeconds(5), (provider, ct) => SweepSessions.RunAsync(
            provider.GetRequiredService<NpgsqlDataSource>(), provider.GetRequiredService<QuestionVersions>(), provider.GetRequiredService<TimeProvider>(), ct));
    }

    public static void MapLive(this IEndpointRouteBuilder app)
    {
        app.MapHub<LiveHub>(HubPath).RequireAuthorization(Policies.SignedIn);
        app.MapSessions();
        app.MapClasses();
        app.MapTimeline();
        app.MapResults();
        app.MapMonitor();
    }
}
