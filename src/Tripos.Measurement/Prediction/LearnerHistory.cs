namespace Tripos.Measurement.Prediction;

/// <summary>
/// What the predictor remembers of one learner: overall strength and form, the last few answers, and a few numbers for each skill and item met. About 100 bytes,
/// and 60 for each item met. Without meaning to any other predictor's population; belongs to the learner, so it is kept and deleted with them.
/// </summary>
public sealed class LearnerHistory
{
    private const byte Version = 1;
    private readonly IdMap _skillIds = new();
    private readonly IdMap _itemIds = new();
    private SkillMemory[] _skills = new SkillMemory[4];
    private ItemMemory[] _items = new ItemMemory[4];

    internal LearnerState State = LearnerState.New; // a field: it is updated in place

    /// <summary>Answers seen.</summary>
    public int Answers => State.Answers;

    /// <summary>What is remembered of a skill; of one never met, nothing.</summary>
    internal SkillMemory Skill(int id) => _skillIds.Find(id) is >= 0 and var index ? _skills[index] : default;

    internal ItemMemory Item(int id) => _itemIds.Find(id) is >= 0 and var index ? _items[index] : default;

    internal ref SkillMemory Remember(int skill) => ref At(ref _skills, _skillIds.FindOrAdd(skill));

    internal ref ItemMemory RememberItem(int item) => ref At(ref _items, _itemIds.FindOrAdd(item));

    /// <summary>Writes the history; <see cref="Load"/> brings it back bit for bit.</summary>
    /// <param name="writer">Where to.</param>
    public void Save(BinaryWriter writer)
    {
        writer.Write(Version);
        Binary.Write(writer, [State]);
        Binary.Write(writer, _skillIds.Ids);
        Binary.Write(writer, _skills.AsSpan(0, _skillIds.Count));
        Binary.Write(writer, _itemIds.Ids);
        Binary.Write(writer, _items.AsSpan(0, _itemIds.Count));
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <param name="reader">Where from.</param>
    /// <exception cref="InvalidDataException">It is not a history, is cut short, or is of another version.</exception>
    public static LearnerHistory Load(BinaryReader reader)
    {
        try
        {
            if (reader.ReadByte() != Version)
            {
                throw new InvalidDataException("This is not the history of a learner, or another version of Tripos wrote it. Replay the learner's answers instead.");
            }

            var history = new LearnerHistory { State = Binary.Read<LearnerState>(reader) is [var state] ? state : throw Binary.Damaged() };
            history._skills = Memories<SkillMemory>(reader, history._skillIds);
            history._items = Memories<ItemMemory>(reader, history._itemIds);
            return history;
        }
        catch (EndOfStreamException)
        {
            throw new InvalidDataException("The history of the learner is cut short. Replay the learner's answers instead.");
        }
    }

    private static T[] Memories<T>(BinaryReader reader, IdMap ids)
        where T : unmanaged
    {
        foreach (int id in Binary.Read<int>(reader))
        {
            ids.FindOrAdd(id);
        }

        var memories = Binary.Read<T>(reader);
        return memories.Length == ids.Count ? memories : throw Binary.Damaged();
    }

    private static ref T At<T>(ref T[] memories, int index)
    {
        if (index >= memories.Length)
        {
            Array.Resize(ref memories, Math.Max(4, index * 2));
        }

        return ref memories[index];
    }
}
