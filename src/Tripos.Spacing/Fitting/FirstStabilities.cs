namespace Tripos.Spacing;

/// <summary>The four first stabilities, from how often cards were recalled at their first long review.</summary>
/// <remarks>
/// As in fsrs-rs: a ternary search per first rating, recall smoothed by one imagined review, a small pull towards the default. Unlike there the
/// pull is also on the logarithm, as if learners differed by a factor of about two: a few dozen cards can otherwise send a stability to its least value.
/// </remarks>
internal static class FirstStabilities
{
    private const double Greatest = 100;

    // Where the four ratings lie on a line along which the logarithm of first stability is straight: Hard at 59 % of the way
    // from Again to Good, Easy so that Good is at 54 % of the way from Hard. (fsrs-rs states the same as w1 = 0.41, w2 = 0.54.)
    private static readonly double[] Places = [0, 0.59, 1, (1 - 0.46 * 0.59) / 0.54];

    /// <summary>Sets w0-w3 and returns how many cards spoke for each; nothing is set when there are none.</summary>
    public static int[] Fit(ReviewHistory history, ReadOnlySpan<int> firstItems, double averageRecall, Span<double> weights)
    {
        var groups = new Dictionary<(int Rating, int Days), (int Cards, int Recalled)>();
        int[] counts = new int[4];
        foreach (int item in firstItems)
        {
            int rating = history.Ratings[history.CardStarts[history.CardOf(item)]];
            var (cards, recalled) = groups.GetValueOrDefault((rating, history.Days[item]));
            groups[(rating, history.Days[item])] = (cards + 1, recalled + (history.Ratings[item] > 1 ? 1 : 0));
            counts[rating - 1]++;
        }

        for (int i = 0; i < 4; i++)
        {
            var points = groups.Where(group => group.Key.Rating == i + 1).OrderBy(group => group.Key.Days)
                .Select(group => new Point(group.Key.Days, (group.Value.Recalled + averageRecall) / (group.Value.Cards + 1), group.Value.Cards)).ToArray();
            weights[i] = points.Length > 0 ? Search(points, FsrsWeights.Default[i]) : weights[i];
        }

        Smooth(weights[..4], counts);
        return counts;
    }

    /// <summary>Makes the four rise with the rating, and fills those without cards from the others.</summary>
    public static void Smooth(Span<double> stabilities, ReadOnlySpan<int> counts)
    {
        // One round, as in fsrs-rs, can leave a pair the wrong way round that it had already put right; a second never does.
        MakeRise(stabilities, counts);
        MakeRise(stabilities, counts);

        int[] known = [.. Known(counts)];
        double[] given = stabilities.ToArray();
        for (int i = 0; i < 4; i++)
        {
            double value = counts[i] > 0 || known.Length == 0 ? given[i]
                : known.Length == 1 ? given[known[0]] / FsrsWeights.Default[known[0]] * FsrsWeights.Default[i]
                : OnLine(given, known, i);
            stabilities[i] = Math.Clamp(value, FsrsWeights.LeastStabilityDays, Greatest);
        }
    }

    private static void MakeRise(Span<double> stabilities, ReadOnlySpan<int> counts)
    {
        foreach (var (low, high) in ((int, int)[])[(0, 1), (1, 2), (2, 3), (0, 2), (1, 3), (0, 3)])
        {
            if (counts[low] > 0 && counts[high] > 0 && stabilities[low] > stabilities[high])
            {
                stabilities[low] = stabilities[high] = counts[low] > counts[high] ? stabilities[low] : stabilities[high];
            }
        }
    }

    private static List<int> Known(ReadOnlySpan<int> counts)
    {
        var known = new List<int>(4);
        for (int i = 0; i < 4; i++)
        {
            if (counts[i] > 0)
            {
                known.Add(i);
            }
        }

        return known;
    }

    // Through the two known neighbours on either side, or the two nearest on one side (Hard and Good for Easy).
    private static double OnLine(double[] given, int[] known, int missing)
    {
        int above = Array.FindIndex(known, i => i > missing);
        int second = above < 0 ? known.Length - 1 : Math.Max(above, 1);
        int a = known[second - 1], b = known[second];
        double share = (Places[missing] - Places[a]) / (Places[b] - Places[a]);
        return Math.Exp(Math.Log(given[a]) + share * (Math.Log(given[b]) - Math.Log(given[a])));
    }

    private static double Search(Point[] points, double usual)
    {
        double low = FsrsWeights.LeastStabilityDays, high = Greatest;
        for (int i = 0; i < 100 && high - low > 1e-12; i++)
        {
            double third = (high - low) / 3;
            if (Loss(points, low + third, usual) < Loss(points, high - third, usual))
            {
                high -= third;
            }
            else
            {
                low += third;
            }
        }

        return (low + high) / 2;
    }

    private static double Loss(Point[] points, double stability, double usual)
    {
        double decay = -FsrsWeights.Default[20];
        double factor = Math.Exp(Math.Log(0.9) / decay) - 1;
        double loss = Math.Abs(stability - usual) / 16 + Math.Pow(Math.Log(stability / usual), 2);
        foreach (var point in points)
        {
            double recalled = Math.Pow(1 + factor * point.Days / stability, decay);
            loss -= point.Cards * (point.Recall * Math.Log(recalled) + (1 - point.Recall) * Math.Log(1 - recalled));
        }

        return loss;
    }

    private readonly record struct Point(int Days, double Recall, int Cards);
}
