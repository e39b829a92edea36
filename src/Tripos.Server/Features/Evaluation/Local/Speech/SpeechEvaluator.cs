using Npgsql;
using Tripos.Evaluation;
using Tripos.Evaluation.Speech;
using Tripos.Questions;
using Tripos.Server.Features.MediaStore;
using Tripos.Server.Features.Recordings;

namespace Tripos.Server.Features.Evaluation.Speech;

/// <summary>Judges recordings with a recogniser on this machine.</summary>
internal sealed class SpeechEvaluator(NpgsqlDataSource source, IConfiguration configuration)
{
    public const string Name = LocalSpeech.Name;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3); // the longest answer of the PTE takes two

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

        using WorkFolder folder = new();
        byte[] recording = await ReadMedia.BytesAsync(stored.Sha256, source, ct);
        if (await DecodeSound.RunAsync(recording, stored.MediaType, Longest + TimeSpan.FromSeconds(1), tools, folder, ct) is not { Length: > 0 } samples)
        {
            return LocalSpeech.NotEvaluated(answer.Judged, "its sound could not be read.");
        }

        var sound = SoundShape.Measure(samples, DecodeSound.Rate);
        return sound.DurationMs > Longest.TotalMilliseconds
            ? LocalSpeech.NotEvaluated(answer.Judged, $"the recogniser listens to recordings of up to {Longest.TotalMinutes:0} minutes.")
            : await JudgeAsync(answer.Judged, sound, tools, folder, ct);
    }

    private static async Task<Verdict> JudgeAsync(AnswerToJudge judged, SoundShape sound, SpeechTools tools, WorkFolder folder, CancellationToken ct)
    {
        if (sound.IsSilent)
        {
            return LocalSpeech.Judge(judged, new(sound, [], [], []));
        }

        var expected = await Expected.OfAsync(judged, tools, ct);
        if (expected.IsUnknown)
        {
            return LocalSpeech.NotEvaluated(judged, "the recogniser does not know the words of the right answer.");
        }

        var free = await Recogniser.FreeAsync(tools, folder, ct);
        var guided = expected.Search is { } search ? await Recogniser.GuidedAsync(search, tools, folder, ct) : [];
        return LocalSpeech.Judge(judged, new(sound, free, guided, expected.Script));
    }
}
