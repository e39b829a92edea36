using System.Buffers;

namespace Tripos.Measurement.Selection;

/// <summary>
/// Chooses what a learner is asked next: due reviews and calibration probes up to their shares, and for the other places a draw by utility:
/// difficulty, information, weakness, forgetting, blueprint and preference speak for an item, exposure and repetition against it.
/// </summary>
public static class ItemSelector
{
    /// <summary>Picks up to <see cref="SelectionRequest.Count"/> items, in the order to ask them.</summary>
    /// <param name="candidates">Every item that may be asked.</param>
    /// <param name="request">How many and within which limits.</param>
    /// <returns>The picks; fewer than asked for when limits leave no candidate. No item with its exposure used up, no two of a group, no more of a topic or of time than allowed.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A count, share or temperature of the request is out of its range.</exception>
    public static Pick[] Select(ReadOnlySpan<Candidate> candidates, SelectionRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var picks = new Pick[Math.Clamp(request.Count, 0, candidates.Length)];
        int count = Select(candidates, request, picks);
        return count == picks.Length ? picks : picks[..count];
    }

    /// <summary>The same without allocating.</summary>
    /// <param name="candidates">Every item that may be asked.</param>
    /// <param name="request">How many and within which limits.</param>
    /// <param name="picks">Takes the picks; no more than its length are made.</param>
    /// <returns>How many picks were made.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A count, share or temperature of the request is out of its range.</exception>
    public static int Select(ReadOnlySpan<Candidate> candidates, SelectionRequest request, Span<Pick> picks)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentOutOfRangeException.ThrowIfNegative(request.Count);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(request.Temperature);
        ArgumentOutOfRangeException.ThrowIfNegative(request.ProbeShare);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(request.ProbeShare, 0.4);
        int n = candidates.Length;
        double[] numbers = ArrayPool<double>.Shared.Rent(3 * n);
        int[] fromTopic = ArrayPool<int>.Shared.Rent(n);
        bool[] open = ArrayPool<bool>.Shared.Rent(n);
        try
        {
            var scores = new SelectionScores(candidates, request, numbers.AsSpan(0, n), numbers.AsSpan(n, n));
            var round = new SelectionRound(candidates, request, scores, numbers.AsSpan(2 * n, n), fromTopic.AsSpan(0, n), open.AsSpan(0, n));
            return round.Fill(picks[..Math.Min(picks.Length, request.Count)]);
        }
        finally
        {
            ArrayPool<double>.Shared.Return(numbers);
            ArrayPool<int>.Shared.Return(fromTopic);
            ArrayPool<bool>.Shared.Return(open);
        }
    }
}
