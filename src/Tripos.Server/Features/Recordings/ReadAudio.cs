using Npgsql;
using Tripos.Server.Features.MediaStore;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Data;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Recordings;

/// <summary>The sound of a complete take, for its learner and for teachers.</summary>
public static class ReadAudio
{
    public static async Task<Outcome<StoredContent>> RunAsync(Guid attemptId, Guid recordingId, CurrentUser reader, NpgsqlDataSource source, CancellationToken ct)
    {
        var take = await ReadTakes.FindAsync(attemptId, recordingId, reader, source, ct);
        return take.Value is null ? RecordingProblems.NotFound : await OfTakeAsync(attemptId, recordingId, source, ct);
    }

    /// <summary>For features that have decided that the reader may hear it.</summary>
    public static async Task<Outcome<StoredContent>> OfTakeAsync(Guid attemptId, Guid recordingId, NpgsqlDataSource source, CancellationToken ct)
    {
        var hashes = await source.QueryAsync("SELECT sha256 FROM recordings WHERE id = $1 AND attempt_id = $2 AND state = 'complete'", row => row.GetFieldValue<byte[]>(0), ct, recordingId, attemptId);
        return hashes is [var sha256] && await ReadMedia.OfHashAsync(sha256, source, ct) is { } content ? content : RecordingProblems.NotFound;
    }
}
