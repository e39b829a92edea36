namespace Tripos.Measurement.Prediction;

/// <summary>Gives each id the next index from 0, in order of appearance. Open addressing, so that looking up allocates nothing.</summary>
internal sealed class IdMap
{
    private int[] _ids = new int[4]; // by index
    private int[] _slots = new int[8]; // index + 1, or 0; a power of two, at least twice the ids

    public int Count { get; private set; }

    public ReadOnlySpan<int> Ids => _ids.AsSpan(0, Count);

    /// <summary>The index of an id, or -1.</summary>
    public int Find(int id)
    {
        for (int slot = SlotOf(id); ; slot = (slot + 1) & (_slots.Length - 1))
        {
            int index = _slots[slot] - 1;
            if (index < 0 || _ids[index] == id)
            {
                return index;
            }
        }
    }

    /// <summary>The index of an id, given now when it has none.</summary>
    public int FindOrAdd(int id)
    {
        int index = Find(id);
        return index >= 0 ? index : Add(id);
    }

    private int Add(int id)
    {
        if (Count == _ids.Length)
        {
            Array.Resize(ref _ids, Count * 2);
            _slots = new int[Count * 4];
            for (int index = 0; index < Count; index++)
            {
                Place(index);
            }
        }

        _ids[Count] = id;
        Place(Count);
        return Count++;
    }

    private void Place(int index)
    {
        int slot = SlotOf(_ids[index]);
        while (_slots[slot] != 0)
        {
            slot = (slot + 1) & (_slots.Length - 1);
        }

        _slots[slot] = index + 1;
    }

    private int SlotOf(int id) => (int)(((ulong)(uint)id * 0x9E3779B97F4A7C15) >> 40) & (_slots.Length - 1);
}
