using System.Text.Json;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Platform.Jobs;

/// <summary>What is done with jobs of one kind. A job may run more than once, so doing it again must change nothing.</summary>
/// <param name="HasSecrets">The payload is wiped once the job is done.</param>
public sealed record JobHandler(Func<IServiceProvider, string, CancellationToken, Task> RunAsync, bool HasSecrets)
{
    /// <summary>A handler that gets its payload as <typeparamref name="T"/> and the services of one scope.</summary>
    public static JobHandler For<T>(Func<IServiceProvider, T, CancellationToken, Task> run, bool hasSecrets = false) =>
        new((services, payload, ct) => run(services, JsonSerializer.Deserialize<T>(payload, Json.Options)!, ct), hasSecrets);
}
