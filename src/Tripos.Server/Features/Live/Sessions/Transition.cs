using Npgsql;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Live;

/// <summary>What all changes of a session's state have in common: the lock, who may, the transaction, and the session as it is afterwards.</summary>
internal static class Transition
{
    /// <param name="sessionId">The session.</param>
    /// <param name="teacher">Who asks.</param>
    /// <param name="source">The database.</param>
    /// <param name="change">Decides and writes; null for done, or for nothing to do.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<Outcome<LiveSession>> RunAsync(
        Guid sessionId, CurrentUser teacher, NpgsqlDataSource source, Func<NpgsqlConnection, LiveSession, Task<Problem?>> change, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (await LiveSession.LockAsync(connection, sessionId, ct) is not { } session || !session.IsRunBy(teacher))
        {
            return LiveProblems.NotFound;
        }

        if (await change(connection, session) is { } problem)
        {
            return problem;
        }

        var now = await LiveSession.HoldAsync(connection, sessionId, ct);
        await transaction.CommitAsync(ct);
        return now!;
    }

    /// <param name="connection">With the transaction that holds the session.</param>
    /// <param name="assignments">Columns; $1 is the session, values follow.</param>
    /// <param name="ct">Gives up.</param>
    /// <param name="values">The session's id first.</param>
    public static Task WriteAsync(NpgsqlConnection connection, string assignments, CancellationToken ct, params object?[] values) =>
        connection.ExecuteAsync($"UPDATE live_sessions SET {assignments}, revision = revision + 1 WHERE id = $1", ct, values);
}
