namespace Tripos.Measurement.Prediction;

/// <summary>The situations whose offsets are learnt. Each pair of ids and small numbers is a row of its table; small numbers are packed into bits.</summary>
internal static class Contexts
{
    public static void Read(Situation s, ContextTable table)
    {
        Describe(s, s.Hashes);
        for (int context = 0; context < Situation.Contexts; context++)
        {
            s.Places[context] = table.Find(context, s.Hashes[context], out s.Offsets[context]);
        }
    }

    private static void Describe(Situation s, ulong[] hashes)
    {
        ref readonly var learner = ref s.Learner;
        int item = s.ItemId, skill = s.SkillId, previous = learner.Previous;
        int tries = Math.Min(s.OnItem.Answers, 6), own = Own(s), lastSkill = learner.Answers == 0 ? -1 : learner.LastSkill;
        int lastThree = Recent(s.OnSkill.Bits, s.OnSkill.Answers, 3);

        // The item after what this learner did with it.
        hashes[0] = ContextTable.Hash(0, item, own | tries << 2);
        hashes[1] = ContextTable.Hash(1, item, s.ItemRun < 7 ? s.ItemRun : 7, (learner.Bits & 3) | own << 2);
        hashes[2] = ContextTable.Hash(2, item, Math.Min(s.SkillRun, 10), previous);

        // The item after other items: what one answer says of another.
        hashes[3] = ContextTable.Hash(3, item, learner.LastItem, previous);
        hashes[4] = ContextTable.Hash(4, item, learner.LastItem2, learner.Second);
        hashes[5] = ContextTable.Hash(5, item, learner.LastItem3, learner.Third);

        // The item for learners of this strength: how sharply it separates.
        hashes[6] = ContextTable.Hash(6, item, Rounded(learner.Strength));
        hashes[7] = ContextTable.Hash(7, item, Rounded(learner.Strength + s.OnSkill.Strength));
        hashes[8] = ContextTable.Hash(8, item, Math.Min(s.OnSkill.Correct, 3) | Math.Min(s.OnSkill.Wrong, 3) << 2);
        hashes[9] = ContextTable.Hash(9, item, lastThree);

        // The skill after itself and after others.
        hashes[10] = ContextTable.Hash(10, skill, Math.Min(s.OnSkill.Correct, 7) | Math.Min(s.OnSkill.Wrong, 7) << 3);
        hashes[11] = ContextTable.Hash(11, skill, Math.Min(s.SkillRun, 12), lastThree);
        hashes[12] = ContextTable.Hash(12, skill, lastSkill, previous);
        hashes[13] = ContextTable.Hash(13, skill, s.SkillRun > 0 ? learner.OtherSkill : lastSkill, learner.OtherCorrect);
        hashes[14] = ContextTable.Hash(14, skill, learner.LastItem, previous);

        // Any item after a while: forgetting.
        hashes[15] = ContextTable.Hash(15, (int)(s.ItemGap + 1), Recent(s.OnItem.Bits, s.OnItem.Answers, 3) | Math.Min(s.OnItem.Answers, 7) << 5, s.ItemDistance);
    }

    /// <summary>0 when the learner has not had the item, else 1 or 2: the last answer was wrong or correct.</summary>
    public static int Own(Situation s) => s.OnItem.Answers == 0 ? 0 : 1 + (s.OnItem.Bits & 1);

    /// <summary>The last outcomes as bits, above them how many of them there are.</summary>
    public static int Recent(int bits, int answers, int most) => (bits & ((1 << most) - 1)) | Math.Min(answers, most) << most;

    private static int Rounded(float strength) => Math.Clamp((int)MathF.Round(strength * 2), -6, 6);
}
