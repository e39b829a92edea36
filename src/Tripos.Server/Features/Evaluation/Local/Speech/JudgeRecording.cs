using Tripos.Evaluation;
using Tripos.Evaluation.Speech;

namespace Tripos.Server.Features.Evaluation.Speech;

/// <summary>Decodes a recording, has it recognised in separate processes, and judges what was heard. Everything it writes is gone afterwards.</summary>
public static class JudgeRecording
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3); // the longest answer of the PTE takes two

    /// <exception cref="EvaluationException">A program failed or took too long; another time it may work.</exception>
    public static async Task<Verdict> RunAsync(AnswerToJudge judged, byte[] recording, string mediaType, SpeechTools tools, CancellationToken ct)
    {
        using WorkFolder folder = new();
        if (await DecodeSound.RunAsync(recording, mediaType, Longest + TimeSpan.FromSeconds(1), tools, folder, ct) is not { Length: > 0 } samples)
        {
            return LocalSpeech.NotEvaluated(judged, "its sound could not be read.");
        }

        var sound = SoundShape.Measure(samples, DecodeSound.Rate);
        if (sound.DurationMs > Longest.TotalMilliseconds)
        {
            return LocalSpeech.NotEvaluated(judged, $"the recogniser listens to recordings of up to {Longest.TotalMinutes:0} minutes.");
        }

        return sound.IsSilent ? LocalSpeech.Judge(judged, new(sound, [], [], [])) : await RecogniseAsync(judged, sound, tools, folder, ct);
    }

    private static async Task<Verdict> RecogniseAsync(AnswerToJudge judged, SoundShape sound, SpeechTools tools, WorkFolder folder, CancellationToken ct)
    {
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
