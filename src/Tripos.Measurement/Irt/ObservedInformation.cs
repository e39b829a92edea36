namespace Tripos.Measurement.Irt;

/// <summary>
/// Standard errors after a marginal calibration: what complete data would tell minus what not knowing the abilities loses (Louis 1982),
/// inverted for all parameters together; difficulties by the delta method.
/// </summary>
internal sealed class ObservedInformation
{
    private readonly AnswerTable _table;
    private readonly ExpectedCounts _counts;
    private readonly ItemModel _model;
    private readonly MarginalSettings _settings;
    private readonly int _each;
    private readonly double[,] _matrix;

    public ObservedInformation(AnswerTable table, ExpectedCounts counts, ItemModel model, MarginalSettings settings)
    {
        (_table, _counts, _model, _settings) = (table, counts, model, settings);
        _each = model switch { ItemModel.OneParameter => 1, ItemModel.TwoParameter => 2, _ => 3 };
        int size = (table.Items * _each) + (model == ItemModel.OneParameter ? 1 : 0);
        _matrix = new double[size, size];
    }

    /// <summary>The items with their standard errors; not a number where the information is singular.</summary>
    public ItemEstimate[] Estimates(Curve[] items)
    {
        for (int row = 0; row < _table.Rows; row++)
        {
            AddRow(row, items);
        }

        for (int item = 0; item < items.Length && _model == ItemModel.ThreeParameter; item++)
        {
            AddPrior(items[item], item);
        }

        bool sure = SymmetricMatrix.TryInvert(_matrix);
        return [.. items.Select((item, index) => sure ? WithErrors(item, index) : new(item.A, item.B, item.C, double.NaN, double.NaN, double.NaN))];
    }

    private int Slope(int item) => _model == ItemModel.OneParameter ? _table.Items : item * _each;

    private int Intercept(int item) => _model == ItemModel.OneParameter ? item : (item * _each) + 1;

    private ItemEstimate WithErrors(Curve item, int index)
    {
        var (a, d) = (Slope(index), Intercept(index));
        double b = item.B;
        double variance = (_matrix[d, d] + (b * b * _matrix[a, a]) + (2 * b * _matrix[a, d])) / (item.A * item.A);
        double guess = _model == ItemModel.ThreeParameter ? Math.Sqrt(_matrix[(index * _each) + 2, (index * _each) + 2]) : 0;
        return new(item.A, b, item.C, Math.Sqrt(_matrix[a, a]), Math.Sqrt(variance), guess);
    }

    private void AddPrior(Curve item, int index)
    {
        double[,] prior = new double[3, 3];
        ItemMaximisation.AddPriors(item, _settings, stackalloc double[3], prior);
        _matrix[index * _each, index * _each] += prior[0, 0];
        _matrix[(index * _each) + 2, (index * _each) + 2] += prior[2, 2];
    }

    // For one row: the scores u of its parameters at every ability; information E[I] - (E[uu'] - E[u]E[u]').
    private void AddRow(int row, Curve[] items)
    {
        _counts.Posterior(row, out var posterior);
        var answered = _table.ItemsOf(row);
        var rights = _table.RightOf(row);
        int own = answered.Length * _each;
        int size = own + (_model == ItemModel.OneParameter ? 1 : 0);
        int[] places = Places(answered, size);
        double[] mean = new double[size];
        double[] scores = new double[size];
        for (int point = 0; point < posterior.Length; point++)
        {
            double weight = _table.Weight(row) * posterior[point];
            if (posterior[point] < 1e-14)
            {
                continue;
            }

            Array.Clear(scores);
            for (int i = 0; i < answered.Length; i++)
            {
                Score(items[answered[i]], _counts.Grid.Theta[point], rights[i], scores, i, places, weight);
            }

            for (int i = 0; i < size; i++)
            {
                mean[i] += posterior[point] * scores[i];
            }

            AddProduct(places, scores, -weight);
        }

        AddProduct(places, mean, _table.Weight(row));
    }

    private int[] Places(ReadOnlySpan<int> answered, int size)
    {
        int[] places = new int[size];
        for (int i = 0; i < answered.Length; i++)
        {
            for (int own = 0; own < _each; own++)
            {
                places[(i * _each) + own] = (answered[i] * _each) + own;
            }
        }

        if (_model == ItemModel.OneParameter)
        {
            places[^1] = _table.Items;
        }

        return places;
    }

    private void Score(Curve item, double theta, bool right, double[] scores, int at, int[] places, double weight)
    {
        double known = item.Known(theta);
        double chance = item.C + ((1 - item.C) * known);
        double spread = Math.Max(chance * (1 - chance), 1e-12);
        var (a, d, c) = ItemMaximisation.Derivatives(item, theta, known);
        double off = ((right ? 1 : 0) - chance) / spread;
        int slope = _model == ItemModel.OneParameter ? scores.Length - 1 : at * _each;
        int intercept = _model == ItemModel.OneParameter ? at : (at * _each) + 1;
        scores[slope] += off * a;
        scores[intercept] += off * d;
        AddTo(places[slope], places[slope], weight * a * a / spread);
        AddTo(places[intercept], places[intercept], weight * d * d / spread);
        AddTo(places[slope], places[intercept], weight * a * d / spread);
        AddTo(places[intercept], places[slope], weight * a * d / spread);
        if (_model == ItemModel.ThreeParameter)
        {
            AddGuess(scores, (at * _each) + 2, places, (a, d, c), off, weight / spread);
        }
    }

    private void AddGuess(double[] scores, int guess, int[] places, (double A, double D, double C) derivatives, double off, double weight)
    {
        scores[guess] += off * derivatives.C;
        AddTo(places[guess], places[guess], weight * derivatives.C * derivatives.C);
        AddTo(places[guess], places[guess - 1], weight * derivatives.C * derivatives.D);
        AddTo(places[guess - 1], places[guess], weight * derivatives.C * derivatives.D);
        AddTo(places[guess], places[guess - 2], weight * derivatives.C * derivatives.A);
        AddTo(places[guess - 2], places[guess], weight * derivatives.C * derivatives.A);
    }

    private void AddTo(int row, int column, double value) => _matrix[row, column] += value;

    private void AddProduct(int[] places, double[] values, double times)
    {
        for (int i = 0; i < places.Length; i++)
        {
            for (int j = 0; j < places.Length; j++)
            {
                _matrix[places[i], places[j]] += times * values[i] * values[j];
            }
        }
    }
}
