using Npgsql;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Attempts;

/// <summary>Says that something lasting has changed about an attempt of a live session: it was submitted, or something was highlighted. Whoever shows sessions hears it when it is committed. Never for answers, which are many.</summary>
public static class SessionNotice
{
    /// <summary>Of PostgreSQL; the payload is the session, the learner and the attempt, with spaces.</summary>
    public const string Channel = "attempts";

    private static readonly string Notify = $"SELECT pg_notify('{Channel}', session_id || ' ' || learner_id || ' ' || id) FROM attempts WHERE id = $1 AND session_id IS NOT NULL";

    extension(NpgsqlBatch batch)
    {
        /// <summary>Nothing for an attempt of no session.</summary>
        public NpgsqlBatch WithSessionNotice(Guid attemptId) => batch.With(Notify, attemptId);
    }

    /// <summary>In the caller's transaction.</summary>
    public static Task AddAsync(NpgsqlConnection connection, Guid attemptId, CancellationToken ct) => connection.ExecuteAsync(Notify, ct, attemptId);
}
