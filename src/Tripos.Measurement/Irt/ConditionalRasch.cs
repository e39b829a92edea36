namespace Tripos.Measurement.Irt;

/// <summary>
/// Conditional maximum likelihood for the Rasch model: given how many items someone got right, which ones depends on the difficulties alone,
/// so no distribution of abilities is assumed (Andersen 1970). For complete tables of up to a few hundred items.
/// </summary>
public static class ConditionalRasch
{
    private const int MostIterations = 100;

    /// <summary>Estimates the difficulties, their mean being 0, with standard errors from the conditional information.</summary>
    /// <param name="table">Complete answers; people with none or all right tell nothing and count 0.</param>
    /// <param name="tolerance">Stop when no difficulty changes by more, in logits.</param>
    /// <exception cref="ArgumentException">An answer is missing, or an item was always right or always wrong.</exception>
    /// <remarks>Newton's method. <see cref="ItemEstimate.A"/> is 1. Easiness as other programs print it is -<see cref="ItemEstimate.B"/>.</remarks>
    public static Calibration Fit(AnswerTable table, double tolerance = 1e-9)
    {
        ArgumentNullException.ThrowIfNull(table);
        int n = table.Items;
        var (rightPerItem, peoplePerScore) = Count(table);
        double[] easiness = new double[n];
        int iteration = 0;
        double change = double.PositiveInfinity;
        double[,] covariance;
        do
        {
            var (gradient, information) = Slopes(easiness, rightPerItem, peoplePerScore);
            covariance = Covariance(information);
            change = Move(easiness, covariance, gradient);
        }
        while (change > tolerance && ++iteration < MostIterations);

        var items = easiness.Select((value, i) => new ItemEstimate(1, -value, 0, 0, Math.Sqrt(covariance[i, i]), 0));
        return new([.. items], LogLikelihood(easiness, rightPerItem, peoplePerScore), iteration, change <= tolerance);
    }

    // A step of Newton's, shortened as a whole so that the mean stays where it is.
    private static double Move(double[] easiness, double[,] covariance, double[] gradient)
    {
        double[] steps = [.. easiness.Select((_, i) => gradient.Select((slope, j) => covariance[i, j] * slope).Sum())];
        double longest = steps.Max(Math.Abs);
        for (int i = 0; i < steps.Length; i++)
        {
            easiness[i] += steps[i] / Math.Max(1, longest);
        }

        return longest;
    }

    private static (double[] RightPerItem, double[] PeoplePerScore) Count(AnswerTable table)
    {
        double[] right = new double[table.Items];
        double[] scores = new double[table.Items + 1];
        double telling = 0;
        for (int row = 0; row < table.Rows; row++)
        {
            var answers = table.RightOf(row);
            if (answers.Length != table.Items)
            {
                throw new ArgumentException("Conditional maximum likelihood needs an answer of everyone to every item.", nameof(table));
            }

            int score = answers.Count(true);
            if (score == 0 || score == table.Items)
            {
                continue;
            }

            scores[score] += table.Weight(row);
            telling += table.Weight(row);
            for (int item = 0; item < answers.Length; item++)
            {
                right[item] += answers[item] ? table.Weight(row) : 0;
            }
        }

        return Array.TrueForAll(right, count => count > 0 && count < telling) ? (right, scores) : throw new ArgumentException("An item was always right or always wrong.", nameof(table));
    }

    // Of the conditional logarithmic likelihood: first derivatives and the negative second ones.
    private static (double[] Gradient, double[,] Information) Slopes(double[] easiness, double[] rightPerItem, double[] peoplePerScore)
    {
        int n = easiness.Length;
        double[] weights = [.. easiness.Select(Math.Exp)];
        double[] all = SymmetricFunctions.Of(weights);
        double[][] without = [.. Enumerable.Range(0, n).Select(i => SymmetricFunctions.Of(weights, i))];
        double[] gradient = [.. rightPerItem];
        double[,] information = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            for (int j = i; j < n; j++)
            {
                double[] both = j == i ? without[i] : SymmetricFunctions.Of(weights, i, j);
                for (int score = 1; score < n; score++)
                {
                    double one = weights[i] * without[i][score - 1] / all[score];
                    double other = weights[j] * without[j][score - 1] / all[score];
                    double joint = j == i ? one : score >= 2 ? weights[i] * weights[j] * both[score - 2] / all[score] : 0;
                    information[i, j] += peoplePerScore[score] * (joint - (one * other));
                    gradient[i] -= j == i ? peoplePerScore[score] * one : 0;
                }

                information[j, i] = information[i, j];
            }
        }

        return (gradient, information);
    }

    // The information is singular along "all easier alike"; with the mean fixed the covariance is its pseudo-inverse.
    private static double[,] Covariance(double[,] information)
    {
        int n = information.GetLength(0);
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                information[i, j] += 1.0 / n;
            }
        }

        if (!SymmetricMatrix.TryInvert(information))
        {
            throw new ArgumentException("The answers do not connect the items: some were only ever right together.");
        }

        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < n; j++)
            {
                information[i, j] -= 1.0 / n;
            }
        }

        return information;
    }

    private static double LogLikelihood(double[] easiness, double[] rightPerItem, double[] peoplePerScore)
    {
        double[] all = SymmetricFunctions.Of([.. easiness.Select(Math.Exp)]);
        return easiness.Zip(rightPerItem, (value, right) => value * right).Sum() - Enumerable.Range(1, easiness.Length - 1).Sum(score => peoplePerScore[score] * Math.Log(all[score]));
    }
}
