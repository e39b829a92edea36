namespace Tripos.Evaluation.Speech;

/// <summary>Looks for a short answer in what two searches heard.</summary>
internal static class ShortAnswers
{
    /// <summary>How much worse, in score a frame, the accepted answer may fit the sound than whatever English fits best there.</summary>
    private const double MostWorse = 12;

    /// <returns>Where it was said; null when it was not.</returns>
    public static Place? Find(IReadOnlyList<string> accepted, RecognisedAnswer answer)
    {
        var free = answer.Free.Where(piece => piece.Kind == PieceKind.Word).ToList();
        return accepted is [] ? null : InOrder(accepted, free) ?? (InOrder(accepted, answer.Guided.Where(piece => piece.Kind == PieceKind.Word).ToList()) is { } found && Fits(found, answer) ? found : null);
    }

    private static Place? InOrder(IReadOnlyList<string> accepted, List<RecognisedPiece> words)
    {
        for (int i = 0; i + accepted.Count <= words.Count; i++)
        {
            if (accepted.Select((word, at) => words[i + at].Word == word).All(same => same))
            {
                return new(PlaceUnit.Sound, words[i].StartMs, words[i + accepted.Count - 1].EndMs, string.Join(' ', accepted));
            }
        }

        return null;
    }

    private static bool Fits(Place place, RecognisedAnswer answer) =>
        HeardWords.MeanFit(answer.Guided, place.Start, place.End) + MostWorse >= HeardWords.MeanFit(answer.Free, place.Start, place.End);
}
