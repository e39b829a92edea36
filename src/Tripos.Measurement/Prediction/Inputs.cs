namespace Tripos.Measurement.Prediction;

/// <summary>The numbers that are blended into a prediction, each scaled to about -1 to 1.</summary>
internal static class Inputs
{
    /// <summary>A multiple of 8: they are added up eight at a time.</summary>
    public const int Count = 56;

    public const int FirstContext = 8;

    private static readonly float[] Logs = [.. Enumerable.Range(0, 4096).Select(n => (float)Math.Log(1 + n))];

    public static void Read(Situation s)
    {
        Terms(s, s.Inputs);
        s.Offsets.CopyTo(s.Inputs, FirstContext);
        Learner(s, s.Inputs.AsSpan(24));
        Skill(s, s.Inputs.AsSpan(35));
        Item(s, s.Inputs.AsSpan(46));
    }

    private static void Terms(Situation s, float[] inputs)
    {
        inputs[0] = s.Base;
        inputs[1] = 1;
        inputs[2] = s.Learner.Strength;
        inputs[3] = s.OnSkill.Strength;
        inputs[4] = -s.Item.Difficulty;
        inputs[5] = -s.Skill.Difficulty;
        inputs[6] = 0.2f * Log(s.Item.Answers);
        inputs[7] = 0.1f * Log(s.Skill.Answers);
    }

    private static void Learner(Situation s, Span<float> inputs)
    {
        ref readonly var learner = ref s.Learner;
        inputs[0] = learner.FastStrength;
        inputs[1] = learner.Outcomes;
        inputs[2] = learner.ShortForm;
        inputs[3] = learner.LongForm;
        inputs[4] = 0.3f * Log(learner.Answers);
        inputs[5] = 0.15f * Math.Clamp(learner.Streak, -8, 8);
        inputs[6] = Outcome(learner.Bits, learner.Answers, 0);
        inputs[7] = Outcome(learner.Bits, learner.Answers, 1);
        inputs[8] = Outcome(learner.Bits, learner.Answers, 2);
        inputs[9] = 0.05f * (s.Gap + 1);
        inputs[10] = s.SkillRun > 0 ? 0.5f : -0.5f;
    }

    private static void Skill(Situation s, Span<float> inputs)
    {
        ref readonly var skill = ref s.OnSkill;
        inputs[0] = skill.Form;
        inputs[1] = 0.3f * Log(skill.Answers);
        inputs[2] = 0.4f * Log(skill.Correct);
        inputs[3] = 0.4f * Log(skill.Wrong);
        inputs[4] = skill.Answers == 0 ? 0 : (skill.Correct + 0.5f) / (skill.Answers + 1) - 0.5f;
        inputs[5] = skill.Answers == 0 ? 0 : 0.2f * Log(s.Learner.Answers - skill.Position);
        inputs[6] = Outcome(skill.Bits, skill.Answers, 0);
        inputs[7] = Outcome(skill.Bits, skill.Answers, 1);
        inputs[8] = Outcome(skill.Bits, skill.Answers, 2);
        inputs[9] = 0.3f * Log(s.SkillRun);
        inputs[10] = 0.05f * (s.SkillGap + 1);
    }

    private static void Item(Situation s, Span<float> inputs)
    {
        ref readonly var item = ref s.OnItem;
        inputs[0] = item.Offset;
        inputs[1] = 0.5f * Log(item.Answers);
        inputs[2] = item.Answers == 0 ? 0 : (item.Correct + 0.5f) / (item.Answers + 1) - 0.5f;
        inputs[3] = Outcome(item.Bits, item.Answers, 0);
        inputs[4] = item.Answers == 0 ? 0 : 0.2f * Log(s.Learner.Answers - item.Position);
        inputs[5] = 0.4f * Log(s.ItemRun);
        inputs[6] = s.ItemRun > 0 ? 0.5f : -0.5f;
        inputs[7] = 0.05f * (s.ItemGap + 1);
        inputs[8] = item.Answers == 0 ? 0 : 0.1f * (s.ItemGap - 12); // an hour is 2^12 seconds
        inputs[9] = item.Answers < 2 ? 0 : 0.05f * Log(item.Answers) * (s.ItemGap - 12);
    }

    private static float Outcome(int bits, int answers, int ago) => answers <= ago ? 0 : ((bits >> ago) & 1) - 0.5f;

    private static float Log(int count) => Logs[Math.Min(count, Logs.Length - 1)];
}
