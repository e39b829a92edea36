namespace Tripos.Measurement.Prediction;

/// <summary>A difficulty and the answers it rests on.</summary>
internal struct Term
{
    public float Difficulty; // logits
    public int Answers;
}

/// <summary>What is known of items and skills by themselves: the difficulties of a multi-skill Elo.</summary>
internal sealed class Population
{
    private readonly IdMap _itemIds = new();
    private readonly IdMap _skillIds = new();
    private Term[] _items = new Term[64];
    private Term[] _skills = new Term[64];

    /// <summary>The item's term; of one never answered, an average one.</summary>
    public Term Item(int id) => _itemIds.Find(id) is >= 0 and var index ? _items[index] : default;

    public Term Skill(int id) => _skillIds.Find(id) is >= 0 and var index ? _skills[index] : default;

    /// <summary>The skill's number in order of appearance; a new one gets the next when it is answered.</summary>
    public int SkillNumber(int id) => _skillIds.Find(id) is >= 0 and var index ? index : _skillIds.Count;

    public ref Term TakeItem(int id) => ref At(ref _items, _itemIds.FindOrAdd(id));

    public ref Term TakeSkill(int id) => ref At(ref _skills, _skillIds.FindOrAdd(id));

    public void Save(BinaryWriter writer)
    {
        Binary.Write(writer, _itemIds.Ids);
        Binary.Write(writer, _items.AsSpan(0, _itemIds.Count));
        Binary.Write(writer, _skillIds.Ids);
        Binary.Write(writer, _skills.AsSpan(0, _skillIds.Count));
    }

    public static Population Load(BinaryReader reader)
    {
        var population = new Population();
        population._items = Terms(reader, population._itemIds);
        population._skills = Terms(reader, population._skillIds);
        return population;
    }

    private static Term[] Terms(BinaryReader reader, IdMap ids)
    {
        foreach (int id in Binary.Read<int>(reader))
        {
            ids.FindOrAdd(id);
        }

        var terms = Binary.Read<Term>(reader);
        return terms.Length == ids.Count ? terms : throw Binary.Damaged();
    }

    private static ref Term At(ref Term[] terms, int index)
    {
        if (index >= terms.Length)
        {
            Array.Resize(ref terms, Math.Max(64, index * 2));
        }

        return ref terms[index];
    }
}
