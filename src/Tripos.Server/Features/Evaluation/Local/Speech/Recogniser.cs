using Tripos.Evaluation.Speech;

namespace Tripos.Server.Features.Evaluation.Speech;

/// <summary>Has PocketSphinx listen to the sound in a folder.</summary>
internal static class Recogniser
{
    private const string Words = "words";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(75); // two searches fit into a lease

    /// <summary>A search with the general language model.</summary>
    public static Task<IReadOnlyList<RecognisedPiece>> FreeAsync(SpeechTools tools, WorkFolder folder, CancellationToken ct) =>
        RunAsync(["-lm", tools.Language, "-dict", tools.Dictionary], Hypseg.LanguageModelScale, tools, folder, ct);

    /// <summary>A search with a grammar. Its beams are wide: a grammar is small, and a narrow search loses the way to its end.</summary>
    public static async Task<IReadOnlyList<RecognisedPiece>> GuidedAsync(GuidedSearch search, SpeechTools tools, WorkFolder folder, CancellationToken ct)
    {
        await File.WriteAllTextAsync(folder.File("grammar.fsg"), search.Fsg, ct);
        await File.WriteAllTextAsync(folder.File("grammar.dict"), search.Dictionary, ct);
        return await RunAsync(["-fsg", "grammar.fsg", "-dict", "grammar.dict", "-beam", "1e-80", "-pbeam", "1e-80", "-wbeam", "1e-60"], 1, tools, folder, ct);
    }

    private static async Task<IReadOnlyList<RecognisedPiece>> RunAsync(string[] search, double scale, SpeechTools tools, WorkFolder folder, CancellationToken ct)
    {
        await File.WriteAllTextAsync(folder.File("list"), Path.GetFileNameWithoutExtension(DecodeSound.FileName) + "\n", ct);
        File.Delete(folder.File(Words));
        string[] arguments =
        [
            "-hmm", tools.Acoustic, "-ctl", "list", "-cepdir", ".", "-cepext", Path.GetExtension(DecodeSound.FileName), "-adcin", "yes", "-hypseg", Words, "-logfn", "/dev/null",
            "-remove_silence", "no", // times stay those of the recording
            "-cmn", "batch", // the whole recording is here: no need to guess the microphone as it goes
            "-compallsen", "yes", .. search, // else scores of different searches could not be compared
        ];
        int code = await BoundedProcess.RunAsync(tools.Recogniser, arguments, folder.Path, Limit, ct)
            ?? throw new EvaluationException($"The recogniser did not end within {Limit.TotalSeconds:0} s.");
        return code == 0 && File.Exists(folder.File(Words))
            ? Hypseg.Parse(await File.ReadAllTextAsync(folder.File(Words), ct), scale)
            : throw new EvaluationException($"The recogniser ended with code {code}.");
    }
}
