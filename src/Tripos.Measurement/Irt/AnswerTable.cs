namespace Tripos.Measurement.Irt;

/// <summary>Right and wrong answers of many people to some items, for calibration. People may have answered different items.</summary>
public sealed class AnswerTable
{
    /// <summary>Marks an item that was not answered.</summary>
    public const sbyte Missing = -1;

    private readonly List<int> _items = [];
    private readonly List<bool> _right = [];
    private readonly List<int> _starts = [0];
    private readonly List<double> _weights = [];

    /// <summary>An empty table.</summary>
    /// <param name="items">How many items, &gt; 0.</param>
    public AnswerTable(int items)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(items);
        Items = items;
    }

    /// <summary>How many items.</summary>
    public int Items { get; }

    /// <summary>How many rows: people, or patterns of answers.</summary>
    public int Rows => _weights.Count;

    /// <summary>How many people: the weights of the rows.</summary>
    public double People { get; private set; }

    /// <summary>Adds one person, or several with the same answers.</summary>
    /// <param name="scores">One number per item: 1 right, 0 wrong, <see cref="Missing"/>.</param>
    /// <param name="people">How many answered like this, &gt; 0.</param>
    /// <exception cref="ArgumentException">The scores do not match the items, or are none of the three numbers.</exception>
    public void Add(ReadOnlySpan<sbyte> scores, double people = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(people);
        if (scores.Length != Items || scores.ContainsAnyExceptInRange(Missing, (sbyte)1))
        {
            throw new ArgumentException($"A row has {Items} scores of 0, 1 or {Missing}.", nameof(scores));
        }

        for (int item = 0; item < scores.Length; item++)
        {
            if (scores[item] != Missing)
            {
                _items.Add(item);
                _right.Add(scores[item] == 1);
            }
        }

        _starts.Add(_items.Count);
        _weights.Add(people);
        People += people;
    }

    internal double Weight(int row) => _weights[row];

    internal ReadOnlySpan<int> ItemsOf(int row) => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_items)[_starts[row].._starts[row + 1]];

    internal ReadOnlySpan<bool> RightOf(int row) => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_right)[_starts[row].._starts[row + 1]];
}
