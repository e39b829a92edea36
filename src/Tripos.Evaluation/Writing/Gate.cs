using Tripos.Scoring;

namespace Tripos.Evaluation.Writing;

/// <summary>Keeps answers that try to get points without answering from getting many, and says why.</summary>
internal static class Gate
{
    public static Judged Apply(ProfileTrait trait, Judged judged, Examination x)
    {
        if (judged.Share is not { } share)
        {
            return judged;
        }

        var (limit, why, places) = x.Flag switch
        {
            "not-english" => (0.0, "It is not written in English.", []),
            "stuffed" => (0.12, "Most of it are key words, not sentences.", []),
            "orders" => (1.0, "Sentences that give orders to the examiner are not judged.", Places(x, x.Honesty.Orders)),
            "template" => (1.0, $"{x.Templates.Share * 100:0} % of its words stand in memorised frames that fit any topic; they are not judged as your own.", (IReadOnlyList<Evidence>)[.. x.Templates.Frames.Take(6).Select(frame => new Evidence("memorised frame", x.At(x.Written.PlaceOf(frame.First, frame.Last))))]),
            "copied" => (1.0, $"{x.Honesty.CopiedShare * 100:0} % of its words are copied from the question.", Places(x, x.Honesty.Copied)),
            "repeated" => (1.0, "Sentences that are written again count once.", Places(x, x.Honesty.Repeats)),
            _ => (1.0, "", []),
        };
        return why.Length == 0 ? judged : judged with { Share = Math.Min(share, limit), Why = $"{why} {judged.Why}", Evidence = [.. places, .. judged.Evidence] };
    }

    private static IReadOnlyList<Evidence> Places(Examination x, IReadOnlyList<Stretch> stretches) =>
        [.. stretches.Take(6).Select(stretch => new Evidence("not judged", Place.InText(x.Original, x.Full.Words[stretch.First].Start, x.Full.Words[stretch.End - 1].End - x.Full.Words[stretch.First].Start)))];
}
