namespace Tripos.Evaluation.Speech;

/// <summary>Makes one list of words out of what two searches heard: one that expects the script, and one that expects English.</summary>
public static class HeardWords
{
    private const int ShortestOtherMs = 200; // shorter than this, other sounds are breath, or a word's edge
    private const double GoodFit = -30;
    private const double PoorFit = -85;
    private const double WeightOfAgreement = 0.5;

    /// <summary>The words of the guided search; where it heard something else, what the free search heard there, or <see cref="SpokenWord.Unclear"/>.</summary>
    /// <param name="guided">From <see cref="ScriptGrammar"/>.</param>
    /// <param name="free">From a general language model.</param>
    public static IReadOnlyList<SpokenWord> Guided(IReadOnlyList<RecognisedPiece> guided, IReadOnlyList<RecognisedPiece> free)
    {
        List<SpokenWord> words = [];
        foreach (var piece in guided)
        {
            if (piece.Kind == PieceKind.Word)
            {
                words.Add(new(piece.Word, piece.StartMs, piece.EndMs, Sureness(piece, free)));
            }
            else if (piece.Kind == PieceKind.Other && piece.LengthMs >= ShortestOtherMs)
            {
                words.AddRange(Instead(piece, free));
            }
        }

        return words;
    }

    /// <summary>The words of the free search.</summary>
    /// <param name="free">From a general language model.</param>
    public static IReadOnlyList<SpokenWord> Free(IReadOnlyList<RecognisedPiece> free) =>
        [.. free.Where(piece => piece.Kind == PieceKind.Word).Select(piece => new SpokenWord(piece.Word, piece.StartMs, piece.EndMs, Math.Round(FitShare(piece.Fit), 2)))];

    /// <summary>How well sounds fit the model.</summary>
    /// <param name="fit">As in <see cref="RecognisedPiece.Fit"/>.</param>
    /// <returns>In [0, 1].</returns>
    public static double FitShare(double fit) => Math.Clamp((fit - PoorFit) / (GoodFit - PoorFit), 0, 1);

    /// <summary>Whether the free search heard the same word there, or one that begins like it: endings are what it mistakes first.</summary>
    /// <param name="piece">A word.</param>
    /// <param name="free">From a general language model.</param>
    public static bool Agrees(RecognisedPiece piece, IReadOnlyList<RecognisedPiece> free) => free.Any(other =>
        other.Kind == PieceKind.Word && other.StartMs < piece.EndMs && other.EndMs > piece.StartMs && SpokenText.Stem(other.Word) == SpokenText.Stem(piece.Word));

    private static double Sureness(RecognisedPiece piece, IReadOnlyList<RecognisedPiece> free) =>
        Math.Round((1 - WeightOfAgreement) * FitShare(piece.Fit) + (Agrees(piece, free) ? WeightOfAgreement : 0), 2);

    private static IReadOnlyList<SpokenWord> Instead(RecognisedPiece other, IReadOnlyList<RecognisedPiece> free)
    {
        var inside = free.Where(piece => piece.Kind == PieceKind.Word && (piece.StartMs + piece.EndMs) / 2 is var middle && middle >= other.StartMs && middle < other.EndMs).ToList();
        return inside is [] ? [new(SpokenWord.Unclear, other.StartMs, other.EndMs)] : Free(inside);
    }
}
