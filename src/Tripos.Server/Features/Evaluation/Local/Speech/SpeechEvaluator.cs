using Npgsql;
using Tripos.Evaluation;
using Tripos.Evaluation.Speech;
using Tripos.Server.Features.MediaStore;
using Tripos.Server.Features.Recordings;

namespace Tripos.Server.Features.Evaluation.Speech;

/// <summary>Judges recordings with a recogniser on this machine, where it has one.</summary>
internal sealed class SpeechEvaluator(NpgsqlDataSource source, IConfiguration configuration)
{
    public const string Name = LocalSpeech.Name;

    public async Task<Verdict> EvaluateAsync(LoadedAnswer answer, CancellationToken ct)
    {
        if (SpeechTools.Find(configuration) is not { } tools)
        {
            return LocalSpeech.NotEvaluated(answer.Judged, "this server has no speech recogniser.");
        }

        if (answer.RecordingId is not { } recordingId || (await ReadAudio.OfTakeAsync(answer.AttemptId, recordingId, source, ct)).Value is not { } stored)
        {
            return LocalSpeech.NotEvaluated(answer.Judged, "the recording never arrived.");
        }

        byte[] recording = await ReadMedia.BytesAsync(stored.Sha256, source, ct);
        return await JudgeRecording.RunAsync(answer.Judged, recording, stored.MediaType, tools, ct);
    }
}
