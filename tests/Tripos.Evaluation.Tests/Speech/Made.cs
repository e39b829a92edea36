using Tripos.Evaluation.Speech;
using Tripos.Questions;
using Tripos.Scoring;

namespace Tripos.Evaluation.Tests.Speech;

/// <summary>Recognitions made up for tests: words of 300 ms, one after the other, with silences where asked for.</summary>
internal static class Made
{
    public const string Script = "The library opens at nine in the morning, and students may borrow up to six books for two weeks.";
    private const int WordMs = 350;
    private const double ClearFit = -35;

    /// <summary>Numbers in the text are silences in ms; <c>~</c> is a sound that is none of the words.</summary>
    public static List<RecognisedPiece> Pieces(string text, double fit = ClearFit)
    {
        List<RecognisedPiece> pieces = [];
        int at = 200;
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            int length = int.TryParse(word, out int silence) ? silence : WordMs;
            pieces.Add(new(silence > 0 ? PieceKind.Silence : word == "~" ? PieceKind.Other : PieceKind.Word, silence > 0 || word == "~" ? "" : word, at, at + length, fit));
            at += length;
        }

        return pieces;
    }

    public static RecognisedAnswer Read(string guided, string? free = null, string script = Script, double fit = ClearFit)
    {
        var pieces = Pieces(guided, fit);
        var heard = Pieces(free ?? guided, fit);
        return new(Sound(pieces), heard, pieces, SpokenText.Script(script, _ => true));
    }

    public static RecognisedAnswer Free(string heard)
    {
        var pieces = Pieces(heard);
        return new(Sound(pieces), pieces, [], []);
    }

    public static RecognisedAnswer Silent { get; } = new(new(5000, [0, 0], [], 0, true), [], [], SpokenText.Script(Script, _ => true));

    public static AnswerToJudge Asked(string kind, FreeAnswer? body = null, string traits = "content pronunciation fluency") => new(
        QuestionKinds.All.Single(known => known.Name == kind), body ?? new Spoken { Prompt = "Speak", Script = Script },
        [.. traits.Split(' ').Select(name => new ProfileTrait(name, name, kind == "pte-repeat-sentence" && name == "content" ? 3 : name == "vocabulary" ? 1 : 5))], null);

    public static double? Score(this Verdict verdict, string trait) => verdict.Traits.Single(given => given.Name == trait).Score;

    private static SoundShape Sound(List<RecognisedPiece> pieces) => new(pieces.Count == 0 ? 1000 : pieces[^1].EndMs + 200, [0.1, 1, 0.2],
        [.. pieces.Where(piece => piece.Kind == PieceKind.Silence && piece.LengthMs >= SoundShape.ShortestSilenceMs).Select(piece => new Silence(piece.StartMs, piece.EndMs))], 40, false);
}
