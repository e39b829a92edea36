using System.Globalization;
using Tripos.Scoring;

namespace Tripos.Evaluation.Speech;

/// <summary>
/// A rough estimate of pronunciation: how well the sounds fit the acoustic model, and how many words a search that did not know the script heard too. Noise, a bad
/// microphone and accents the model was not trained on lower it like bad pronunciation does.
/// </summary>
public static class PronunciationRule
{
    private const int Bands = 5;
    private const int FewestWords = 3;
    private const double HardToRecognise = 0.35;
    private const int MostEvidence = 6;
    private const double HeardAtLeast = 0.2; // of the script, for more than one band
    private const int MostWithoutScript = 4; // nothing says whether what was heard is what was meant
    private const string Rough = "A rough estimate: it measures how well the sounds fit a model of American English; noise and accents lower it too.";

    private static readonly double[] From = [0.15, 0.33, 0.5, 0.66, 0.8]; // index from which bands 1 to 5 begin

    /// <summary>Judges the sounds of an answer.</summary>
    /// <param name="trait">The trait; the band is scaled to its maximum.</param>
    /// <param name="answer">With at least one word heard.</param>
    public static TraitVerdict Judge(ProfileTrait trait, RecognisedAnswer answer)
    {
        var expected = answer.Guided.Where(piece => piece.Kind == PieceKind.Word).ToList();
        bool isGuided = answer.Script is not [] && expected.Count >= FewestWords;
        List<RecognisedPiece> pieces = isGuided ? expected : [.. answer.Free.Where(piece => piece.Kind == PieceKind.Word)];
        if (pieces.Count < FewestWords)
        {
            return TraitVerdict.NotEvaluated(trait, "too few words could be recognised.");
        }

        double fit = MeanFit(pieces);
        double agreed = isGuided ? pieces.Count(piece => HeardWords.Agrees(piece, answer.Free)) / (double)pieces.Count : 0; // words nobody asked for agree with nothing
        int band = From.Count(from => (answer.Script is [] ? fit : (fit + agreed) / 2) >= from);
        string words = isGuided ? string.Create(CultureInfo.InvariantCulture, $"{agreed * 100:0} % of the words were recognised without knowing the text. ") : "";
        return new(trait.Name, trait.Max * Math.Min(band, Most(answer, isGuided)) / Bands, trait.Max, $"{words}{Rough}", isGuided ? Evidence(Hard(answer)) : []);
    }

    /// <summary>Words of the script that were said but hardly recognised, hardest first.</summary>
    /// <param name="answer">With a script.</param>
    public static IReadOnlyList<HeardWord> Hard(RecognisedAnswer answer) =>
        [.. answer.Alignment.Words.Where(word => word is { Index: >= 0, Heard: { As: HeardAs.Right, Sureness: < HardToRecognise, Word.Length: > 3 } }).Select(word => word.Heard).OrderBy(word => word.Sureness)];

    // A handful of words that were made out in noise, or by chance in another text, say next to nothing.
    private static int Most(RecognisedAnswer answer, bool isGuided) =>
        answer.Script is not [] && answer.Alignment.Right < HeardAtLeast * answer.Alignment.Compared ? 1
        : isGuided ? Bands
        : MostWithoutScript;

    private static double MeanFit(List<RecognisedPiece> pieces) => pieces.Sum(piece => HeardWords.FitShare(piece.Fit) * piece.LengthMs) / Math.Max(1, pieces.Sum(piece => piece.LengthMs));

    private static IReadOnlyList<Evidence> Evidence(IReadOnlyList<HeardWord> hard) =>
        [.. hard.Take(MostEvidence).OrderBy(word => word.StartMs).Select(word => new Evidence("hard to recognise", Sounds.At(word)))];
}
