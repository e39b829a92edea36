using System.Runtime.Intrinsics;

namespace Tripos.Measurement.Prediction;

/// <summary>What one outcome changes, apart from the blend.</summary>
internal static class Learning
{
    public const float MostLogit = 12;

    // Steps of a term that rests on n answers: First / (1 + Slowing n), not below Least; logits.
    private const float LearnerFirst = 0.6f, LearnerSlowing = 0.05f, LearnerLeast = 0.08f;
    private const float SkillFirst = 0.2f, SkillSlowing = 0.05f, SkillLeast = 0.1f;
    private const float ItemTermFirst = 0.6f, ItemTermSlowing = 0.06f;
    private const float SkillTermFirst = 0.4f, SkillTermSlowing = 0.05f;
    private const float OffsetFirst = 0.8f, OffsetSlowing = 0.15f, OffsetLeast = 0.01f;
    private const int MostCounted = 4095;

    private static readonly float[] OffsetSteps = [.. Enumerable.Range(0, MostCounted + 1).Select(n => Math.Max(OffsetFirst / (1 + OffsetSlowing * n), OffsetLeast))];

    /// <summary>Slope of the log likelihood of an outcome with regard to log odds, below which there is a floor of guessing; outcome - P when there is none.</summary>
    public static float Slope(float logit, float outcome, float guess)
    {
        float know = 1 / (1 + MathF.Exp(-Math.Clamp(logit, -MostLogit, MostLogit)));
        float chance = guess + (1 - guess) * know;
        return (outcome - chance) * know / chance;
    }

    public static void Contexts(Situation s, ContextTable table, float outcome, float guess)
    {
        for (int first = 0; first < Situation.Contexts; first += 8)
        {
            var slopes = Slopes(Vector256.LoadUnsafe(ref s.Offsets[first]) + Vector256.Create(s.Base), outcome, guess);
            for (int i = 0; i < 8; i++)
            {
                ref var place = ref table.Take(s.Places[first + i], s.Hashes[first + i]);
                place.Offset += OffsetSteps[place.Answers] * slopes.GetElement(i);
                place.Answers += place.Answers < MostCounted ? (ushort)1 : (ushort)0;
            }
        }
    }

    public static void Terms(Situation s, LearnerHistory history, Population population, float outcome, float guess)
    {
        ref var learner = ref history.State;
        ref var skill = ref history.Remember(s.SkillId);
        ref var item = ref history.RememberItem(s.ItemId);
        ref var itemTerm = ref population.TakeItem(s.ItemId);
        ref var skillTerm = ref population.TakeSkill(s.SkillId);
        float slope = Slope(s.Base, outcome, guess);
        item.Offset += OffsetSteps[Math.Min(item.Answers, MostCounted)] * Slope(s.Base + item.Offset, outcome, guess);
        learner.FastStrength += 0.25f * Slope(learner.FastStrength + skill.Strength - itemTerm.Difficulty - skillTerm.Difficulty, outcome, guess);
        learner.Strength += Math.Max(LearnerFirst / (1 + LearnerSlowing * learner.Answers), LearnerLeast) * slope;
        skill.Strength += Math.Max(SkillFirst / (1 + SkillSlowing * skill.Answers), SkillLeast) * slope;
        itemTerm.Difficulty -= ItemTermFirst / (1 + ItemTermSlowing * itemTerm.Answers++) * slope;
        skillTerm.Difficulty -= SkillTermFirst / (1 + SkillTermSlowing * skillTerm.Answers++) * slope;
        learner.Outcomes += 0.4f * (outcome - 0.5f - learner.Outcomes);
        learner.ShortForm += 0.3f * (slope - learner.ShortForm);
        learner.LongForm += 0.1f * (slope - learner.LongForm);
        skill.Form += 0.3f * (outcome - 0.5f - skill.Form);
    }

    /// <summary>Puts the answer on top of everything remembered.</summary>
    public static void Memory(LearnerHistory history, int itemId, int skillId, bool correct, double at)
    {
        ref var learner = ref history.State;
        ref var skill = ref history.Remember(skillId);
        ref var item = ref history.RememberItem(itemId);
        int bit = correct ? 1 : 0;
        (item.Bits, item.Position, item.At) = (item.Bits << 1 | bit, learner.Answers, at);
        (skill.Bits, skill.Position, skill.At) = (skill.Bits << 1 | bit, learner.Answers, at);
        item.Answers++;
        skill.Answers++;
        item.Correct += bit;
        skill.Correct += bit;

        bool sameSkill = learner.Answers > 0 && learner.LastSkill == skillId, sameItem = learner.Answers > 0 && learner.LastItem == itemId;
        if (!sameSkill)
        {
            (learner.OtherSkill, learner.OtherCorrect) = (learner.LastSkill, learner.Previous);
        }

        learner.SkillRun = sameSkill ? learner.SkillRun + 1 : 1;
        learner.ItemRun = sameItem ? learner.ItemRun + 1 : 1;
        learner.LastSkill = skillId;
        (learner.LastItem3, learner.LastItem2, learner.LastItem) = (learner.LastItem2, learner.LastItem, itemId);
        learner.Streak = correct ? Math.Max(learner.Streak, 0) + 1 : Math.Min(learner.Streak, 0) - 1;
        (learner.Bits, learner.At) = (learner.Bits << 1 | bit, at);
        learner.Answers++;
    }

    private static Vector256<float> Slopes(Vector256<float> logits, float outcome, float guess)
    {
        var most = Vector256.Create(MostLogit);
        var know = Vector256<float>.One / (Vector256<float>.One + Vector256.Exp(-Vector256.Min(most, Vector256.Max(-most, logits))));
        var floor = Vector256.Create(guess);
        var chance = floor + (Vector256<float>.One - floor) * know;
        return (Vector256.Create(outcome) - chance) * know / chance;
    }
}
