namespace Tripos.Evaluation.Writing;

/// <summary>Keeps answers that try to get points without answering from getting many, and says why.</summary>
internal static class Gate
{
    private const double Heap = 0.12; // what a heap of key words may earn

    /// <param name="judged">What a judge said of one trait.</param>
    /// <param name="x">The answer.</param>
    /// <param name="shows">This trait shows the places; the others only say why.</param>
    public static Judged Apply(Judged judged, Examination x, bool shows)
    {
        if (judged.Share is not { } share || Why(x) is not { } why)
        {
            return judged;
        }

        double limit = x.Flag switch { "not-english" => 0, "stuffed" => Heap, _ => 1 };
        return judged with { Share = Math.Min(share, limit), Why = $"{why} {judged.Why}", Evidence = [.. shows ? Places(x) : [], .. judged.Evidence] };
    }

    /// <summary>What was not judged, for the learner; null where everything was.</summary>
    public static string? Why(Examination x) => x.Flag switch
    {
        "not-english" => "It is not written in English.",
        "stuffed" => "Most of it are key words, not sentences.",
        "orders" => "Sentences that give orders to the examiner are not judged.",
        "template" => $"{x.Templates.Share * 100:0} % of its words stand in memorised frames that fit any topic; they are not judged as your own.",
        "copied" => $"{x.Honesty.CopiedShare * 100:0} % of its words are copied from the question.",
        "repeated" => "Sentences that are written again count once.",
        _ => null,
    };

    private static IReadOnlyList<Evidence> Places(Examination x) => x.Flag switch
    {
        "orders" => Places(x, "an order, not judged", x.Full, x.Honesty.Orders),
        "copied" => Places(x, "copied from the question", x.Full, x.Honesty.Copied),
        "repeated" => Places(x, "written before", x.Full, x.Honesty.Repeats),
        "template" => Places(x, "memorised frame", x.Written, x.Templates.Frames.Select(frame => new Stretch(frame.First, frame.Last + 1))),
        _ => [],
    };

    private static IReadOnlyList<Evidence> Places(Examination x, string says, WrittenText text, IEnumerable<Stretch> stretches) =>
        [.. stretches.Take(Judged.MostEvidence).Select(stretch => new Evidence(says, x.At(text, stretch)))];
}
