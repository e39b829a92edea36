namespace Tripos.Bench;

/// <summary>The answers of one learner in order; ids are numbers from 0. A time is in seconds, NaN when the file has none.</summary>
public sealed record LearnerAnswers(int[] Items, int[] Skills, bool[] Correct, double[] AtSeconds);

/// <summary>Numbers for the ids of a collection, whatever they look like; files that belong together share them.</summary>
public sealed class IdNumbers
{
    private readonly Dictionary<string, int> _numbers = [];

    public int Count => _numbers.Count;

    public int Of(ReadOnlySpan<char> id)
    {
        var lookup = _numbers.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!lookup.TryGetValue(id, out int number))
        {
            lookup[id] = number = _numbers.Count;
        }

        return number;
    }
}

/// <summary>The items and skills of a collection of responses.</summary>
public sealed record CollectionIds(IdNumbers Items, IdNumbers Skills)
{
    public CollectionIds()
        : this(new IdNumbers(), new IdNumbers())
    {
    }
}

/// <summary>A file that cannot be measured: which, where, and what to do.</summary>
public sealed class BadResponseFileException(string file, int line, string what)
    : Exception(line > 0 ? $"{file}, line {line}: {what}" : $"{file}: {what}");
