using Npgsql;
using Tripos.Server.Features.MediaStore;
using Tripos.Server.Platform;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Recordings;

/// <summary>The sound of a complete take, for its learner and for teachers.</summary>
public static class ReadAudio
{
    public static async Task<Outcome<StoredContent>> RunAsync(Guid attemptId, Guid recordingId, CurrentUser reader, NpgsqlDataSource source, CancellationToken ct)
    {
        var take = await ReadTakes.FindAsync(attemptId, recordingId, reader, source, ct);
        return take.Value?.Sha256 is { } hash && await ReadMedia.OfHashAsync(Convert.FromHexString(hash), source, ct) is { } content ? content : RecordingProblems.NotFound;
    }
}
