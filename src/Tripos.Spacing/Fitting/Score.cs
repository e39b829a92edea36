namespace Tripos.Spacing;

/// <summary>Measures predictions against what happened.</summary>
internal static class Score
{
    private const double Edge = 1e-9;

    public static Evaluation Of(ReviewHistory history, ReadOnlySpan<int> items, ReadOnlySpan<double> importance, ReadOnlySpan<double> predicted)
    {
        var bins = new Dictionary<(double, double, double), Bin>();
        double loss = 0, total = 0, predictedSum = 0;
        int recalledCount = 0;
        for (int i = 0; i < items.Length; i++)
        {
            bool recalled = history.Ratings[items[i]] > 1;
            loss -= importance[i] * Math.Log(Math.Max(recalled ? predicted[i] : 1 - predicted[i], Edge));
            total += importance[i];
            predictedSum += predicted[i];
            recalledCount += recalled ? 1 : 0;
            var key = BinOf(history, items[i]);
            bins[key] = bins.GetValueOrDefault(key).With(predicted[i], recalled, importance[i]);
        }

        double error = bins.Values.Sum(bin => bin.Weight * Math.Pow((bin.Predicted - bin.Recalled) / bin.Count, 2));
        int count = Math.Max(items.Length, 1);
        return new(total > 0 ? loss / total : 0, total > 0 ? Math.Sqrt(error / total) : 0, Auc(history, items, predicted, recalledCount),
            items.Length, predictedSum / count, (double)recalledCount / count);
    }

    // The bins of the public benchmark: by days waited, by long reviews including this one and one more, by lapses before it, each on a logarithmic scale.
    private static (double, double, double) BinOf(ReviewHistory history, int item)
    {
        int from = history.CardStarts[history.CardOf(item)];
        int longReviews = 0, lapses = 0;
        for (int at = from + 1; at < item; at++)
        {
            longReviews += history.Days[at] > 0 ? 1 : 0;
            lapses += history.Days[at] > 0 && history.Ratings[at] == 1 ? 1 : 0;
        }

        return (Level(history.Days[item], 2.48, 3.62), Level(longReviews + 2, 1.99, 1.89), lapses == 0 ? 0 : Level(lapses, 1.65, 1.73));
    }

    private static double Level(int value, double scale, double step) =>
        Math.Round(scale * Math.Pow(step, Math.Floor(Math.Log(value) / Math.Log(step))), 2);

    private static double Auc(ReviewHistory history, ReadOnlySpan<int> items, ReadOnlySpan<double> predicted, int recalledCount)
    {
        double forgotten = items.Length - recalledCount;
        if (recalledCount == 0 || forgotten == 0)
        {
            return 0.5;
        }

        double[] keys = predicted.ToArray();
        int[] order = [.. items];
        Array.Sort(keys, order);
        double rankSum = 0;
        for (int i = 0; i < keys.Length;)
        {
            int end = i;
            int recalled = 0;
            while (end < keys.Length && keys[end] == keys[i])
            {
                recalled += history.Ratings[order[end++]] > 1 ? 1 : 0;
            }

            rankSum += recalled * (i + 1 + end) / 2.0;
            i = end;
        }

        return (rankSum - recalledCount * (recalledCount + 1.0) / 2) / (recalledCount * forgotten);
    }

    private readonly record struct Bin(double Predicted, double Recalled, double Count, double Weight)
    {
        public Bin With(double predicted, bool recalled, double weight) =>
            new(Predicted + predicted, Recalled + (recalled ? 1 : 0), Count + 1, Weight + weight);
    }
}
