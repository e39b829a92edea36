namespace Tripos.Evaluation.Speech;

/// <summary>What a stretch of a recording was taken for.</summary>
public enum PieceKind
{
    /// <summary>A word of the language model or of the grammar.</summary>
    Word,

    /// <summary>Nobody speaks.</summary>
    Silence,

    /// <summary>Somebody speaks, or something sounds, that is none of the grammar's words.</summary>
    Other,
}

/// <summary>A stretch of a recording as a recogniser reported it.</summary>
/// <param name="Kind">What it was taken for.</param>
/// <param name="Word">Lower case, without the number of its pronunciation; empty unless it is a word.</param>
/// <param name="StartMs">Where it begins.</param>
/// <param name="EndMs">Where it ends, exclusive.</param>
/// <param name="Fit">How well the sound fits the acoustic model: logarithmic score a frame, 0 or less; about -30 for a clear voice the model knows, -80 for noise.</param>
public sealed record RecognisedPiece(PieceKind Kind, string Word, int StartMs, int EndMs, double Fit)
{
    /// <summary>Its length.</summary>
    public int LengthMs => EndMs - StartMs;

    /// <summary>Adds a piece to those before it; stretches of <see cref="PieceKind.Other"/> that touch become one.</summary>
    internal static void Append(List<RecognisedPiece> pieces, RecognisedPiece next)
    {
        if (next.Kind == PieceKind.Other && pieces is [.., { Kind: PieceKind.Other } last] && last.EndMs == next.StartMs)
        {
            double fit = (last.Fit * last.LengthMs + next.Fit * next.LengthMs) / (last.LengthMs + next.LengthMs);
            pieces[^1] = last with { EndMs = next.EndMs, Fit = fit };
            return;
        }

        pieces.Add(next);
    }
}

/// <summary>Reads the segmentation PocketSphinx writes (<c>-hypseg</c>): one line an utterance, <c>id S n T n A n L n</c>, then
/// <c>start acoustic language word</c> for each piece, and the last frame.</summary>
public static class Hypseg
{
    /// <summary>The acoustic scores of a search with a language model are this many times those of a search with a grammar.</summary>
    public const double LanguageModelScale = 1024;

    private const int FrameMs = 10; // -frate 100
    private const int Fields = 4;

    /// <summary>Reads one line.</summary>
    /// <param name="line">The line; empty, or without pieces, when nothing was recognised.</param>
    /// <param name="scale">What acoustic scores are divided by: 1 for grammars, <see cref="LanguageModelScale"/> for language models.</param>
    /// <returns>The pieces in order; stretches of <see cref="PieceKind.Other"/> that touch are one. Empty when the line is not of this form.</returns>
    public static IReadOnlyList<RecognisedPiece> Parse(string line, double scale)
    {
        string[] parts = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        int first = Array.IndexOf(parts, "L") + 2;
        List<RecognisedPiece> pieces = [];
        for (int i = first; first > 1 && i + Fields < parts.Length; i += Fields)
        {
            if (!int.TryParse(parts[i], out int start) || !int.TryParse(parts[i + 1], out int acoustic) || !int.TryParse(parts[i + Fields], out int end))
            {
                return [];
            }

            if (end > start && parts[i + 3] != "(NULL)") // a way through the grammar without a sound
            {
                RecognisedPiece.Append(pieces, Read(parts[i + 3], start * FrameMs, end * FrameMs, acoustic / scale / (end - start)));
            }
        }

        return pieces;
    }

    private static RecognisedPiece Read(string word, int startMs, int endMs, double fit) => word[0] switch
    {
        '<' or '[' or '+' => new(PieceKind.Silence, "", startMs, endMs, fit),
        ScriptGrammar.OtherMark => new(PieceKind.Other, "", startMs, endMs, fit),
        _ => new(PieceKind.Word, word.IndexOf('(', StringComparison.Ordinal) is > 0 and var at ? word[..at] : word, startMs, endMs, fit),
    };
}
