namespace Tripos.Measurement.Irt;

/// <summary>The maximisation step when every item has its own slope: Newton's method, with Fisher's information and priors where there is guessing.</summary>
internal static class ItemMaximisation
{
    private const double MostStep = 0.7;
    private const int StepsPerRound = 3; // later rounds correct what these leave

    /// <summary>One round for all items.</summary>
    /// <returns>The largest change of a parameter.</returns>
    public static double Improve(Curve[] items, ExpectedCounts counts, ItemModel model, MarginalSettings settings)
    {
        double change = 0;
        for (int item = 0; item < items.Length; item++)
        {
            var before = items[item];
            for (int step = 0; step < StepsPerRound; step++)
            {
                items[item] = model == ItemModel.TwoParameter ? Step(items[item], counts, item) : StepWithGuess(items[item], counts, item, settings);
            }

            var after = items[item];
            change = Math.Max(change, Math.Max(Math.Abs(after.A - before.A), Math.Max(Math.Abs(after.D - before.D), Math.Abs(after.C - before.C))));
        }

        return change;
    }

    /// <summary>Gradient and information (by slope, intercept, guess) of one item's prior.</summary>
    public static void AddPriors(Curve item, MarginalSettings settings, Span<double> gradient, double[,] information)
    {
        double variance = settings.LogSlopeDeviation * settings.LogSlopeDeviation;
        gradient[0] -= Math.Log(item.A) / (variance * item.A);
        information[0, 0] += 1 / (variance * item.A * item.A);
        double guesses = settings.Guess * settings.GuessWeight;
        double others = settings.GuessWeight - guesses;
        gradient[2] += (guesses / item.C) - (others / (1 - item.C));
        information[2, 2] += (guesses / (item.C * item.C)) + (others / ((1 - item.C) * (1 - item.C)));
    }

    /// <summary>Derivatives of the chance of a right answer by slope, intercept and guess.</summary>
    public static (double A, double D, double C) Derivatives(Curve item, double theta, double known)
    {
        double byIntercept = (1 - item.C) * known * (1 - known);
        return (theta * byIntercept, byIntercept, 1 - known);
    }

    private static Curve Step(Curve item, ExpectedCounts counts, int index)
    {
        var slopes = Slopes.Of(item, counts, index);
        double determinant = (slopes.AA * slopes.DD) - (slopes.AD * slopes.AD);
        if (!(determinant > 1e-12))
        {
            return item;
        }

        double a = ((slopes.DD * slopes.A) - (slopes.AD * slopes.D)) / determinant;
        double d = ((slopes.AA * slopes.D) - (slopes.AD * slopes.A)) / determinant;
        return Moved(item, a, d, 0);
    }

    private static Curve StepWithGuess(Curve item, ExpectedCounts counts, int index, MarginalSettings settings)
    {
        Span<double> gradient = stackalloc double[3];
        gradient.Clear();
        double[,] information = new double[3, 3];
        var people = counts.People(index);
        var right = counts.Right(index);
        double[] theta = counts.Grid.Theta;
        for (int point = 0; point < theta.Length; point++)
        {
            double known = item.Known(theta[point]);
            double chance = item.C + ((1 - item.C) * known);
            double spread = Math.Max(chance * (1 - chance), 1e-12);
            var (a, d, c) = Derivatives(item, theta[point], known);
            Add(gradient, information, [a, d, c], (right[point] - (people[point] * chance)) / spread, people[point] / spread);
        }

        AddPriors(item, settings, gradient, information);
        if (!SymmetricMatrix.TryInvert(information))
        {
            return item;
        }

        double Step(int row, ReadOnlySpan<double> by) => (information[row, 0] * by[0]) + (information[row, 1] * by[1]) + (information[row, 2] * by[2]);
        return Moved(item, Step(0, gradient), Step(1, gradient), Step(2, gradient));
    }

    private static void Add(Span<double> gradient, double[,] information, ReadOnlySpan<double> derivatives, double off, double weight)
    {
        for (int i = 0; i < 3; i++)
        {
            gradient[i] += off * derivatives[i];
            for (int j = 0; j < 3; j++)
            {
                information[i, j] += weight * derivatives[i] * derivatives[j];
            }
        }
    }

    private static Curve Moved(Curve item, double a, double d, double c)
    {
        double shrink = Math.Min(1, MostStep / Math.Max(1e-12, Math.Max(Math.Abs(a), Math.Abs(d))));
        return new(
            Math.Clamp(item.A + (shrink * a), Slopes.Least, Slopes.Most),
            Math.Clamp(item.D + (shrink * d), -Slopes.Furthest, Slopes.Furthest),
            item.C == 0 ? 0 : Math.Clamp(item.C + (shrink * c), 0.001, 0.6));
    }
}
