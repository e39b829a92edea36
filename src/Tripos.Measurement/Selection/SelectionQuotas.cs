namespace Tripos.Measurement.Selection;

/// <summary>Whose turn the next place is. Each quota is a systematic sample: after n places it has had ⌊rate × n + u⌋ of them, with one offset u in [0, 1) for the session.</summary>
/// <remarks>Nothing but the counts is remembered, so the offset is drawn anew from those that agree with the counts: the share is exact over a session, and in expectation for one place.</remarks>
internal static class SelectionQuotas
{
    private const double MostDue = 0.6;
    private const double HalfDue = 20;

    /// <summary>The share of places for due reviews: due / (due + 20), at most 0.6.</summary>
    /// <param name="due">Reviews due when the session began.</param>
    public static double DueShare(int due) => Math.Min(MostDue, due / (due + HalfDue));

    /// <summary>The chance that the next place is the quota's.</summary>
    /// <param name="rate">Share of places, in [0, 1].</param>
    /// <param name="places">Places given so far.</param>
    /// <param name="had">How many of them the quota had.</param>
    public static double Chance(double rate, int places, int had)
    {
        double ahead = had - (rate * places);
        double low = Math.Max(0, ahead);
        double high = Math.Min(1, ahead + 1);
        if (high <= low)
        {
            return ahead < 0 ? 1 : 0;
        }

        return Math.Clamp((high - Math.Max(low, ahead + 1 - rate)) / (high - low), 0, 1);
    }

    /// <summary>The chance of a probe at a place that is no review's: probes take their share of all places from the places reviews leave.</summary>
    public static double ProbeChance(double share, double dueShare, SelectionCounts counts)
    {
        bool owed = counts.Probes < Math.Floor((share * (counts.Places + 1)) + 1e-9);
        return owed ? 1 : Chance(Math.Min(1, share / (1 - dueShare)), counts.Places - counts.Due, counts.Probes);
    }
}

/// <summary>Places of a session: all, and those of the two quotas.</summary>
internal readonly record struct SelectionCounts(int Places, int Due, int Probes)
{
    public SelectionCounts With(PickKind kind) => new(Places + 1, Due + (kind == PickKind.Due ? 1 : 0), Probes + (kind == PickKind.Probe ? 1 : 0));
}
