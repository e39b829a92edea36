namespace Tripos.Measurement.Irt;

/// <summary>
/// Marginal maximum likelihood for the logistic models: abilities are normal with mean 0 and standard deviation 1 and are summed out on a grid
/// (Bock and Aitkin 1981). Tables may have gaps, as adaptive tests and practice leave them.
/// </summary>
public static class MarginalMaximumLikelihood
{
    /// <summary>Estimates the items.</summary>
    /// <param name="table">The answers; every item needs right and wrong ones.</param>
    /// <param name="model">Which parameters items have.</param>
    /// <param name="settings">How to run; null takes the usual.</param>
    /// <returns>The items with standard errors from the observed information (Louis 1982). An item with answers of one kind only runs to the bounds: |ln a| ≤ 3, |b| about 10.</returns>
    public static Calibration Fit(AnswerTable table, ItemModel model, MarginalSettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        settings ??= new();
        var grid = new AbilityGrid(settings.Points);
        var items = Start(table, model, settings);
        var counts = new ExpectedCounts(table, grid);
        int iteration = 0;
        double change;
        do
        {
            counts.Fill(items);
            change = model == ItemModel.OneParameter ? CommonSlope.Improve(items, counts) : ItemMaximisation.Improve(items, counts, model, settings);
        }
        while (change > settings.Tolerance && ++iteration < settings.MostIterations);

        double logLikelihood = counts.Fill(items);
        var estimates = settings.StandardErrors ? new ObservedInformation(table, counts, model, settings).Estimates(items) : [.. items.Select(item => new ItemEstimate(item.A, item.B, item.C, 0, 0, 0))];
        return new(estimates, logLikelihood, iteration, change <= settings.Tolerance);
    }

    // Difficulties from the shares of right answers, as if all were of ability 0.
    private static Curve[] Start(AnswerTable table, ItemModel model, MarginalSettings settings)
    {
        double[] right = new double[table.Items];
        double[] answered = new double[table.Items];
        for (int row = 0; row < table.Rows; row++)
        {
            var items = table.ItemsOf(row);
            for (int i = 0; i < items.Length; i++)
            {
                answered[items[i]] += table.Weight(row);
                right[items[i]] += table.RightOf(row)[i] ? table.Weight(row) : 0;
            }
        }

        double c = model == ItemModel.ThreeParameter ? settings.Guess : 0;
        return [.. right.Select((count, item) =>
        {
            double share = Math.Clamp((((count + 0.5) / (answered[item] + 1)) - c) / (1 - c), 0.02, 0.98);
            return new Curve(1, Math.Log(share / (1 - share)), c);
        })];
    }
}
