using Tripos.Questions;
using Tripos.Server.Platform.Web;

namespace Tripos.Server.Features.Demo;

/// <summary>A simulated learner: answers by a Rasch model with a guess floor, more slowly where it is hard, and surer where it is easy.</summary>
/// <param name="StartAbility">Logits, thirty days ago; 0 answers an average question half of the time.</param>
public sealed record DemoLearner(CurrentUser User, int Seed, double StartAbility, double GainPerDay)
{
    private const double GuessFloor = 0.2;

    public Random Random { get; } = new(Seed);

    /// <summary>Chance of a right answer, in [0, 1].</summary>
    public double ChanceOf(int difficulty, int? topicId, int daysAgo)
    {
        double ability = StartAbility + (GainPerDay * (30 - daysAgo)) + TopicOffset(topicId);
        double location = (difficulty - 3) * 0.7;
        return GuessFloor + ((1 - GuessFloor) / (1 + Math.Exp(location - ability)));
    }

    /// <summary>A response that is right with that chance.</summary>
    public string[] Answer(ChoiceBody body, double chance)
    {
        if (Random.NextDouble() < chance)
        {
            return [.. body.Key];
        }

        string[] wrong = [.. body.Options.Select(option => option.Id).Except(body.Key)];
        string slip = wrong[Random.Next(wrong.Length)];
        return body.Key.Count == 1 ? [slip] : [.. body.Key.Take(body.Key.Count - 1), slip];
    }

    public TimeSpan ThinkingTime(int difficulty) => TimeSpan.FromSeconds(12 + (difficulty * 5) + (Random.NextDouble() * Random.NextDouble() * 70));

    public short Confidence(double chance) => (short)Math.Clamp((int)Math.Round((chance * 5) + (Random.NextDouble() * 1.6) - 0.8), 1, 5);

    /// <summary>Everybody has topics that go well and topics that do not.</summary>
    private double TopicOffset(int? topicId) => topicId is { } id ? (((id * 37) + (Seed * 11)) % 17 / 8.0) - 1 : 0;
}
