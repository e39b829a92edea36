using System.Runtime.InteropServices;

namespace Tripos.Measurement.Prediction;

/// <summary>A learner apart from single skills and items. Outcomes are kept as bits, the last one lowest; strengths are in logits.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal struct LearnerState
{
    public double At; // seconds, of the last answer; NaN when unknown
    public float Strength;
    public float FastStrength; // follows the last few answers
    public float Outcomes; // moving average of outcome - 0.5, over about 2 answers
    public float ShortForm; // moving averages of outcome - expected, over about 3 and 10 answers
    public float LongForm;
    public int Answers;
    public int Bits;
    public int Streak; // answers in a row that were correct; below 0: wrong
    public int LastItem;
    public int LastItem2;
    public int LastItem3;
    public int LastSkill;
    public int OtherSkill; // the one practised before LastSkill
    public int SkillRun; // answers in a row on LastSkill
    public int ItemRun;
    public int OtherCorrect; // whether the last answer on OtherSkill was

    public static LearnerState New => new() { At = double.NaN };

    public readonly int Previous => Answers == 0 ? 2 : Bits & 1;

    public readonly int Second => Answers < 2 ? 2 : (Bits >> 1) & 1;

    public readonly int Third => Answers < 3 ? 2 : (Bits >> 2) & 1;
}

/// <summary>A learner on one skill.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal struct SkillMemory
{
    public double At;
    public float Strength; // relative to the learner's
    public float Form;
    public int Answers;
    public int Correct;
    public int Bits;
    public int Position; // the learner's answers when it was last practised

    public readonly int Wrong => Answers - Correct;
}

/// <summary>A learner on one item.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal struct ItemMemory
{
    public double At;
    public float Offset; // of this learner's log odds on this item
    public int Answers;
    public int Correct;
    public int Bits;
    public int Position;
}
