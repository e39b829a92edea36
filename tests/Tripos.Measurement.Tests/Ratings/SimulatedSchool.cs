namespace Tripos.Measurement.Tests.Ratings;

/// <summary>Learners of known strength who answer items of known difficulty, the same for every seed.</summary>
internal sealed class SimulatedSchool(int seed, int learners, int items, int skills)
{
    private readonly Random _random = new(seed);

    public int Items => items;

    public double[] Abilities { get; private set; } = [];

    /// <summary>In logits: the skill's part and the item's part together.</summary>
    public double[] Difficulties { get; private set; } = [];

    public static int SkillOf(int item, int skills) => item % skills;

    public IEnumerable<(int Learner, int Item, int Skill, bool Correct)> Answers(int perLearner, double guess = 0)
    {
        Abilities = [.. Enumerable.Range(0, learners).Select(_ => Normal())];
        double[] skillDifficulties = [.. Enumerable.Range(0, skills).Select(_ => 0.6 * Normal())];
        Difficulties = [.. Enumerable.Range(0, items).Select(item => skillDifficulties[SkillOf(item, skills)] + Normal())];
        for (int learner = 0; learner < learners; learner++)
        {
            for (int n = 0; n < perLearner; n++)
            {
                int item = _random.Next(items);
                double chance = guess + (1 - guess) / (1 + Math.Exp(Difficulties[item] - Abilities[learner]));
                yield return (learner, item, SkillOf(item, skills), _random.NextDouble() < chance);
            }
        }
    }

    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
}
