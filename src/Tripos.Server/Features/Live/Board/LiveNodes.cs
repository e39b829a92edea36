using System.Collections.Concurrent;

namespace Tripos.Server.Features.Live;

/// <summary>The servers on this database that were heard of lately.</summary>
internal sealed class LiveNodes(TimeProvider clock)
{
    private static readonly TimeSpan Silent = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _heard = new();

    /// <summary>This server does not hear what the others say.</summary>
    public bool IsDeaf { get; set; } = true;

    public int Count => Math.Max(1, _heard.Count(each => clock.GetUtcNow() - each.Value < Silent));

    public void Hear(Guid node) => _heard[node] = clock.GetUtcNow();
}
