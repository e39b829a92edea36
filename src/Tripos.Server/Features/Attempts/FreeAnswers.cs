using Npgsql;
using Tripos.Server.Platform.Jobs;

namespace Tripos.Server.Features.Attempts;

/// <summary>The fact that answers were graded and points of them are open: they wait for somebody who can judge them.</summary>
/// <param name="Position">The one answer; null for all of the attempt.</param>
public sealed record FreeAnswers(Guid AttemptId, short? Position)
{
    public const string Kind = "free-answers";

    /// <summary>One fact for each of several attempts, some of whose points may be open.</summary>
    internal static async Task TellAsync(NpgsqlConnection connection, IReadOnlyCollection<Guid> attemptIds, CancellationToken ct)
    {
        foreach (var id in attemptIds)
        {
            await connection.EnqueueAsync(Kind, new FreeAnswers(id, null), ct);
        }
    }
}
