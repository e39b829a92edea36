using System.Numerics;

namespace Tripos.Measurement.Prediction;

/// <summary>One learner in front of one item: everything a prediction is made of, and where to learn from its outcome. Filled again and again.</summary>
internal sealed class Situation
{
    public const int Contexts = 16;

    // Whom and what it is about.
    public LearnerState Learner;
    public SkillMemory OnSkill;
    public ItemMemory OnItem;
    public Term Item;
    public Term Skill;
    public int ItemId;
    public int SkillId;
    public int SkillNumber;

    /// <summary>Log odds of the multi-skill Elo underneath.</summary>
    public float Base;

    /// <summary>Doublings of the seconds since the learner's last answer, on anything, on the skill, on the item; -1 when there is none or the time is unknown.</summary>
    public float Gap;
    public float SkillGap;
    public float ItemGap;

    /// <summary>The same in answers of the learner, rounded; 0 when there is none.</summary>
    public int SkillDistance;
    public int ItemDistance;

    /// <summary>Answers in a row on this skill and this item just before.</summary>
    public int SkillRun;
    public int ItemRun;

    public readonly ulong[] Hashes = new ulong[Contexts];
    public readonly int[] Places = new int[Contexts];
    public readonly float[] Offsets = new float[Contexts];

    /// <summary>What is blended.</summary>
    public readonly float[] Inputs = new float[Prediction.Inputs.Count];

    public void Read(LearnerHistory history, Population population, int item, int skill, double at)
    {
        (ItemId, SkillId) = (item, skill);
        Learner = history.State;
        OnSkill = history.Skill(skill);
        OnItem = history.Item(item);
        Item = population.Item(item);
        Skill = population.Skill(skill);
        SkillNumber = population.SkillNumber(skill);
        Base = Learner.Strength + OnSkill.Strength - Item.Difficulty - Skill.Difficulty;
        Gap = Learner.Answers == 0 ? -1 : Doublings(at - Learner.At);
        SkillGap = OnSkill.Answers == 0 ? -1 : Doublings(at - OnSkill.At);
        ItemGap = OnItem.Answers == 0 ? -1 : Doublings(at - OnItem.At);
        SkillDistance = OnSkill.Answers == 0 ? 0 : 1 + Math.Min(9, Log2(Learner.Answers - OnSkill.Position));
        ItemDistance = OnItem.Answers == 0 ? 0 : 1 + Math.Min(7, Log2(Learner.Answers - OnItem.Position));
        SkillRun = Learner.Answers > 0 && Learner.LastSkill == skill ? Learner.SkillRun : 0;
        ItemRun = Learner.Answers > 0 && Learner.LastItem == item ? Learner.ItemRun : 0;
    }

    /// <summary>0, 1, 1, 2, 2, 2, 2, 3 … for 0, 1, 2 …</summary>
    public static int Log2(int count) => BitOperations.Log2((uint)count + 1);

    private static float Doublings(double seconds) => double.IsNaN(seconds) ? -1 : seconds <= 0 ? 0 : (float)Math.Log2(1 + Math.Min(seconds, 1e10));
}
