namespace Tripos.Evaluation.Writing;

/// <summary>Memorised frames: phrases that fit any topic and say nothing about this one.</summary>
/// <param name="Frames">The words they cover, first and last.</param>
/// <param name="Share">Share of all words that stand in them, in [0, 1].</param>
internal sealed record Templates(IReadOnlyList<PhraseList.Hit> Frames, double Share)
{
    public const string Flag = "template";
    private const double Conspicuous = 0.2;
    private const int Several = 4;
    private static readonly PhraseList Known = PhraseList.Read("template-frames.txt");

    public bool Dominate => Share >= Conspicuous && Frames.Count >= Several;

    public static Templates In(WrittenText text)
    {
        var frames = Known.In(text).ToList();
        return new(frames, (double)frames.Sum(frame => frame.Last - frame.First + 1) / Math.Max(1, text.Words.Count));
    }
}
