using Tripos.Server.Platform;

namespace Tripos.Server.Features.Demo;

/// <summary>The demo school: people, a course and a month of history, made when the database is empty.</summary>
public static class DemoFeature
{
    public static IServiceCollection AddDemo(this IServiceCollection services) =>
        services.AddSingleton(new StartStep(DemoSchool.OpenAsync));
}
