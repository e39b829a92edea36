namespace Tripos.Measurement.Irt;

/// <summary>The expectation step: how many people of each ability answered each item, and how many of them rightly, under the current items.</summary>
internal sealed class ExpectedCounts(AnswerTable table, AbilityGrid grid)
{
    private readonly double[] _logRight = new double[table.Items * grid.Points];
    private readonly double[] _logWrong = new double[table.Items * grid.Points];
    private readonly double[] _people = new double[table.Items * grid.Points];
    private readonly double[] _right = new double[table.Items * grid.Points];
    private readonly double[] _posterior = new double[grid.Points];

    public AbilityGrid Grid => grid;

    public int Items => table.Items;

    /// <summary>Expected people at each ability.</summary>
    public ReadOnlySpan<double> People(int item) => _people.AsSpan(item * grid.Points, grid.Points);

    /// <summary>Expected right answers at each ability.</summary>
    public ReadOnlySpan<double> Right(int item) => _right.AsSpan(item * grid.Points, grid.Points);

    /// <summary>Counts anew.</summary>
    /// <returns>The marginal log-likelihood of the items.</returns>
    public double Fill(ReadOnlySpan<Curve> items)
    {
        Prepare(items);
        double logLikelihood = 0;
        for (int row = 0; row < table.Rows; row++)
        {
            logLikelihood += table.Weight(row) * Posterior(row, out var posterior);
            var answered = table.ItemsOf(row);
            var rights = table.RightOf(row);
            for (int i = 0; i < answered.Length; i++)
            {
                AddTo(_people.AsSpan(answered[i] * grid.Points, grid.Points), posterior, table.Weight(row));
                if (rights[i])
                {
                    AddTo(_right.AsSpan(answered[i] * grid.Points, grid.Points), posterior, table.Weight(row));
                }
            }
        }

        return logLikelihood;
    }

    /// <summary>The chances of the abilities of one row, summing to 1; valid until the next call.</summary>
    /// <returns>The row's log-likelihood.</returns>
    public double Posterior(int row, out ReadOnlySpan<double> posterior)
    {
        var answered = table.ItemsOf(row);
        var rights = table.RightOf(row);
        Array.Clear(_posterior);
        for (int i = 0; i < answered.Length; i++)
        {
            AddTo(_posterior, (rights[i] ? _logRight : _logWrong).AsSpan(answered[i] * grid.Points, grid.Points), 1);
        }

        double most = double.NegativeInfinity;
        foreach (double value in _posterior)
        {
            most = Math.Max(most, value);
        }

        double sum = 0;
        for (int point = 0; point < grid.Points; point++)
        {
            _posterior[point] = grid.Weight[point] * Math.Exp(_posterior[point] - most);
            sum += _posterior[point];
        }

        for (int point = 0; point < grid.Points; point++)
        {
            _posterior[point] /= sum;
        }

        posterior = _posterior;
        return most + Math.Log(sum);
    }

    private void Prepare(ReadOnlySpan<Curve> items)
    {
        Array.Clear(_people);
        Array.Clear(_right);
        for (int item = 0; item < items.Length; item++)
        {
            for (int point = 0; point < grid.Points; point++)
            {
                double known = items[item].Known(grid.Theta[point]);
                _logRight[(item * grid.Points) + point] = Math.Log(items[item].C + ((1 - items[item].C) * known));
                _logWrong[(item * grid.Points) + point] = Math.Log((1 - items[item].C) * (1 - known));
            }
        }
    }

    private static void AddTo(Span<double> sums, ReadOnlySpan<double> values, double times)
    {
        for (int i = 0; i < sums.Length; i++)
        {
            sums[i] += times * values[i];
        }
    }
}
