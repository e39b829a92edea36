using Npgsql;
using Tripos.Server.Platform.Data;

namespace Tripos.Server.Features.Attempts;

/// <summary>Says that answers were graded, in the transaction that did it. Folds read it; who they are is not known here.</summary>
public static class GradedFacts
{
    private const string Insert = "INSERT INTO graded_facts (attempt_id, position, cause) VALUES ($1, $2::smallint, $3)";

    extension(NpgsqlBatch batch)
    {
        /// <param name="attemptId">Whose answers.</param>
        /// <param name="cause">submission, check, regrade or evaluation.</param>
        /// <param name="position">The one answer; null for all of the attempt.</param>
        public NpgsqlBatch WithGradedFact(Guid attemptId, string cause, short? position = null) => batch.With(Insert, attemptId, position, cause);
    }

    /// <summary>One fact for each of several attempts.</summary>
    public static Task AddAsync(NpgsqlConnection connection, IReadOnlyCollection<Guid> attemptIds, string cause, CancellationToken ct) =>
        connection.ExecuteAsync("INSERT INTO graded_facts (attempt_id, cause) SELECT id, $2 FROM unnest($1::uuid[]) AS id", ct, attemptIds.ToArray(), cause);
}
