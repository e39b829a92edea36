namespace Tripos.Evaluation.Speech;

/// <summary>Makes one list of words out of what two searches heard: one that expects the script, and one that expects English.</summary>
public static class HeardWords
{
    private const int ShortestOtherMs = 200; // shorter than this, other sounds are breath, or a word's edge
    private const double GoodFit = -30;
    private const double PoorFit = -85;
    private const double WeightOfAgreement = 0.5;

    // Whoever expects a word finds it in other words too. Where the free search found words that fit so much better, it was not said; and where that search
    // recognised next to nothing of the script, little is believed.
    private const double MostWorse = 30;
    private const double MostWorseInDoubt = 12;
    private const double InDoubt = 0.2; // share of the words the free search heard too

    /// <summary>The words of the guided search; where it heard something else, what the free search heard there, or <see cref="SpokenWord.Unclear"/>.</summary>
    /// <param name="guided">From <see cref="ScriptGrammar"/>.</param>
    /// <param name="free">From a general language model.</param>
    public static IReadOnlyList<SpokenWord> Guided(IReadOnlyList<RecognisedPiece> guided, IReadOnlyList<RecognisedPiece> free)
    {
        List<SpokenWord> words = [];
        var said = guided.Where(piece => piece.Kind == PieceKind.Word).ToList();
        double worse = said.Count(piece => Agrees(piece, free)) < InDoubt * said.Count ? MostWorseInDoubt : MostWorse;
        foreach (var piece in Believed(guided, free, worse))
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

    /// <summary>How well a stretch fits.</summary>
    /// <param name="pieces">Of one search.</param>
    /// <param name="startMs">Where the stretch begins.</param>
    /// <param name="endMs">Where it ends.</param>
    /// <returns>As in <see cref="RecognisedPiece.Fit"/>; the mean by length; minus infinity where there is nothing.</returns>
    public static double MeanFit(IReadOnlyList<RecognisedPiece> pieces, int startMs, int endMs)
    {
        double sum = 0, length = 0;
        foreach (var piece in pieces)
        {
            int shared = Math.Max(0, Math.Min(piece.EndMs, endMs) - Math.Max(piece.StartMs, startMs));
            sum += piece.Fit * shared;
            length += shared;
        }

        return length == 0 ? double.NegativeInfinity : sum / length;
    }

    private static List<RecognisedPiece> Believed(IReadOnlyList<RecognisedPiece> guided, IReadOnlyList<RecognisedPiece> free, double worse)
    {
        List<RecognisedPiece> pieces = [];
        foreach (var piece in guided)
        {
            bool isOther = piece.Kind == PieceKind.Word && !Agrees(piece, free) && piece.Fit + worse < MeanFit(free, piece.StartMs, piece.EndMs);
            RecognisedPiece.Append(pieces, isOther ? piece with { Kind = PieceKind.Other, Word = "" } : piece);
        }

        return pieces;
    }

    private static double Sureness(RecognisedPiece piece, IReadOnlyList<RecognisedPiece> free) =>
        Math.Round((1 - WeightOfAgreement) * FitShare(piece.Fit) + (Agrees(piece, free) ? WeightOfAgreement : 0), 2);

    private static IReadOnlyList<SpokenWord> Instead(RecognisedPiece other, IReadOnlyList<RecognisedPiece> free)
    {
        var inside = free.Where(piece => piece.Kind == PieceKind.Word && (piece.StartMs + piece.EndMs) / 2 is var middle && middle >= other.StartMs && middle < other.EndMs).ToList();
        return inside is [] ? [new(SpokenWord.Unclear, other.StartMs, other.EndMs)] : Free(inside);
    }
}
