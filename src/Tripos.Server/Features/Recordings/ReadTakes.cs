using Npgsql;
using Tripos.Server.Features.Attempts;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Recordings;

/// <summary>The takes of an attempt, for its learner and for teachers.</summary>
public static class ReadTakes
{
    private const string Visible = " JOIN attempts a ON a.id = r.attempt_id WHERE r.attempt_id = $1 AND (a.learner_id = $2 OR $3)";

    public static async Task<Outcome<List<Take>>> OfAsync(Guid attemptId, CurrentUser reader, NpgsqlDataSource source, CancellationToken ct)
    {
        var attempt = await source.QueryAsync("SELECT 1 FROM attempts WHERE id = $1 AND (learner_id = $2 OR $3)", row => row.GetInt32(0), ct, attemptId, reader.Id, Supervises(reader));
        return attempt is []
            ? AttemptProblems.NotFound
            : await source.QueryAsync(Take.Select + Visible + " ORDER BY r.position, r.take", Take.Read, ct, attemptId, reader.Id, Supervises(reader));
    }

    /// <summary>Of an attempt the caller may show.</summary>
    public static Task<List<Take>> OfAttemptAsync(Guid attemptId, NpgsqlDataSource source, CancellationToken ct) =>
        source.QueryAsync(Take.Select + " WHERE r.attempt_id = $1 ORDER BY r.position, r.take", Take.Read, ct, attemptId);

    public static async Task<Outcome<Take>> FindAsync(Guid attemptId, Guid recordingId, CurrentUser reader, NpgsqlDataSource source, CancellationToken ct)
    {
        var found = await source.QueryAsync(Take.Select + Visible + " AND r.id = $4", Take.Read, ct, attemptId, reader.Id, Supervises(reader), recordingId);
        return found is [var take] ? take : RecordingProblems.NotFound;
    }

    private static bool Supervises(CurrentUser reader) => reader.IsTeacher || reader.IsAdmin;
}
