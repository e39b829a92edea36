namespace Tripos.Evaluation.Speech;

/// <summary>A spoken answer as the recogniser left it: the sound, and what was heard of it.</summary>
/// <param name="Sound">From the samples.</param>
/// <param name="Free">The search with a general language model.</param>
/// <param name="Guided">The search that expects the script or the accepted answers; empty where there are none, or nothing of them is in the dictionary.</param>
/// <param name="Script">The words that should be said; empty where there is no script.</param>
public sealed record RecognisedAnswer(SoundShape Sound, IReadOnlyList<RecognisedPiece> Free, IReadOnlyList<RecognisedPiece> Guided, IReadOnlyList<ScriptWord> Script)
{
    /// <summary>What was heard, against the script where there is one.</summary>
    public ScriptAlignment Alignment => field ??= Script is []
        ? new([.. HeardWords.Free(Free).Select(word => new AlignedWord(new(word.Word, word.StartMs, word.EndMs, word.Sureness, AsFree(word)), -1))], [])
        : ScriptAlignment.Of(Script, HeardWords.Guided(Guided, Free));

    /// <summary>The rhythm.</summary>
    public SpeechMeasures Measures => field ??= SpeechMeasures.Of(Alignment.Words, Script, Sound.HasClearSilences ? Sound.Silences : HeardSilences);

    /// <summary>Words that were heard whatever was expected, hesitations not among them.</summary>
    public int FreeWords => Free.Count(piece => piece.Kind == PieceKind.Word && !SpokenText.IsFiller(piece.Word));

    /// <summary>For the verdict.</summary>
    public HeardSpeech Heard => new(Sound.DurationMs, [.. Alignment.Words.Select(word => word.Heard)], [.. Alignment.Omitted.Select(word => word.Word)], Sound.Loudness);

    // In noise the samples do not tell where nobody speaks; the recogniser guesses it.
    private List<Silence> HeardSilences =>
        [.. (Guided is [] ? Free : Guided).Where(piece => piece.Kind == PieceKind.Silence && piece.LengthMs >= SoundShape.ShortestSilenceMs).Select(piece => new Silence(piece.StartMs, piece.EndMs))];

    private static HeardAs AsFree(SpokenWord word) => SpokenText.IsFiller(word.Word) ? HeardAs.Filler : HeardAs.Right;
}
